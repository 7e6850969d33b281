// SPDX-License-Identifier: Apache-2.0
#include "sync/syncplanner.h"

#include "crypto/digest.h"

#include <QSet>

namespace riderport::sync {

using namespace Qt::StringLiterals;
using protocol::Cursor;
using protocol::FeedOp;
using protocol::SnapshotPage;
using protocol::SyncPage;

namespace {

// A line feed inside a name would let two different rows have the same digest.
bool isName(const QString &text)
{
    return !text.isEmpty() && !text.contains(u'\n');
}

bool hashMatches(const QString &told, const QString &computed)
{
    return crypto::constantTimeEqual(told.toLatin1(), computed.toLatin1());
}

// Empty when the page is sound in itself.
QString faultOf(const SyncPage &page)
{
    if (!hashMatches(page.sha256, page.computedSha256()))
        return u"sync.page-hash"_s;
    if (page.to < page.from || page.to > page.head)
        return u"sync.page-range"_s;
    qint64 previous = page.from - 1;
    for (const FeedOp &op : page.ops) {
        if (op.seq <= previous || op.seq > page.to)
            return u"sync.page-order"_s;
        // A row cannot have changed last after the change that is being told.
        if (op.version > op.seq)
            return u"sync.page-version"_s;
        if (!isName(op.table) || !isName(op.id) || op.isDelete != op.body.isEmpty())
            return u"sync.page-name"_s;
        previous = op.seq;
    }
    return {};
}

} // namespace

bool SyncPlan::needsRetry() const
{
    for (const QString &fault : faults) {
        if (!fault.startsWith(u"sync.page-duplicate"))
            return true;
    }
    return false;
}

SyncPlan SyncPlanner::plan(const QMap<QString, Cursor> &asked, const protocol::SyncReply &reply)
{
    SyncPlan plan;
    plan.epoch = reply.epoch;
    QMap<QString, Cursor> cursors = asked;
    QSet<QString> closed; // no further steps for these buckets
    const auto fault = [&plan](const QString &code, const QString &bucket) {
        plan.faults.append(code + u' ' + bucket);
    };

    for (const QString &bucket : reply.reset) {
        if (!asked.contains(bucket)) {
            fault(u"sync.unasked"_s, bucket);
        } else if (!closed.contains(bucket)) {
            plan.steps.append({SyncStep::Kind::Reset, bucket, {}, {}});
            closed.insert(bucket);
        }
    }
    for (const SyncPage &page : reply.pages) {
        const auto cursor = cursors.find(page.bucket);
        if (cursor == cursors.end()) {
            fault(u"sync.unasked"_s, page.bucket);
            continue;
        }
        if (closed.contains(page.bucket))
            continue;
        if (const QString code = faultOf(page); !code.isEmpty()) {
            fault(code, page.bucket);
            closed.insert(page.bucket);
        } else if (page.to <= cursor->seq) {
            fault(u"sync.page-duplicate"_s, page.bucket);
        } else if (page.from != cursor->seq + 1) {
            fault(u"sync.page-gap"_s, page.bucket);
            closed.insert(page.bucket);
        } else {
            plan.steps.append({SyncStep::Kind::ApplyPage, page.bucket, page, {}});
            *cursor = {reply.epoch, page.to};
        }
    }
    for (auto it = cursors.cbegin(); it != cursors.cend(); ++it) {
        if (closed.contains(it.key()))
            continue;
        if (it->epoch != reply.epoch)
            plan.steps.append({SyncStep::Kind::AdoptEpoch, it.key(), {}, {}});
        const auto sum = reply.sums.find(it.key());
        if (sum != reply.sums.end())
            plan.steps.append({SyncStep::Kind::CheckSum, it.key(), {}, *sum});
    }
    return plan;
}

SnapshotVerdict SyncPlanner::judge(const QString &bucket, const storage::StageState &stage,
                                   const SnapshotPage &page)
{
    if (page.bucket != bucket || !hashMatches(page.sha256, page.computedSha256()))
        return SnapshotVerdict::Refuse;
    if (stage.active && (page.epoch != stage.epoch || page.head != stage.head))
        return SnapshotVerdict::Restart;
    // A page that neither ends nor goes on would be asked for, for ever.
    if (!page.done && page.rows.isEmpty())
        return SnapshotVerdict::Refuse;
    QByteArray table = stage.active ? stage.afterTable.toUtf8() : QByteArray();
    QByteArray id = stage.active ? stage.afterId.toUtf8() : QByteArray();
    for (const protocol::SnapshotRow &row : page.rows) {
        const QByteArray nextTable = row.table.toUtf8();
        const QByteArray nextId = row.id.toUtf8();
        const bool ascending = nextTable > table || (nextTable == table && nextId > id);
        if (!ascending || !isName(row.table) || !isName(row.id) || row.body.isEmpty())
            return SnapshotVerdict::Refuse;
        table = nextTable;
        id = nextId;
    }
    return SnapshotVerdict::Stage;
}

} // namespace riderport::sync
