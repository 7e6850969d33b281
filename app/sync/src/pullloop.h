// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "retryloop.h"

#include "sync/synctiming.h"

#include "base/error.h"
#include "storage/feedrepository.h"
#include "transport/signedclient.h"

#include <QObject>
#include <QSet>

namespace riderport::base {
class Clock;
}
namespace riderport::storage {
class Database;
}

namespace riderport::sync {

struct RoundOutcome;

/// Keeps the cache like the district: snapshots for buckets that need one, then the long-poll.
class PullLoop : public QObject
{
    Q_OBJECT
public:
    PullLoop(storage::Database &database, transport::SignedClient &client, const base::Clock &clock,
             const SyncTiming &timing, QObject *parent);

    void start() { m_loop.start(); }
    void stop();
    void setBuckets(const QStringList &buckets);
    /// Ask again now instead of when the held request returns.
    void interrupt();
    [[nodiscard]] RetryLoop &loop() { return m_loop; }

Q_SIGNALS:
    void succeeded(qint64 serverTimeMs);
    void failed(const riderport::base::Error &error);
    void tablesChanged(const QSet<QString> &tables);
    void faultsSeen(const QStringList &faults);
    void completeChanged(bool complete);

private:
    using Turn = std::shared_ptr<LoopTurn>;
    void turn(const Turn &turn);
    void decide(const QList<storage::BucketState> &states, const Turn &turn);
    void pullSnapshot(const storage::BucketState &state, const Turn &turn);
    void pullFeed(const QList<storage::BucketState> &states, const Turn &turn);
    void onOutcome(const base::Result<RoundOutcome> &outcome, const Turn &turn);
    void onRefused(const transport::ApiReply &reply, const QStringList &workers, const Turn &turn);
    [[nodiscard]] QStringList activeBuckets() const;
    void countFaults(const QStringList &faults);

    storage::Database &m_database;
    transport::SignedClient &m_client;
    const base::Clock &m_clock;
    qint64 m_waitMs;
    qint64 m_minTurnMs;
    qint64 m_turnStarted = 0; ///< monotonic ms
    std::function<double()> m_uniform;
    QStringList m_buckets;
    QMap<QString, qint64> m_suspended; ///< worker bucket → monotonic ms until it is left out
    QMap<QString, int> m_badPages;     ///< bucket → refused pages in a row
    transport::HttpCancellation m_cancellation;
    bool m_interrupted = false;
    bool m_settled = false; ///< the last reply was a sound feed reply
    RetryLoop m_loop;
};

} // namespace riderport::sync
