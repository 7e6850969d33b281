// SPDX-License-Identifier: Apache-2.0
#include "store/sqlitefeedpull.h"

#include "store/sqlitefeedstore.h"

#include <QSqlQuery>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using protocol::Cursor;

namespace {

constexpr int kMaxRowsPerPage = 5000;
// What an operation costs on the wire beside its body.
constexpr qint64 kOpOverhead = 80;

struct Head
{
    qint64 seq = 0;
    qint64 horizon = 0;
    protocol::BucketSum sum;
};

base::Result<Head> readHead(StoreReader &reader, const QString &bucket)
{
    const auto row = reader.exec(
            u"SELECT seq, horizon, row_count, sum64 FROM bucket_head WHERE district_id = ? AND bucket = ?"_s,
            {reader.districtId(), bucket});
    if (!row)
        return row.error();
    Head head;
    if ((*row)->next()) {
        head.seq = (*row)->value(0).toLongLong();
        head.horizon = (*row)->value(1).toLongLong();
        head.sum = {(*row)->value(2).toLongLong(), quint64((*row)->value(3).toLongLong())};
    }
    (*row)->finish();
    return head;
}

/// The cursor of an older epoch is still good where no later epoch began below it: what it had seen
/// is what we have.
base::Result<bool> survivesEpochs(StoreReader &reader, const QString &bucket, const Cursor &cursor,
                                  qint64 epoch)
{
    const auto known =
            reader.exec(u"SELECT count(*) FROM epoch WHERE district_id = ? AND epoch = ?"_s,
                        {reader.districtId(), cursor.epoch});
    if (!known)
        return known.error();
    const bool exists = (*known)->next() && (*known)->value(0).toLongLong() == 1;
    (*known)->finish();
    if (!exists)
        return false;
    const auto lowest = reader.exec(
            u"SELECT min(coalesce(s.seq, 0)) FROM epoch e LEFT JOIN epoch_start s ON s.district_id = e.district_id AND s.epoch = e.epoch AND s.bucket = ? WHERE e.district_id = ? AND e.epoch > ? AND e.epoch <= ?"_s,
            {bucket, reader.districtId(), cursor.epoch, epoch});
    if (!lowest)
        return lowest.error();
    const bool good = (*lowest)->next() && cursor.seq <= (*lowest)->value(0).toLongLong();
    (*lowest)->finish();
    return good;
}

base::Result<bool> needsReset(StoreReader &reader, const QString &bucket, const Cursor &cursor,
                              const Head &head, qint64 epoch)
{
    // {0, 0} has nothing a missing tombstone could leave behind.
    if (cursor == Cursor{})
        return false;
    if (cursor.seq > head.seq || cursor.seq < head.horizon)
        return true;
    if (cursor.epoch == epoch)
        return false;
    const auto good = survivesEpochs(reader, bucket, cursor, epoch);
    return good ? base::Result<bool>(!*good) : good;
}

/// Fills the page and takes its size from the budget.
base::Result<protocol::SyncPage> readPage(StoreReader &reader, const QString &bucket, qint64 after,
                                          const Head &head, qint64 *budget)
{
    const auto rows = reader.exec(
            u"SELECT seq, tbl, row_id, is_delete, body FROM feed WHERE district_id = ? AND bucket = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"_s,
            {reader.districtId(), bucket, after, head.seq, kMaxRowsPerPage + 1});
    if (!rows)
        return rows.error();
    protocol::SyncPage page;
    page.bucket = bucket;
    page.from = after + 1;
    page.head = head.seq;
    bool complete = true;
    while ((*rows)->next()) {
        protocol::FeedOp op;
        op.body = (*rows)->value(4).toByteArray();
        const qint64 cost = op.body.size() + kOpOverhead;
        if (!page.ops.isEmpty() && (cost > *budget || page.ops.size() >= kMaxRowsPerPage)) {
            complete = false;
            break;
        }
        op.seq = (*rows)->value(0).toLongLong();
        op.table = (*rows)->value(1).toString();
        op.id = (*rows)->value(2).toString();
        op.isDelete = (*rows)->value(3).toInt() != 0;
        op.version = op.seq;
        *budget -= cost;
        page.ops.append(std::move(op));
    }
    (*rows)->finish();
    page.to = complete ? head.seq : page.ops.constLast().seq;
    page.sha256 = page.computedSha256();
    return page;
}

base::Result<void> pullBucket(StoreReader &reader, const QString &bucket, const Cursor &cursor,
                              qint64 *budget, protocol::SyncReply *reply)
{
    const auto head = readHead(reader, bucket);
    if (!head)
        return head.error();
    reply->durable.insert(bucket, head->seq);
    const auto reset = needsReset(reader, bucket, cursor, *head, reply->epoch);
    if (!reset)
        return reset.error();
    if (*reset) {
        reply->reset.append(bucket);
        return {};
    }
    qint64 reached = cursor.seq;
    // A bucket whose turn comes with nothing left waits for the next request.
    if (cursor.seq < head->seq && (*budget > 0 || reply->pages.isEmpty())) {
        auto page = readPage(reader, bucket, cursor.seq, *head, budget);
        if (!page)
            return page.error();
        reached = page->to;
        reply->pages.append(std::move(*page));
    }
    if (reached == head->seq)
        reply->sums.insert(bucket, head->sum);
    return {};
}

} // namespace

base::Result<protocol::SyncReply> pullFeed(StoreReader &reader,
                                           const QMap<QString, Cursor> &cursors, qint64 maxBytes)
{
    protocol::SyncReply reply;
    const auto epoch = currentEpoch(reader);
    if (!epoch)
        return epoch.error();
    reply.epoch = *epoch;
    const auto receipts = readHead(reader, u"r"_s);
    if (!receipts)
        return receipts.error();
    // One node with synchronous commits: what is committed is durable.
    reply.durable.insert(u"r"_s, receipts->seq);
    qint64 budget = maxBytes;
    for (auto it = cursors.begin(); it != cursors.end(); ++it) {
        if (auto done = pullBucket(reader, it.key(), it.value(), &budget, &reply); !done)
            return done.error();
    }
    return reply;
}

base::Result<protocol::SnapshotPage> snapshotFeed(StoreReader &reader,
                                                  const SnapshotRequest &request)
{
    const auto epoch = currentEpoch(reader);
    if (!epoch)
        return epoch.error();
    const auto head = readHead(reader, request.bucket);
    if (!head)
        return head.error();
    if (request.head > head->seq)
        return Error{ErrorKind::Conflict, u"sync.head"_s, {}};
    // Rows changed after `head` appear with their newer version; the client's pull from head + 1
    // meets them again and keeps the higher version. Rows deleted meanwhile are deleted there. That
    // needs the tombstones: below the horizon the client has to begin anew.
    if (request.head > 0 && request.head < head->horizon)
        return Error{ErrorKind::Conflict, u"sync.head"_s, {}};
    protocol::SnapshotPage page;
    page.epoch = *epoch;
    page.bucket = request.bucket;
    page.head = request.head > 0 ? request.head : head->seq;
    const auto rows = reader.exec(
            u"SELECT c.tbl, c.row_id, c.ver, f.body FROM row_current c JOIN feed f ON f.district_id = c.district_id AND f.bucket = c.bucket AND f.seq = c.ver WHERE c.district_id = ? AND c.bucket = ? AND (c.tbl, c.row_id) > (?, ?) ORDER BY c.tbl, c.row_id LIMIT ?"_s,
            {reader.districtId(), request.bucket, request.afterTable, request.afterId,
             kMaxRowsPerPage + 1});
    if (!rows)
        return rows.error();
    page.done = true;
    qint64 budget = request.maxBytes;
    while ((*rows)->next()) {
        protocol::SnapshotRow row{(*rows)->value(0).toString(), (*rows)->value(1).toString(),
                                  (*rows)->value(2).toLongLong(), (*rows)->value(3).toByteArray()};
        const qint64 cost = row.body.size() + kOpOverhead;
        if (!page.rows.isEmpty() && (cost > budget || page.rows.size() >= kMaxRowsPerPage)) {
            page.done = false;
            break;
        }
        budget -= cost;
        page.rows.append(std::move(row));
    }
    (*rows)->finish();
    page.sha256 = page.computedSha256();
    return page;
}

} // namespace riderport::district
