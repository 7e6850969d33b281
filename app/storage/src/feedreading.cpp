// SPDX-License-Identifier: Apache-2.0
#include "feedbucket.h"
#include "sqlconnection.h"

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;
using protocol::BucketSum;

Result<QList<FeedRow>> FeedRepository::sealedRows(const Bucket &bucket, qint64 set)
{
    QList<FeedRow> rows;
    const auto read = m_cache.select(u"SELECT row_id, ver, body FROM feed_row WHERE set_id = ?"_s,
                                     {set}, [&](QSqlQuery &row) -> Result<void> {
                                         auto opened = bucket.openedRow(row.value(0).toString(),
                                                                        row.value(1).toLongLong(),
                                                                        row.value(2).toByteArray());
                                         if (!opened)
                                             return opened.error();
                                         rows.append(std::move(*opened));
                                         return {};
                                     });
    if (!read)
        return read.error();
    return rows;
}

Result<QList<FeedRow>> FeedRepository::rows(const QString &table)
{
    QList<FeedRow> out;
    const auto read = m_cache.select(
            u"SELECT row_id, ver, body FROM feed_row WHERE tbl = ? AND set_id IN (SELECT live_set "
            "FROM bucket WHERE live_set > 0) ORDER BY row_id"_s,
            {table}, [&](QSqlQuery &row) -> Result<void> {
                out.append({table, row.value(0).toString(), row.value(1).toLongLong(),
                            row.value(2).toByteArray()});
                return {};
            });
    if (!read)
        return read.error();
    for (auto it = m_workerKeys.cbegin(); it != m_workerKeys.cend(); ++it) {
        const auto bucket = load(it.key());
        if (!bucket)
            return bucket.error();
        const auto sealed = sealedRows(*bucket, bucket->liveSet);
        if (!sealed)
            return sealed.error();
        for (const FeedRow &row : *sealed) {
            if (row.table == table)
                out.append(row);
        }
    }
    return out;
}

Result<std::optional<FeedRow>> FeedRepository::row(const QString &table, const QString &id)
{
    std::optional<FeedRow> out;
    const auto read = m_cache.select(
            u"SELECT ver, body FROM feed_row WHERE tbl = ? AND row_id = ? AND set_id IN (SELECT "
            "live_set FROM bucket WHERE live_set > 0) LIMIT 1"_s,
            {table, id}, [&](QSqlQuery &row) -> Result<void> {
                out = FeedRow{table, id, row.value(0).toLongLong(), row.value(1).toByteArray()};
                return {};
            });
    if (!read)
        return read.error();
    for (auto it = m_workerKeys.cbegin(); !out && it != m_workerKeys.cend(); ++it) {
        const auto bucket = load(it.key());
        if (!bucket)
            return bucket.error();
        const QString storedId = bucket->storedId(table, id);
        const auto sealed = m_cache.select(
                u"SELECT ver, body FROM feed_row WHERE set_id = ? AND tbl = '' AND row_id = ?"_s,
                {bucket->liveSet, storedId}, [&](QSqlQuery &row) -> Result<void> {
                    auto opened = bucket->openedRow(storedId, row.value(0).toLongLong(),
                                                    row.value(1).toByteArray());
                    if (!opened)
                        return opened.error();
                    out = std::move(*opened);
                    return {};
                });
        if (!sealed)
            return sealed.error();
    }
    return out;
}

Result<BucketSum> FeedRepository::recount(const Bucket &bucket)
{
    BucketSum sum;
    if (bucket.key) {
        const auto rows = sealedRows(bucket, bucket.liveSet);
        if (!rows)
            return rows.error();
        for (const FeedRow &row : *rows)
            sum.add(protocol::rowDigest(row.table, row.id, row.version, row.body));
        return sum;
    }
    const auto read = m_cache.select(
            u"SELECT tbl, row_id, ver, body FROM feed_row WHERE set_id = ?"_s, {bucket.liveSet},
            [&](QSqlQuery &row) -> Result<void> {
                sum.add(protocol::rowDigest(row.value(0).toString(), row.value(1).toString(),
                                            row.value(2).toLongLong(), row.value(3).toByteArray()));
                return {};
            });
    if (!read)
        return read.error();
    return sum;
}

Result<QStringList> FeedRepository::verify(const QStringList &buckets)
{
    QStringList wrong;
    for (const QString &name : buckets) {
        const auto bucket = load(name);
        if (!bucket)
            return bucket.error();
        if (!bucket->state.complete)
            continue;
        const auto counted = recount(*bucket);
        // Bytes that cannot even be opened are as wrong as a wrong sum.
        if (counted && *counted == bucket->state.sum)
            continue;
        wrong.append(name);
        if (const auto marked = markStale(name); !marked)
            return marked.error();
    }
    return wrong;
}

Result<void> FeedRepository::openWorker(const QString &bucket, crypto::SealKey key)
{
    if (m_workerKeys.contains(bucket)) {
        if (const auto closed = closeWorker(bucket); !closed)
            return closed;
    }
    m_workerKeys.insert(bucket, std::make_shared<crypto::SealKey>(std::move(key)));
    return {};
}

Result<void> FeedRepository::closeWorker(const QString &bucket)
{
    if (!m_workerKeys.contains(bucket))
        return {};
    const auto loaded = load(bucket);
    // The key goes first and whatever happens after: without it the rows are noise.
    m_workerKeys.take(bucket)->destroy();
    m_touched.unite({u"worker"_s, u"consent"_s});
    if (!loaded)
        return loaded.error();
    const auto deleted = m_cache.transaction([&]() -> Result<void> {
        for (const qint64 set : {loaded->liveSet, loaded->stageSet}) {
            if (const auto dropped = dropSet(set); !dropped)
                return dropped;
        }
        return m_cache.run(u"DELETE FROM bucket WHERE name = ?"_s, {loaded->stored});
    });
    if (!deleted)
        return deleted;
    return m_cache.script(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
}

Result<void> FeedRepository::sweep()
{
    return m_cache.transaction([&]() -> Result<void> {
        if (const auto gone = m_cache.run(u"DELETE FROM bucket WHERE name GLOB 'w#*'"_s); !gone)
            return gone;
        return m_cache.run(u"DELETE FROM feed_row WHERE set_id NOT IN (SELECT live_set FROM bucket "
                           "UNION SELECT stage_set FROM bucket)"_s);
    });
}

Result<qint64> FeedRepository::meta(const QString &key)
{
    const auto value = m_cache.value(u"SELECT value FROM meta WHERE key = ?"_s, {key}, qint64(0));
    if (!value)
        return value.error();
    return value->toLongLong();
}

Result<void> FeedRepository::setMeta(const QString &key, qint64 value)
{
    return m_cache.run(u"INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"_s, {key, value});
}

QSet<QString> FeedRepository::takeTouched()
{
    m_touched.remove(QString());
    return std::exchange(m_touched, {});
}

} // namespace riderport::storage
