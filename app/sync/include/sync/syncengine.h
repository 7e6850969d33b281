// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "base/strongid.h"
#include "crypto/seal.h"
#include "sync/connectivity.h"
#include "sync/synctiming.h"

#include <QSet>
#include <QStringList>

#include <memory>
#include <optional>

namespace riderport::base {
class Clock;
}
namespace riderport::storage {
class Database;
}
namespace riderport::transport {
class SignedClient;
}

namespace riderport::sync {

class Outbox;
class PullLoop;
class PushLoop;

/// Keeps kiosk and district alike: pulls the buckets "d", "s:<station>" and those of workers who
/// are logged in, pushes the outbox. Runs until stop(); it never gives up by itself. GUI thread;
/// all costly work happens on the storage thread.
class SyncEngine final : public Connectivity
{
    Q_OBJECT
public:
    SyncEngine(storage::Database &database, transport::SignedClient &client, Outbox &outbox,
               const base::Clock &clock, const base::StationId &station,
               const SyncTiming &timing = {}, QObject *parent = nullptr);
    ~SyncEngine() override;

    void start();
    /// Takes back what is under way. start() goes on where the rows say.
    void stop();

    [[nodiscard]] const ConnectivityState &state() const override { return m_state; }
    /// The last failure while the link is not online.
    [[nodiscard]] const std::optional<base::Error> &lastError() const { return m_lastError; }
    /// Replies or parts of replies that were refused, and buckets read anew, since the start.
    [[nodiscard]] int faultCount() const { return m_faults; }

    /// Pulls the worker's bucket from now on. Its rows are sealed with `key`, which is in memory
    /// only.
    void subscribeWorker(const base::WorkerId &worker, crypto::SealKey key);
    /// Destroys the key and the rows; emits workerForgotten() when the disk has been cleaned.
    void unsubscribeWorker(const base::WorkerId &worker);

    /// Ask now: for a "try again" button.
    void retryNow();

Q_SIGNALS:
    /// Rows of this table have changed in the cache.
    void tableChanged(const QString &table);
    void faultSeen(const QString &fault);
    void workerForgotten(const riderport::base::WorkerId &worker);

private:
    void onSucceeded(qint64 serverTimeMs);
    void onFailed(const base::Error &error);
    void onFaults(const QStringList &faults);
    void onCounts();
    void readStart();
    void setComplete(bool complete);
    void publishTables(const QSet<QString> &tables);
    void updateBuckets();

    storage::Database &m_database;
    transport::SignedClient &m_client;
    Outbox &m_outbox;
    const base::Clock &m_clock;
    ConnectivityState m_state;
    std::optional<base::Error> m_lastError;
    int m_faults = 0;
    QStringList m_fixedBuckets;
    QStringList m_workerBuckets;
    std::unique_ptr<PullLoop> m_pull;
    std::unique_ptr<PushLoop> m_push;
};

} // namespace riderport::sync
