// SPDX-License-Identifier: Apache-2.0
#include "pullloop.h"

#include "syncround.h"

#include "base/clock.h"
#include "base/whendone.h"
#include "storage/database.h"

#include <QLoggingCategory>
#include <QUrl>

Q_LOGGING_CATEGORY(lcPull, "riderport.sync")

namespace riderport::sync {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using storage::BucketState;
using storage::StorageSession;
using transport::ApiReply;
using transport::ApiRequest;

namespace {

/// How long a worker bucket the district refuses is left out.
constexpr qint64 kSuspendMs = 30'000;
/// After so many damaged pages in a row the bucket is read anew.
constexpr int kMaxBadPages = 3;
/// Transfer time granted beyond the time the server may hold the request.
constexpr int kTransferMs = 20'000;
/// Hold time of the request is spread by this much, so that stations do not ask in step.
constexpr double kWaitJitter = 0.2;

bool isWorker(const QString &bucket)
{
    return bucket.startsWith(u"w:");
}

ApiRequest bareRequest(const QByteArray &method, const QByteArray &path)
{
    ApiRequest request;
    request.method = method;
    request.path = path;
    request.decode = false;
    request.maxReplyBytes = protocol::kMaxSyncBody;
    request.timeoutMs = kTransferMs;
    return request;
}

} // namespace

PullLoop::PullLoop(storage::Database &database, transport::SignedClient &client,
                   const base::Clock &clock, const SyncTiming &timing, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_client(client)
    , m_clock(clock)
    , m_waitMs(timing.waitMs)
    , m_minTurnMs(timing.minTurnMs)
    , m_uniform(timing.uniform)
    , m_loop([this](const Turn &turn_) { turn(turn_); }, timing.uniform, nullptr)
{}

void PullLoop::stop()
{
    m_loop.stop();
    m_cancellation.cancel();
}

void PullLoop::setBuckets(const QStringList &buckets)
{
    m_buckets = buckets;
    m_suspended.clear();
    interrupt();
}

void PullLoop::interrupt()
{
    m_interrupted = m_loop.isTurning();
    m_cancellation.cancel();
    m_loop.wake();
}

QStringList PullLoop::activeBuckets() const
{
    QStringList active;
    for (const QString &bucket : m_buckets) {
        if (m_suspended.value(bucket) <= m_clock.monotonicMs())
            active.append(bucket);
    }
    return active;
}

void PullLoop::turn(const Turn &turn)
{
    m_cancellation = {};
    m_settled = m_settled && m_loop.failures() == 0;
    m_interrupted = false;
    m_turnStarted = m_clock.monotonicMs();
    const auto states = m_database.run([buckets = activeBuckets()](StorageSession &session) {
        return SyncRound(session).states(buckets);
    });
    base::whenDone(states, this, [this, turn](const Result<QList<BucketState>> &loaded) {
        if (m_interrupted && (!loaded || loaded.error().code == u"feed.worker-closed")) {
            turn->again();
        } else if (!loaded) {
            Q_EMIT failed(loaded.error());
            turn->failed();
        } else {
            decide(*loaded, turn);
        }
    });
}

void PullLoop::decide(const QList<BucketState> &states, const Turn &turn)
{
    bool complete = !states.isEmpty();
    for (const BucketState &state : states)
        complete = complete && (state.complete || isWorker(state.bucket));
    Q_EMIT completeChanged(complete);
    for (const BucketState &state : states) {
        if (state.stale) {
            pullSnapshot(state, turn);
            return;
        }
    }
    pullFeed(states, turn);
}

void PullLoop::pullSnapshot(const BucketState &state, const Turn &turn)
{
    m_settled = false;
    ApiRequest request = bareRequest("GET", "/v1/snapshot/" + state.bucket.toLatin1());
    request.query = "head=" + QByteArray::number(state.stage.active ? state.stage.head : 0);
    if (!state.stage.afterTable.isEmpty()) {
        request.query += "&after=" + QUrl::toPercentEncoding(state.stage.afterTable) + ',' +
                         QUrl::toPercentEncoding(state.stage.afterId);
    }
    const QString bucket = state.bucket;
    const bool staged = state.stage.active;
    base::whenDone(
            m_client.exchange(request, m_cancellation), this,
            [this, turn, bucket, staged](const ApiReply &reply) {
                const bool moved =
                        reply.status == 404 || reply.status == 409 || reply.status == 410;
                if (reply.error && staged && moved) {
                    // The server no longer knows this snapshot: begin anew next time.
                    base::whenDone(m_database.run([bucket](StorageSession &session) {
                        return session.feed().dropStage(bucket);
                    }),
                                   this, [turn](const Result<void> &) { turn->failed(); });
                    return;
                }
                if (reply.error) {
                    onRefused(reply, isWorker(bucket) ? QStringList{bucket} : QStringList(), turn);
                    return;
                }
                base::whenDone(m_database.run([bucket, reply](StorageSession &session) {
                    return SyncRound(session).applySnapshot(bucket, reply.body, reply.encoding);
                }),
                               this, [this, turn](const Result<RoundOutcome> &outcome) {
                                   onOutcome(outcome, turn);
                               });
            });
}

void PullLoop::pullFeed(const QList<BucketState> &states, const Turn &turn)
{
    protocol::SyncRequest sync;
    QStringList workers;
    for (const BucketState &state : states) {
        sync.cursors.insert(state.bucket, state.cursor);
        if (isWorker(state.bucket))
            workers.append(state.bucket);
    }
    const double spread = 1.0 - kWaitJitter + 2 * kWaitJitter * m_uniform();
    // Held only when nothing is in doubt: at the start, after a failure and after a snapshot the
    // answer is wanted at once, for the link, the clock and the sums.
    if (m_settled)
        sync.waitMs = qMin(protocol::kMaxWaitMs, qint64(double(m_waitMs) * spread));
    ApiRequest request = bareRequest("POST", "/v1/sync");
    request.body = protocol::encodeSyncRequest(sync);
    request.timeoutMs = int(sync.waitMs) + kTransferMs;
    base::whenDone(m_client.exchange(request, m_cancellation), this,
                   [this, turn, asked = sync.cursors, workers](const ApiReply &reply) {
                       if (reply.error) {
                           onRefused(reply, workers, turn);
                           return;
                       }
                       base::whenDone(m_database.run([asked, reply, now = m_clock.wallMs()](
                                                             StorageSession &session) {
                           return SyncRound(session).applySync(asked, reply.body, reply.encoding,
                                                               now);
                       }),
                                      this, [this, turn](const Result<RoundOutcome> &outcome) {
                                          onOutcome(outcome, turn);
                                      });
                   });
}

void PullLoop::onRefused(const ApiReply &reply, const QStringList &workers, const Turn &turn)
{
    if (m_interrupted && reply.error->kind == ErrorKind::Cancelled) {
        turn->again();
        return;
    }
    // A worker whose session the district does not know (yet) must not stop everybody's feed.
    if (!workers.isEmpty() && (reply.status == 403 || reply.status == 404)) {
        for (const QString &bucket : workers)
            m_suspended.insert(bucket, m_clock.monotonicMs() + kSuspendMs);
        turn->again();
        return;
    }
    Q_EMIT failed(*reply.error);
    turn->failed(reply.retryAfterMs);
}

void PullLoop::onOutcome(const Result<RoundOutcome> &outcome, const Turn &turn)
{
    if (!outcome) {
        // A worker logged out while the reply was on its way: nothing is wrong.
        if (outcome.error().code == u"feed.worker-closed") {
            turn->again();
            return;
        }
        qCWarning(lcPull) << "reply not applied:" << outcome.error().code;
        Q_EMIT failed(outcome.error());
        turn->failed();
        return;
    }
    if (!outcome->faults.isEmpty()) {
        qCWarning(lcPull) << "faults in a reply:" << outcome->faults.size();
        Q_EMIT faultsSeen(outcome->faults);
    }
    if (!outcome->tables.isEmpty())
        Q_EMIT tablesChanged(outcome->tables);
    if (outcome->retry) {
        Q_EMIT failed(Error{ErrorKind::Corrupt, u"sync.page"_s, {}});
        countFaults(outcome->faults);
        turn->failed();
        return;
    }
    m_badPages.clear();
    m_settled = outcome->serverTimeMs > 0; // a snapshot page tells no time
    Q_EMIT succeeded(outcome->serverTimeMs);
    // A server that answers at once with nothing must not make us ask in a tight circle.
    if (outcome->progress)
        turn->again();
    else
        turn->after(qMax(qint64(0), m_turnStarted + m_minTurnMs - m_clock.monotonicMs()));
}

void PullLoop::countFaults(const QStringList &faults)
{
    for (const QString &fault : faults) {
        const QString bucket = fault.section(u' ', 1);
        if (!m_buckets.contains(bucket) || ++m_badPages[bucket] < kMaxBadPages)
            continue;
        m_badPages.remove(bucket);
        base::whenDone(m_database.run([bucket](StorageSession &session) {
            return session.feed().markStale(bucket);
        }),
                       this, [](const Result<void> &) {});
    }
}

} // namespace riderport::sync
