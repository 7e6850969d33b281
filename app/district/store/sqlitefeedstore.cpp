// SPDX-License-Identifier: Apache-2.0
#include "store/sqlitefeedstore.h"

#include "district/sqliteengine.h"
#include "store/sqlitefeedpull.h"

#include <QSet>
#include <QSqlQuery>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

base::Result<qint64> currentEpoch(StoreReader &reader)
{
    const auto row = reader.exec(u"SELECT max(epoch) FROM epoch WHERE district_id = ?"_s,
                                 {reader.districtId()});
    if (!row)
        return row.error();
    const qint64 epoch = (*row)->next() ? (*row)->value(0).toLongLong() : 0;
    (*row)->finish();
    return epoch;
}

namespace {

std::optional<Error> beginEpoch(StoreTransaction &tx, qint64 epoch, const QString &reason)
{
    const auto stored =
            tx.exec(u"INSERT INTO epoch (district_id, epoch, at_ms, reason) VALUES (?, ?, ?, ?)"_s,
                    {tx.districtId(), epoch, tx.nowMs(), reason});
    if (!stored)
        return stored.error();
    const auto starts = tx.exec(
            u"INSERT INTO epoch_start (district_id, epoch, bucket, seq) SELECT district_id, ?, bucket, seq FROM bucket_head WHERE district_id = ?"_s,
            {epoch, tx.districtId()});
    return starts ? std::nullopt : std::optional(starts.error());
}

base::Result<FeedHeads> readHeads(StoreReader &reader)
{
    const auto epoch = currentEpoch(reader);
    if (!epoch)
        return epoch.error();
    FeedHeads heads;
    heads.epoch = *epoch;
    const auto rows = reader.exec(
            u"SELECT bucket, seq, row_count, sum64 FROM bucket_head WHERE district_id = ?"_s,
            {reader.districtId()});
    if (!rows)
        return rows.error();
    while ((*rows)->next()) {
        BucketHead head;
        head.bucket = (*rows)->value(0).toString();
        head.seq = (*rows)->value(1).toLongLong();
        head.sum = {(*rows)->value(2).toLongLong(), quint64((*rows)->value(3).toLongLong())};
        heads.buckets.insert(head.bucket, head);
    }
    return heads;
}

base::Result<void> replaceRows(StoreTransaction &tx, const QString &bucket,
                               const QStringList &tables, const QList<FeedRow> &rows,
                               const QStringList &keep)
{
    QSet<std::pair<QString, QString>> wanted;
    for (const FeedRow &row : rows) {
        wanted.insert({row.table, row.id});
        tx.feed().put(bucket, row.table, row.id, row.body);
    }
    for (const QString &table : tables) {
        const auto present = tx.exec(
                u"SELECT row_id FROM row_current WHERE district_id = ? AND bucket = ? AND tbl = ?"_s,
                {tx.districtId(), bucket, table});
        if (!present)
            return present.error();
        while ((*present)->next()) {
            const QString id = (*present)->value(0).toString();
            if (!wanted.contains({table, id}) && !keep.contains(id))
                tx.feed().remove(bucket, table, id);
        }
    }
    return {};
}

base::Result<qint64> compactFeed(StoreTransaction &tx, qint64 keepMs)
{
    // A superseded entry tells nothing that its successor does not. A tombstone may go only when
    // every cursor that still needs it is answered with a reset, so the horizon moves with it.
    const QVariant before = tx.nowMs() - keepMs;
    const auto horizon = tx.exec(
            u"UPDATE bucket_head SET horizon = max(horizon, coalesce((SELECT max(seq) FROM feed f WHERE f.district_id = bucket_head.district_id AND f.bucket = bucket_head.bucket AND f.is_delete = 1 AND f.at_ms < ?), 0)) WHERE district_id = ?"_s,
            {before, tx.districtId()});
    if (!horizon)
        return horizon.error();
    const auto superseded = tx.exec(
            u"DELETE FROM feed WHERE district_id = ? AND EXISTS (SELECT 1 FROM feed n WHERE n.district_id = feed.district_id AND n.bucket = feed.bucket AND n.tbl = feed.tbl AND n.row_id = feed.row_id AND n.seq > feed.seq)"_s,
            {tx.districtId()});
    if (!superseded)
        return superseded.error();
    qint64 dropped = (*superseded)->numRowsAffected();
    // Only now: while a row's older puts are there, its tombstone is what supersedes them.
    const auto tombstones =
            tx.exec(u"DELETE FROM feed WHERE district_id = ? AND is_delete = 1 AND at_ms < ?"_s,
                    {tx.districtId(), before});
    if (!tombstones)
        return tombstones.error();
    dropped += (*tombstones)->numRowsAffected();
    return dropped;
}

} // namespace

base::Result<qint64> ensureEpoch(StoreTransaction &tx)
{
    const auto epoch = currentEpoch(tx);
    if (!epoch || *epoch > 0)
        return epoch;
    // Not 1: a kiosk that knew an earlier store of this district must not take this one for it.
    const qint64 first = tx.nowMs() / 1000;
    if (auto error = beginEpoch(tx, first, u"first start"_s))
        return *error;
    return first;
}

QFuture<base::Result<FeedHeads>> SqliteFeedStore::heads()
{
    return m_engine.read<FeedHeads>([](StoreReader &reader) { return readHeads(reader); });
}

QFuture<base::Result<protocol::SyncReply>>
SqliteFeedStore::pull(const QMap<QString, protocol::Cursor> &cursors, qint64 maxBytes)
{
    return m_engine.read<protocol::SyncReply>([cursors, maxBytes](StoreReader &reader) {
        return pullFeed(reader, cursors, maxBytes);
    });
}

QFuture<base::Result<protocol::SnapshotPage>>
SqliteFeedStore::snapshot(const QString &bucket, qint64 head, const QString &afterTable,
                          const QString &afterId, qint64 maxBytes)
{
    return m_engine.read<protocol::SnapshotPage>(
            [=](StoreReader &reader) -> base::Result<protocol::SnapshotPage> {
                return snapshotFeed(reader, {bucket, head, afterTable, afterId, maxBytes});
            });
}

QFuture<base::Result<void>> SqliteFeedStore::replace(const QString &bucket,
                                                     const QStringList &tables,
                                                     const QList<FeedRow> &rows,
                                                     const QStringList &keep)
{
    return m_engine.write<void>(
            [=](StoreTransaction &tx) { return replaceRows(tx, bucket, tables, rows, keep); });
}

QFuture<base::Result<qint64>> SqliteFeedStore::bumpEpoch(const QString &reason)
{
    return m_engine.write<qint64>([reason](StoreTransaction &tx) -> base::Result<qint64> {
        const auto epoch = ensureEpoch(tx);
        if (!epoch)
            return epoch;
        const qint64 next = std::max(*epoch + 1, tx.nowMs() / 1000);
        if (auto error = beginEpoch(tx, next, reason))
            return *error;
        return next;
    });
}

QFuture<base::Result<qint64>> SqliteFeedStore::compact(qint64 keepMs)
{
    return m_engine.write<qint64>(
            [keepMs](StoreTransaction &tx) { return compactFeed(tx, keepMs); });
}

} // namespace riderport::district
