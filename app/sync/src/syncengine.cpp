// SPDX-License-Identifier: Apache-2.0
#include "sync/syncengine.h"

#include "pullloop.h"
#include "pushloop.h"

#include "base/clock.h"
#include "base/whendone.h"
#include "crypto/random.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "sync/outbox.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcSync, "riderport.sync")

namespace riderport::sync {

using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using storage::StorageSession;

namespace {

SyncTiming withRandom(SyncTiming timing)
{
    constexpr quint32 kSteps = 1U << 30;
    if (!timing.uniform)
        timing.uniform = [] { return double(crypto::randomBelow(kSteps)) / kSteps; };
    return timing;
}

QString bucketOf(const base::WorkerId &worker)
{
    return u"w:"_s + worker.toString();
}

} // namespace

SyncEngine::SyncEngine(storage::Database &database, transport::SignedClient &client, Outbox &outbox,
                       const base::Clock &clock, const base::StationId &station,
                       const SyncTiming &timing, QObject *parent)
    : Connectivity(parent)
    , m_database(database)
    , m_client(client)
    , m_outbox(outbox)
    , m_clock(clock)
    , m_fixedBuckets{u"d"_s, u"s:"_s + station.toString()}
    , m_pull(std::make_unique<PullLoop>(database, client, clock, withRandom(timing), nullptr))
    , m_push(std::make_unique<PushLoop>(database, client, outbox, withRandom(timing), nullptr))
{
    connect(m_pull.get(), &PullLoop::succeeded, this, &SyncEngine::onSucceeded);
    connect(m_pull.get(), &PullLoop::failed, this, &SyncEngine::onFailed);
    connect(m_pull.get(), &PullLoop::faultsSeen, this, &SyncEngine::onFaults);
    connect(m_pull.get(), &PullLoop::completeChanged, this, &SyncEngine::setComplete);
    connect(m_pull.get(), &PullLoop::tablesChanged, this, &SyncEngine::publishTables);
    connect(m_push.get(), &PushLoop::succeeded, this, &SyncEngine::onSucceeded);
    connect(m_push.get(), &PushLoop::failed, this, &SyncEngine::onFailed);
    connect(&m_outbox, &Outbox::countsChanged, this, &SyncEngine::onCounts);
    connect(&m_client, &transport::SignedClient::clockSkewChanged, this, [this] {
        m_state.clockSkewMs = m_client.clockSkewMs();
        Q_EMIT stateChanged();
    });
    updateBuckets();
}

SyncEngine::~SyncEngine()
{
    stop();
}

void SyncEngine::start()
{
    readStart();
    m_outbox.refresh();
    m_pull->start();
    m_push->start();
}

void SyncEngine::stop()
{
    m_pull->stop();
    m_push->stop();
}

void SyncEngine::readStart()
{
    struct Start
    {
        qint64 lastSyncMs = 0;
        QStringList damaged;
    };
    // Before the first pull is queued behind it: rows that rotted on the disk are found here, by
    // the same sum that guards the wire.
    const auto start =
            m_database.run([buckets = m_fixedBuckets](StorageSession &session) -> Result<Start> {
                const auto last = session.feed().meta(u"last_sync_ms"_s);
                if (!last)
                    return last.error();
                const auto damaged = session.feed().verify(buckets);
                if (!damaged)
                    return damaged.error();
                return Start{*last, *damaged};
            });
    base::whenDone(start, this, [this](const Result<Start> &found) {
        if (!found) {
            onFailed(found.error());
            return;
        }
        QStringList faults;
        for (const QString &bucket : found->damaged)
            faults.append(u"sync.local-damage "_s + bucket);
        onFaults(faults);
        if (found->lastSyncMs > 0 && !m_state.lastSync.isValid()) {
            m_state.lastSync = QDateTime::fromMSecsSinceEpoch(found->lastSyncMs, Qt::UTC);
            Q_EMIT stateChanged();
        }
    });
}

void SyncEngine::subscribeWorker(const base::WorkerId &worker, crypto::SealKey key)
{
    const QString bucket = bucketOf(worker);
    // Shared because a task must be copyable; the only owner after the call is the storage thread.
    auto shared = std::make_shared<crypto::SealKey>(std::move(key));
    const auto opened = m_database.run([bucket, shared](StorageSession &session) {
        return session.feed().openWorker(bucket, std::move(*shared));
    });
    base::whenDone(opened, this, [this](const Result<void> &done) {
        if (!done)
            onFailed(done.error());
    });
    if (!m_workerBuckets.contains(bucket))
        m_workerBuckets.append(bucket);
    updateBuckets();
}

void SyncEngine::unsubscribeWorker(const base::WorkerId &worker)
{
    const QString bucket = bucketOf(worker);
    m_workerBuckets.removeAll(bucket);
    updateBuckets();
    const auto closed = m_database.run([bucket](StorageSession &session) -> Result<QSet<QString>> {
        if (const auto done = session.feed().closeWorker(bucket); !done)
            return done.error();
        return session.feed().takeTouched();
    });
    base::whenDone(closed, this, [this, worker](const Result<QSet<QString>> &tables) {
        if (!tables) {
            // The key is gone in any case; only the sweeping has to wait for the next start.
            qCWarning(lcSync) << "rows of a session stay on the disk, unreadable:"
                              << tables.error().code;
            onFailed(tables.error());
        } else {
            publishTables(*tables);
        }
        Q_EMIT workerForgotten(worker);
    });
}

void SyncEngine::updateBuckets()
{
    m_pull->setBuckets(m_fixedBuckets + m_workerBuckets);
}

void SyncEngine::retryNow()
{
    m_pull->loop().hurry();
    m_push->loop().hurry();
}

void SyncEngine::onSucceeded(qint64 serverTimeMs)
{
    const bool wasOffline = m_state.link != ConnectivityState::Link::Online;
    m_state.link = ConnectivityState::Link::Online;
    m_state.lastSync = m_clock.now();
    m_lastError.reset();
    if (serverTimeMs > 0)
        m_client.noteServerTime(serverTimeMs);
    // One loop found the way: the other one need not sit out its back-off.
    if (wasOffline) {
        if (m_pull->loop().failures() > 0)
            m_pull->loop().hurry();
        if (m_push->loop().failures() > 0)
            m_push->loop().hurry();
    }
    Q_EMIT stateChanged();
}

void SyncEngine::onFailed(const base::Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    m_lastError = error;
    // A full disk or a refused page says nothing about the cable.
    const bool local = error.kind == ErrorKind::Storage || error.kind == ErrorKind::Corrupt;
    if (!local && m_state.link != ConnectivityState::Link::Offline) {
        m_state.link = ConnectivityState::Link::Offline;
        qCInfo(lcSync) << "link lost:" << error.code;
    }
    Q_EMIT stateChanged();
}

void SyncEngine::onFaults(const QStringList &faults)
{
    m_faults += int(faults.size());
    for (const QString &fault : faults)
        Q_EMIT faultSeen(fault);
}

void SyncEngine::onCounts()
{
    m_state.pendingOperations = m_outbox.counts().pending;
    m_state.rejectedOperations = m_outbox.counts().rejected;
    Q_EMIT stateChanged();
}

void SyncEngine::setComplete(bool complete)
{
    // "At least once" in the promise: a reset keeps the old rows on show.
    if (!complete || m_state.firstLoadComplete)
        return;
    m_state.firstLoadComplete = true;
    Q_EMIT stateChanged();
}

void SyncEngine::publishTables(const QSet<QString> &tables)
{
    for (const QString &table : tables)
        Q_EMIT tableChanged(table);
}

} // namespace riderport::sync
