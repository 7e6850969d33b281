// SPDX-License-Identifier: Apache-2.0
#include "district/storetransaction.h"
#include "store/sqliteconnection.h"

#include <QMap>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;

StoreReader::StoreReader(SqliteConnection *connection, QString districtId, qint64 nowMs)
    : m_connection(connection)
    , m_districtId(std::move(districtId))
    , m_nowMs(nowMs)
{}

base::Result<QSqlQuery *> StoreReader::exec(const QString &sql, const QVariantList &values)
{
    return m_connection->exec(sql, values);
}

void FeedWriter::put(const QString &bucket, const QString &table, const QString &id,
                     const QByteArray &body)
{
    m_changes.append({Change::Kind::Put, bucket, table, id, body});
}

void FeedWriter::remove(const QString &bucket, const QString &table, const QString &id)
{
    m_changes.append({Change::Kind::Remove, bucket, table, id, {}});
}

void FeedWriter::clear(const QString &bucket)
{
    m_changes.append({Change::Kind::Clear, bucket, {}, {}, {}});
}

void StoreTransaction::afterCommit(std::function<void()> callback)
{
    m_afterCommit.append(std::move(callback));
}

std::optional<Error> StoreTransaction::nested(const std::function<std::optional<Error>()> &body)
{
    if (auto begun = m_connection->run(u"SAVEPOINT inner_step"_s); !begun)
        return begun.error();
    const qsizetype changes = m_feed.m_changes.size();
    const qsizetype callbacks = m_afterCommit.size();
    const auto error = body();
    m_connection->finishAll();
    if (error) {
        m_feed.m_changes.resize(changes);
        m_afterCommit.resize(callbacks);
        if (auto undone = m_connection->run(u"ROLLBACK TO inner_step"_s); !undone)
            return undone.error();
    }
    if (auto released = m_connection->run(u"RELEASE inner_step"_s); !released)
        return released.error();
    return error;
}

base::Result<qint64> StoreTransaction::countReceipt()
{
    const auto done = exec(
            u"INSERT INTO bucket_head (district_id, bucket, seq) VALUES (?, 'r', 1) ON CONFLICT (district_id, bucket) DO UPDATE SET seq = seq + 1 RETURNING seq"_s,
            {districtId()});
    if (!done)
        return done.error();
    if (!(*done)->next())
        return Error{base::ErrorKind::Internal, u"storage.sql"_s, u"no receipt number"_s};
    const qint64 seq = (*done)->value(0).toLongLong();
    m_heads.append({u"r"_s, seq, {}});
    return seq;
}

std::optional<Error> StoreTransaction::flushFeed()
{
    QMap<QString, QList<FeedWriter::Change>> byBucket;
    for (auto &change : m_feed.m_changes)
        byBucket[change.bucket].append(std::move(change));
    m_feed.m_changes.clear();
    for (auto it = byBucket.begin(); it != byBucket.end(); ++it) {
        if (auto error = flushBucket(it.key(), it.value()))
            return error;
    }
    return {};
}

namespace {

/// A bucket's counter while its changes are being written.
struct Counter
{
    qint64 seq = 0;
    protocol::BucketSum sum;
};

/// What the current table knows about a row.
struct CurrentRow
{
    bool exists = false;
    qint64 version = 0;
    quint64 digest = 0;
    QByteArray body;
};

class BucketFlush
{
public:
    BucketFlush(StoreTransaction &tx, const QString &bucket)
        : m_tx(tx)
        , m_bucket(bucket)
    {}

    std::optional<Error> load()
    {
        const auto found = m_tx.exec(
                u"SELECT seq, row_count, sum64 FROM bucket_head WHERE district_id = ? AND bucket = ?"_s,
                {m_tx.districtId(), m_bucket});
        if (!found)
            return found.error();
        if ((*found)->next()) {
            counter.seq = (*found)->value(0).toLongLong();
            counter.sum.rows = (*found)->value(1).toLongLong();
            counter.sum.sum = quint64((*found)->value(2).toLongLong());
        }
        (*found)->finish();
        return {};
    }

    std::optional<Error> put(const QString &table, const QString &id, const QByteArray &body)
    {
        const auto row = current(table, id);
        if (!row)
            return row.error();
        if (row->exists && row->body == body)
            return {};
        if (row->exists)
            counter.sum.remove(row->digest);
        ++counter.seq;
        const quint64 digest = protocol::rowDigest(table, id, counter.seq, body);
        counter.sum.add(digest);
        if (auto error = append(table, id, false, body))
            return error;
        const auto stored = m_tx.exec(
                u"INSERT INTO row_current (district_id, bucket, tbl, row_id, ver, digest) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (district_id, bucket, tbl, row_id) DO UPDATE SET ver = excluded.ver, digest = excluded.digest"_s,
                {m_tx.districtId(), m_bucket, table, id, counter.seq, qint64(digest)});
        return stored ? std::nullopt : std::optional(stored.error());
    }

    std::optional<Error> remove(const QString &table, const QString &id)
    {
        const auto row = current(table, id);
        if (!row)
            return row.error();
        if (!row->exists)
            return {};
        counter.sum.remove(row->digest);
        ++counter.seq;
        if (auto error = append(table, id, true, {}))
            return error;
        const auto gone = m_tx.exec(
                u"DELETE FROM row_current WHERE district_id = ? AND bucket = ? AND tbl = ? AND row_id = ?"_s,
                {m_tx.districtId(), m_bucket, table, id});
        return gone ? std::nullopt : std::optional(gone.error());
    }

    std::optional<Error> clear()
    {
        const auto rows = m_tx.exec(
                u"SELECT tbl, row_id FROM row_current WHERE district_id = ? AND bucket = ? ORDER BY tbl, row_id"_s,
                {m_tx.districtId(), m_bucket});
        if (!rows)
            return rows.error();
        QList<std::pair<QString, QString>> all;
        while ((*rows)->next())
            all.append({(*rows)->value(0).toString(), (*rows)->value(1).toString()});
        (*rows)->finish();
        for (const auto &[table, id] : all) {
            if (auto error = remove(table, id))
                return error;
        }
        return {};
    }

    std::optional<Error> store() const
    {
        const auto stored = m_tx.exec(
                u"INSERT INTO bucket_head (district_id, bucket, seq, row_count, sum64) VALUES (?, ?, ?, ?, ?) ON CONFLICT (district_id, bucket) DO UPDATE SET seq = excluded.seq, row_count = excluded.row_count, sum64 = excluded.sum64"_s,
                {m_tx.districtId(), m_bucket, counter.seq, counter.sum.rows,
                 qint64(counter.sum.sum)});
        return stored ? std::nullopt : std::optional(stored.error());
    }

    Counter counter;

private:
    base::Result<CurrentRow> current(const QString &table, const QString &id)
    {
        const auto found = m_tx.exec(
                u"SELECT c.ver, c.digest, f.body FROM row_current c JOIN feed f ON f.district_id = c.district_id AND f.bucket = c.bucket AND f.seq = c.ver WHERE c.district_id = ? AND c.bucket = ? AND c.tbl = ? AND c.row_id = ?"_s,
                {m_tx.districtId(), m_bucket, table, id});
        if (!found)
            return found.error();
        CurrentRow row;
        if ((*found)->next()) {
            row.exists = true;
            row.version = (*found)->value(0).toLongLong();
            row.digest = quint64((*found)->value(1).toLongLong());
            row.body = (*found)->value(2).toByteArray();
        }
        (*found)->finish();
        return row;
    }

    std::optional<Error> append(const QString &table, const QString &id, bool isDelete,
                                const QByteArray &body)
    {
        const auto stored = m_tx.exec(
                u"INSERT INTO feed (district_id, bucket, seq, tbl, row_id, is_delete, body, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                {m_tx.districtId(), m_bucket, counter.seq, table, id, isDelete ? 1 : 0, body,
                 m_tx.nowMs()});
        return stored ? std::nullopt : std::optional(stored.error());
    }

    StoreTransaction &m_tx;
    const QString m_bucket;
};

} // namespace

std::optional<Error> StoreTransaction::flushBucket(const QString &bucket,
                                                   const QList<FeedWriter::Change> &changes)
{
    BucketFlush flush(*this, bucket);
    if (auto error = flush.load())
        return error;
    const qint64 before = flush.counter.seq;
    for (const FeedWriter::Change &change : changes) {
        std::optional<Error> error;
        switch (change.kind) {
        case FeedWriter::Change::Kind::Put:
            error = flush.put(change.table, change.id, change.body);
            break;
        case FeedWriter::Change::Kind::Remove:
            error = flush.remove(change.table, change.id);
            break;
        case FeedWriter::Change::Kind::Clear:
            error = flush.clear();
            break;
        }
        if (error)
            return error;
    }
    if (flush.counter.seq == before)
        return {};
    m_heads.append({bucket, flush.counter.seq, flush.counter.sum});
    return flush.store();
}

} // namespace riderport::district
