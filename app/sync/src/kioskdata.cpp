// SPDX-License-Identifier: Apache-2.0
#include "sync/kioskdata.h"

#include "base/whendone.h"
#include "storage/database.h"
#include "sync/enrolment.h"
#include "sync/outbox.h"
#include "sync/syncengine.h"
#include "transport/signedclient.h"

#include <QPromise>

namespace riderport::sync {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using storage::DeviceIdentity;

/// One Connectivity for the whole life: views bind before the engine exists.
class KioskData::Link final : public Connectivity
{
public:
    [[nodiscard]] const ConnectivityState &state() const override
    {
        return m_engine ? m_engine->state() : m_before;
    }
    void follow(SyncEngine *engine)
    {
        m_engine = engine;
        if (engine)
            connect(engine, &Connectivity::stateChanged, this, &Connectivity::stateChanged);
        Q_EMIT stateChanged();
    }

private:
    SyncEngine *m_engine = nullptr;
    ConnectivityState m_before;
};

KioskData::KioskData(const KioskDataSettings &settings, transport::HttpTransport &transport,
                     const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_transport(transport)
    , m_clock(clock)
    , m_database(std::make_unique<storage::Database>(
              storage::DatabaseSettings{settings.stateDirectory}, clock))
    , m_cache(*m_database)
    , m_usedTokens(*m_database, clock)
    , m_client(std::make_unique<transport::SignedClient>(transport, clock))
    , m_outbox(std::make_unique<Outbox>(*m_database))
    , m_link(std::make_unique<Link>())
{}

KioskData::~KioskData()
{
    m_link->follow(nullptr);
}

QFuture<Result<KioskData::Opened>> KioskData::open()
{
    auto promise = std::make_shared<QPromise<Result<Opened>>>();
    promise->start();
    base::whenDone(
            m_database->open(), this, [this, promise](const Result<storage::OpenReport> &report) {
                if (!report) {
                    promise->addResult(report.error());
                    promise->finish();
                    return;
                }
                m_deviceKey = report->deviceKey;
                m_enrolment =
                        std::make_unique<Enrolment>(*m_database, m_transport, m_clock, m_deviceKey);
                if (report->identity)
                    useIdentity(*report->identity);
                promise->addResult(Opened{m_identity.has_value(), report->cacheSetAside});
                promise->finish();
            });
    return promise->future();
}

QFuture<Result<DeviceIdentity>> KioskData::enrol(const QString &code, const QString &version)
{
    auto promise = std::make_shared<QPromise<Result<DeviceIdentity>>>();
    promise->start();
    if (!m_enrolment) {
        promise->addResult(Error{ErrorKind::Storage, u"storage.closed"_s, {}});
        promise->finish();
        return promise->future();
    }
    base::whenDone(m_enrolment->enrol(code, version), this,
                   [this, promise](const Result<DeviceIdentity> &identity) {
                       if (identity)
                           useIdentity(*identity);
                       promise->addResult(identity);
                       promise->finish();
                   });
    return promise->future();
}

void KioskData::useIdentity(const DeviceIdentity &identity)
{
    m_identity = identity;
    m_client->setIdentity(identity.device.toString().toLatin1(), m_deviceKey);
}

Result<void> KioskData::start()
{
    if (!m_identity)
        return Error{ErrorKind::Unauthorized, u"sync.not-enrolled"_s, {}};
    if (!m_engine) {
        m_engine = std::make_unique<SyncEngine>(*m_database, *m_client, *m_outbox, m_clock,
                                                m_identity->station, m_settings.timing);
        connect(m_engine.get(), &SyncEngine::tableChanged, this, &KioskData::tableChanged);
        m_link->follow(m_engine.get());
    }
    m_engine->start();
    return {};
}

void KioskData::stop()
{
    if (m_engine)
        m_engine->stop();
}

Connectivity &KioskData::connectivity()
{
    return *m_link;
}

} // namespace riderport::sync
