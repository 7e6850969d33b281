// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "district/signaturegate.h"
#include "protocol/syncmessages.h"

#include <QHash>
#include <QMultiMap>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace riderport::district {

class FeedStore;
class FeedWatch;

/// Whether a worker's session is open on a device, which alone opens the worker's bucket to it.
using WorkerBucketCheck = std::function<bool(const base::WorkerId &, const base::DeviceId &)>;

/// POST /v1/sync and GET /v1/snapshot/{bucket}. One held pull per device: a newer one ends the
/// older with 409 sync.superseded, which is how two kiosks with one identity notice each other.
/// Loop thread.
class SyncApi final : public QObject
{
    Q_OBJECT

public:
    SyncApi(FeedStore &store, FeedWatch &watch, const base::Clock &clock);

    void setWorkerBucketCheck(WorkerBucketCheck check) { m_workerCheck = std::move(check); }
    void registerRoutes(httpd::HttpRoutes &routes, SignatureGate &gate);

    /// Answers all held pulls as if their time was over; later ones are not held.
    void shutdown();
    [[nodiscard]] qsizetype heldCount() const { return m_held.size(); }
    [[nodiscard]] qint64 supersededCount() const { return m_superseded; }

private:
    struct Held
    {
        Device device;
        protocol::SyncRequest request;
        httpd::HttpReply reply;
        QByteArray traceId;
        qint64 deadlineMs = 0;
    };
    using HeldPtr = std::shared_ptr<Held>;

    void onSync(const SignedRequest &request, const httpd::HttpReply &reply);
    void onSnapshot(const SignedRequest &request, const httpd::HttpReply &reply);
    [[nodiscard]] bool mayRead(const QString &bucket, const Device &device) const;
    [[nodiscard]] bool mayRead(const protocol::SyncRequest &request, const Device &device) const;
    [[nodiscard]] bool atHead(const protocol::SyncRequest &request) const;
    void pull(const HeldPtr &held);
    void onPulled(const HeldPtr &held, const base::Result<protocol::SyncReply> &result);
    void hold(const HeldPtr &held);
    void forget(const HeldPtr &held);
    void wake(const QSet<HeldPtr> &waiting);
    void onDeadline();
    void answerFromHeads(const HeldPtr &held);
    void send(const Held &held, protocol::SyncReply reply) const;

    FeedStore &m_store;
    FeedWatch &m_watch;
    const base::Clock &m_clock;
    WorkerBucketCheck m_workerCheck;
    QHash<QString, HeldPtr> m_held; ///< by device
    QHash<QString, QSet<HeldPtr>> m_byBucket;
    QMultiMap<qint64, HeldPtr> m_deadlines;
    QTimer m_timer;
    bool m_stopping = false;
    qint64 m_superseded = 0;
};

} // namespace riderport::district
