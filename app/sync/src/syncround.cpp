// SPDX-License-Identifier: Apache-2.0
#include "syncround.h"

#include "storage/outboxrepository.h"
#include "storage/storagesession.h"
#include "sync/syncplanner.h"
#include "transport/signedclient.h"

namespace riderport::sync {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// lastSync need not be exact; writing it with every empty poll would wear the disk.
constexpr qint64 kLastSyncGrainMs = 60'000;

// True when the bucket has to be read anew.
Result<bool> carryOut(storage::FeedRepository &feed, const SyncStep &step, qint64 epoch)
{
    switch (step.kind) {
    case SyncStep::Kind::ApplyPage: {
        const auto sum = feed.apply(step.page, epoch);
        if (!sum)
            return sum.error();
        return false;
    }
    case SyncStep::Kind::AdoptEpoch: {
        const auto done = feed.adoptEpoch(step.bucket, epoch);
        if (!done)
            return done.error();
        return false;
    }
    case SyncStep::Kind::CheckSum: {
        const auto state = feed.state(step.bucket);
        if (!state)
            return state.error();
        return state->sum != step.sum;
    }
    case SyncStep::Kind::Reset:
        break;
    }
    return true;
}

} // namespace

Result<QList<storage::BucketState>> SyncRound::states(const QStringList &buckets)
{
    QList<storage::BucketState> states;
    for (const QString &bucket : buckets) {
        const auto state = m_session.feed().state(bucket);
        if (!state)
            return state.error();
        states.append(*state);
    }
    return states;
}

Result<RoundOutcome> SyncRound::applySync(const QMap<QString, protocol::Cursor> &asked,
                                          const QByteArray &body, const QByteArray &encoding,
                                          qint64 nowMs)
{
    const auto clear = transport::decodedBody(body, encoding, protocol::kMaxSyncBody);
    if (!clear)
        return clear.error();
    const auto reply = protocol::decodeSyncReply(*clear);
    if (!reply)
        return reply.error();
    if (reply->proto != protocol::kSyncProto)
        return Error{ErrorKind::Unsupported, u"sync.proto"_s, QString::number(reply->proto)};
    const SyncPlan plan = SyncPlanner::plan(asked, *reply);
    storage::FeedRepository &feed = m_session.feed();
    RoundOutcome outcome;
    outcome.serverTimeMs = reply->serverTimeMs;
    outcome.faults = plan.faults;
    outcome.retry = plan.needsRetry();
    for (const SyncStep &step : plan.steps) {
        const auto anew = carryOut(feed, step, plan.epoch);
        // Whatever was applied before stays: each step is whole in itself.
        if (!anew)
            return anew.error();
        outcome.progress = outcome.progress || *anew || step.kind == SyncStep::Kind::ApplyPage;
        if (!*anew)
            continue;
        outcome.faults.append((step.kind == SyncStep::Kind::CheckSum ? u"sync.sum-mismatch "_s
                                                                     : u"sync.reset "_s) +
                              step.bucket);
        if (const auto marked = feed.markStale(step.bucket); !marked)
            return marked.error();
    }
    outcome.tables = feed.takeTouched();
    const auto last = feed.meta(u"last_sync_ms"_s);
    if (!last)
        return last.error();
    if (outcome.progress || qAbs(nowMs - *last) >= kLastSyncGrainMs) {
        if (const auto noted = feed.setMeta(u"last_sync_ms"_s, nowMs); !noted)
            return noted.error();
    }
    const auto settled = m_session.inLedger([&]() -> Result<void> {
        const auto changed = m_session.outbox().adoptEpoch(reply->epoch);
        if (!changed)
            return changed.error();
        if (!reply->durable.contains(u"r"_s))
            return {};
        const auto dropped = m_session.outbox().settle(reply->epoch, reply->durable.value(u"r"_s));
        return dropped ? Result<void>() : dropped.error();
    });
    if (!settled)
        return settled.error();
    return outcome;
}

Result<RoundOutcome> SyncRound::applySnapshot(const QString &bucket, const QByteArray &body,
                                              const QByteArray &encoding)
{
    const auto clear = transport::decodedBody(body, encoding, protocol::kMaxSyncBody);
    if (!clear)
        return clear.error();
    const auto page = protocol::decodeSnapshotPage(*clear);
    if (!page)
        return page.error();
    storage::FeedRepository &feed = m_session.feed();
    const auto state = feed.state(bucket);
    if (!state)
        return state.error();
    RoundOutcome outcome;
    switch (SyncPlanner::judge(bucket, state->stage, *page)) {
    case SnapshotVerdict::Refuse:
        outcome.retry = true;
        outcome.faults.append(u"sync.snapshot-page "_s + bucket);
        return outcome;
    case SnapshotVerdict::Restart:
        outcome.faults.append(u"sync.snapshot-moved "_s + bucket);
        outcome.progress = true;
        if (const auto dropped = feed.dropStage(bucket); !dropped)
            return dropped.error();
        return outcome;
    case SnapshotVerdict::Stage:
        break;
    }
    if (const auto staged = feed.stage(*page); !staged)
        return staged.error();
    outcome.tables = feed.takeTouched();
    outcome.progress = true;
    return outcome;
}

} // namespace riderport::sync
