// SPDX-License-Identifier: Apache-2.0
#include "feedbucket.h"
#include "sqlconnection.h"

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using protocol::BucketSum;

namespace {

bool isWorkerBucket(const QString &bucket)
{
    return bucket.startsWith(u"w:");
}

} // namespace

FeedRepository::FeedRepository(SqlConnection &cache)
    : m_cache(cache)
{}

FeedRepository::~FeedRepository() = default;

Result<FeedRepository::Bucket> FeedRepository::load(const QString &bucket)
{
    Bucket out;
    out.state.bucket = bucket;
    out.stored = bucket;
    if (isWorkerBucket(bucket)) {
        out.key = m_workerKeys.value(bucket);
        if (!out.key)
            return Error{ErrorKind::NotFound, u"feed.worker-closed"_s, {}};
        out.stored = u"w#"_s +
                     QString::fromLatin1(crypto::blindIndex(*out.key, bucket.toUtf8()).toHex());
    }
    bool known = false;
    const auto found = m_cache.select(
            u"SELECT epoch, seq, row_count, sum64, live_set, stage_set, stage_epoch, stage_head, "
            "stage_tbl, stage_id, stage_rows, stage_sum, complete, stale, resets FROM bucket WHERE "
            "name = ?"_s,
            {out.stored}, [&](QSqlQuery &row) -> Result<void> {
                known = true;
                out.state.cursor = {row.value(0).toLongLong(), row.value(1).toLongLong()};
                out.state.sum = {row.value(2).toLongLong(), quint64(row.value(3).toLongLong())};
                out.liveSet = row.value(4).toLongLong();
                out.stageSet = row.value(5).toLongLong();
                out.state.stage.active = out.stageSet > 0;
                out.state.stage.epoch = row.value(6).toLongLong();
                out.state.stage.head = row.value(7).toLongLong();
                out.readStageId(row.value(8).toString(), row.value(9).toString());
                out.stageSum = {row.value(10).toLongLong(), quint64(row.value(11).toLongLong())};
                out.state.complete = row.value(12).toBool();
                out.state.stale = row.value(13).toBool();
                out.state.resets = row.value(14).toLongLong();
                return {};
            });
    if (!found)
        return found.error();
    if (!known) {
        if (const auto made = m_cache.run(u"INSERT INTO bucket (name) VALUES (?)"_s, {out.stored});
            !made) {
            return made.error();
        }
    }
    return out;
}

Result<void> FeedRepository::save(const Bucket &bucket)
{
    const BucketState &s = bucket.state;
    return m_cache.run(
            u"UPDATE bucket SET epoch=?, seq=?, row_count=?, sum64=?, live_set=?, stage_set=?, "
            "stage_epoch=?, stage_head=?, stage_tbl=?, stage_id=?, stage_rows=?, stage_sum=?, "
            "complete=?, stale=?, resets=? WHERE name=?"_s,
            {s.cursor.epoch, s.cursor.seq, s.sum.rows, qint64(s.sum.sum), bucket.liveSet,
             bucket.stageSet, s.stage.epoch, s.stage.head, bucket.key ? u""_s : s.stage.afterTable,
             bucket.storedStageId(), bucket.stageSum.rows, qint64(bucket.stageSum.sum),
             int(s.complete), int(s.stale), s.resets, bucket.stored});
}

Result<BucketState> FeedRepository::state(const QString &bucket)
{
    const auto loaded = load(bucket);
    if (!loaded)
        return loaded.error();
    return loaded->state;
}

Result<std::optional<FeedRepository::StoredRow>>
FeedRepository::find(const Bucket &bucket, qint64 set, const QString &table, const QString &id)
{
    std::optional<StoredRow> out;
    const QString storedId = bucket.storedId(table, id);
    // The body is only needed to compute the digest of a sealed row, which is not kept beside it:
    // a plain hash of few possible values would give them away.
    const QString sql =
            bucket.key
                    ? u"SELECT ver, digest, body FROM feed_row WHERE set_id=? AND tbl=? AND row_id=?"_s
                    : u"SELECT ver, digest FROM feed_row WHERE set_id=? AND tbl=? AND row_id=?"_s;
    const auto found = m_cache.select(
            sql, {set, bucket.storedTable(table), storedId}, [&](QSqlQuery &row) -> Result<void> {
                out = StoredRow{row.value(0).toLongLong(), quint64(row.value(1).toLongLong())};
                if (!bucket.key)
                    return {};
                const auto opened =
                        bucket.openedRow(storedId, out->version, row.value(2).toByteArray());
                if (!opened)
                    return opened.error();
                out->digest = protocol::rowDigest(table, id, out->version, opened->body);
                return {};
            });
    if (!found)
        return found.error();
    return out;
}

Result<void> FeedRepository::write(const Bucket &bucket, qint64 set, const FeedRow &row,
                                   quint64 digest)
{
    const QString storedId = bucket.storedId(row.table, row.id);
    return m_cache.run(
            u"INSERT INTO feed_row (set_id, tbl, row_id, ver, digest, body) VALUES (?,?,?,?,?,?) "
            "ON CONFLICT DO UPDATE SET ver=excluded.ver, digest=excluded.digest, body=excluded.body"_s,
            {set, bucket.storedTable(row.table), storedId, row.version,
             bucket.key ? 0 : qint64(digest), bucket.storedBody(row, storedId)});
}

Result<void> FeedRepository::erase(const Bucket &bucket, qint64 set, const QString &table,
                                   const QString &id)
{
    return m_cache.run(u"DELETE FROM feed_row WHERE set_id=? AND tbl=? AND row_id=?"_s,
                       {set, bucket.storedTable(table), bucket.storedId(table, id)});
}

Result<BucketSum> FeedRepository::apply(const protocol::SyncPage &page, qint64 epoch)
{
    BucketSum sum;
    QSet<QString> touched;
    const auto done = m_cache.transaction([&]() -> Result<void> {
        auto bucket = load(page.bucket);
        if (!bucket)
            return bucket.error();
        BucketState &state = bucket->state;
        if (page.from != state.cursor.seq + 1 || bucket->liveSet == 0)
            return Error{ErrorKind::Conflict, u"feed.gap"_s, page.bucket};
        for (const protocol::FeedOp &op : page.ops) {
            const auto old = find(*bucket, bucket->liveSet, op.table, op.id);
            if (!old)
                return old.error();
            // A snapshot row may already be newer than this piece of history.
            if (*old && (*old)->version > op.version)
                continue;
            touched.insert(op.table);
            if (*old)
                state.sum.remove((*old)->digest);
            Result<void> stored;
            if (!op.isDelete) {
                const quint64 digest = protocol::rowDigest(op.table, op.id, op.version, op.body);
                state.sum.add(digest);
                stored = write(*bucket, bucket->liveSet, {op.table, op.id, op.version, op.body},
                               digest);
            } else if (*old) {
                stored = erase(*bucket, bucket->liveSet, op.table, op.id);
            }
            if (!stored)
                return stored;
        }
        state.cursor = {epoch, page.to};
        sum = state.sum;
        return save(*bucket);
    });
    if (!done)
        return done.error();
    m_touched.unite(touched);
    return sum;
}

Result<void> FeedRepository::adoptEpoch(const QString &bucket, qint64 epoch)
{
    return m_cache.transaction([&]() -> Result<void> {
        auto loaded = load(bucket);
        if (!loaded)
            return loaded.error();
        loaded->state.cursor.epoch = epoch;
        return save(*loaded);
    });
}

Result<void> FeedRepository::markStale(const QString &bucket)
{
    return m_cache.transaction([&]() -> Result<void> {
        auto loaded = load(bucket);
        if (!loaded)
            return loaded.error();
        if (!loaded->state.stale)
            ++loaded->state.resets;
        loaded->state.stale = true;
        return save(*loaded);
    });
}

Result<qint64> FeedRepository::newSet()
{
    const auto next = meta(u"next_set"_s);
    if (!next)
        return next.error();
    if (const auto moved = setMeta(u"next_set"_s, *next + 1); !moved)
        return moved.error();
    return *next;
}

Result<void> FeedRepository::dropSet(qint64 set)
{
    if (set == 0)
        return {};
    return m_cache.run(u"DELETE FROM feed_row WHERE set_id=?"_s, {set});
}

Result<void> FeedRepository::stage(const protocol::SnapshotPage &page)
{
    return m_cache.transaction([&]() -> Result<void> {
        auto bucket = load(page.bucket);
        if (!bucket)
            return bucket.error();
        StageState &stage = bucket->state.stage;
        if (!stage.active) {
            const auto set = newSet();
            if (!set)
                return set.error();
            bucket->stageSet = *set;
            stage = StageState{true, page.epoch, page.head, {}, {}};
            bucket->stageSum = {};
        }
        if (stage.epoch != page.epoch || stage.head != page.head)
            return Error{ErrorKind::Conflict, u"feed.snapshot-moved"_s, page.bucket};
        for (const protocol::SnapshotRow &row : page.rows) {
            const quint64 digest = protocol::rowDigest(row.table, row.id, row.version, row.body);
            bucket->stageSum.add(digest);
            if (const auto stored = write(*bucket, bucket->stageSet,
                                          {row.table, row.id, row.version, row.body}, digest);
                !stored) {
                return stored;
            }
            stage.afterTable = row.table;
            stage.afterId = row.id;
        }
        if (page.done)
            return switchSets(*bucket);
        return save(*bucket);
    });
}

Result<void> FeedRepository::switchSets(Bucket &bucket)
{
    const auto noted =
            m_cache.select(u"SELECT DISTINCT tbl FROM feed_row WHERE set_id IN (?, ?)"_s,
                           {bucket.liveSet, bucket.stageSet}, [&](QSqlQuery &row) -> Result<void> {
                               m_touched.insert(row.value(0).toString());
                               return {};
                           });
    if (!noted)
        return noted;
    if (bucket.key) {
        const auto rows = sealedRows(bucket, bucket.stageSet);
        if (!rows)
            return rows.error();
        for (const FeedRow &row : *rows)
            m_touched.insert(row.table);
    }
    if (const auto dropped = dropSet(bucket.liveSet); !dropped)
        return dropped;
    bucket.liveSet = std::exchange(bucket.stageSet, 0);
    bucket.state.cursor = {bucket.state.stage.epoch, bucket.state.stage.head};
    bucket.state.sum = std::exchange(bucket.stageSum, {});
    bucket.state.stage = {};
    bucket.state.complete = true;
    bucket.state.stale = false;
    return save(bucket);
}

Result<void> FeedRepository::dropStage(const QString &bucket)
{
    return m_cache.transaction([&]() -> Result<void> {
        auto loaded = load(bucket);
        if (!loaded)
            return loaded.error();
        if (const auto dropped = dropSet(loaded->stageSet); !dropped)
            return dropped;
        loaded->stageSet = 0;
        loaded->stageSum = {};
        loaded->state.stage = {};
        return save(*loaded);
    });
}

} // namespace riderport::storage
