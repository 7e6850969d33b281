// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "retryloop.h"

#include "base/error.h"
#include "storage/outboxrepository.h"
#include "sync/synctiming.h"
#include "transport/signedclient.h"

namespace riderport::storage {
class Database;
class StorageSession;
} // namespace riderport::storage

namespace riderport::sync {

class Outbox;

/// Brings the outbox to the district. What waits is always read from the rows; the loop itself
/// remembers nothing that a crash could lose.
class PushLoop : public QObject
{
    Q_OBJECT
public:
    PushLoop(storage::Database &database, transport::SignedClient &client, Outbox &outbox,
             const SyncTiming &timing, QObject *parent);

    void start() { m_loop.start(); }
    void stop();
    [[nodiscard]] RetryLoop &loop() { return m_loop; }

Q_SIGNALS:
    void succeeded(qint64 serverTimeMs);
    void failed(const riderport::base::Error &error);

private:
    struct Batch
    {
        QList<storage::OutboxRow> rows;
        qint64 epoch = 0;
        std::optional<qint64> dueInMs;
    };
    struct Delivery
    {
        qint64 serverTimeMs = 0;
        QList<protocol::OpResult> fresh; ///< answers not known before
        bool progress = false;           ///< at least one operation was answered for good
    };
    using Turn = std::shared_ptr<LoopTurn>;

    void turn(const Turn &turn);
    void post(const Batch &batch, const Turn &turn);
    void onReply(const Batch &batch, const transport::ApiReply &reply, const Turn &turn);
    void onUnreadable(const Batch &batch, const transport::ApiReply &reply, const Turn &turn);
    void onDelivered(const Batch &batch, const base::Result<Delivery> &delivery, const Turn &turn);
    [[nodiscard]] static base::Result<Batch> takeBatch(storage::StorageSession &session,
                                                       int maxOps);
    [[nodiscard]] static base::Result<Delivery> store(storage::StorageSession &session,
                                                      const Batch &batch, const QByteArray &body,
                                                      const QByteArray &encoding, double jitter);

    storage::Database &m_database;
    transport::SignedClient &m_client;
    Outbox &m_outbox;
    qint64 m_idleMs;
    std::function<double()> m_uniform;
    transport::HttpCancellation m_cancellation;
    int m_maxOps; ///< 1 while looking for the operation the server cannot read
    RetryLoop m_loop;
};

} // namespace riderport::sync
