// SPDX-License-Identifier: Apache-2.0
#include "districtapplication.h"

#include "district/deviceregistry.h"
#include "district/feedwatch.h"
#include "district/healthapi.h"
#include "district/kioskapi.h"
#include "district/noncejournal.h"
#include "district/sampledata.h"
#include "district/signaturegate.h"
#include "district/sqliteengine.h"
#include "district/syncapi.h"
#include "gateway/gatewayarea.h"
#include "httpd/httpserver.h"
#include "portalparts.h"
#include "protocol/phonekeycertificate.h"
#include "store/sqlitedevicestore.h"
#include "store/sqlitefeedstore.h"
#include "store/sqliteopsstore.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcDistrict, "riderport.district")
Q_LOGGING_CATEGORY(lcAccess, "riderport.district.access")

namespace {

constexpr int kDrainMs = 10'000;
constexpr qint64 kTombstoneMs = 90LL * 24 * 3600 * 1000;
constexpr int kCompactionMs = 6 * 3600 * 1000;

using Done = std::function<void(const base::Result<void> &)>;

/// Runs the loop until a part that answers by callback is ready; start-up only.
base::Result<void> waitFor(const std::function<void(Done)> &begin)
{
    std::optional<base::Result<void>> outcome;
    QEventLoop loop;
    begin([&](const base::Result<void> &result) {
        outcome = result;
        loop.quit();
    });
    if (!outcome)
        loop.exec();
    return *outcome;
}

} // namespace

DistrictApplication::DistrictApplication(DistrictOptions options)
    : m_options(std::move(options))
{
    m_compaction.setInterval(kCompactionMs);
    connect(&m_compaction, &QTimer::timeout, this, &DistrictApplication::compact);
}

DistrictApplication::~DistrictApplication()
{
    if (m_server)
        m_server->stop();
    if (m_engine)
        m_engine->close();
}

base::Result<void> DistrictApplication::start()
{
    if (auto done = openStore(); !done)
        return done;
    if (auto done = publish(); !done)
        return done;
    makeApi();
    if (auto done = makePortalAndGateway(); !done)
        return done;
    if (auto done = loadCaches(); !done)
        return done;
    if (auto done = listen(); !done)
        return done;
    m_compaction.start();
    return {};
}

base::Result<void> DistrictApplication::openStore()
{
    if (!QDir().mkpath(m_options.stateDir))
        return Error{ErrorKind::Storage, u"state.directory"_s, m_options.stateDir};
    QFile::setPermissions(m_options.stateDir,
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    // Two servers on one state would each know half of the nonces and sessions.
    m_lock = std::make_unique<QLockFile>(m_options.stateDir + u"/district.lock"_s);
    m_lock->setStaleLockTime(0);
    if (!m_lock->tryLock(1000))
        return Error{ErrorKind::Conflict, u"state.locked"_s, m_options.stateDir};
    auto keys = StateKeys::open(m_options.stateDir);
    if (!keys)
        return keys.error();
    m_keys = std::make_unique<StateKeys>(std::move(*keys));
    m_nonces = std::make_unique<NonceJournal>(m_clock);
    if (auto opened = m_nonces->open(m_options.stateDir); !opened)
        return opened;
    auto engine = SqliteEngine::open({m_options.stateDir + u"/district.sqlite"_s,
                                      m_options.resourcesDir + u"/schema/district"_s,
                                      m_options.districtId},
                                     m_clock);
    if (!engine)
        return engine.error();
    m_engine = std::move(*engine);
    m_feed = std::make_unique<SqliteFeedStore>(*m_engine);
    m_devices = std::make_unique<SqliteDeviceStore>(*m_engine, *m_keys);
    m_ops = std::make_unique<SqliteOpsStore>(*m_engine);
    const auto epoch =
            m_engine->write<qint64>([](StoreTransaction &tx) { return ensureEpoch(tx); }).result();
    return epoch ? base::Result<void>() : base::Result<void>(epoch.error());
}

base::Result<void> DistrictApplication::publish()
{
    const QByteArray issuer = m_keys->issuer().publicKey;
    const QJsonObject body{{u"public_key"_s, QString::fromLatin1(issuer.toBase64())}};
    const QList<FeedRow> issuers{{u"issuer_key"_s,
                                  QString::fromLatin1(protocol::keyIdOf(issuer).toHex()),
                                  QJsonDocument(body).toJson(QJsonDocument::Compact)}};
    if (auto done = m_feed->replace(u"d"_s, {u"issuer_key"_s}, issuers, {}).result(); !done)
        return done;
    const ServiceRows services = readServiceRows(m_options.resourcesDir + u"/services"_s);
    if (auto done =
                m_feed->replace(u"d"_s, {u"service"_s}, services.rows, services.refused).result();
        !done)
        return done;
    if (m_options.sampleDir.isEmpty())
        return {};
    const auto rows = readSampleRows(m_options.sampleDir);
    if (!rows)
        return rows.error();
    return m_feed->replace(u"d"_s, sampleTables(), *rows, {}).result();
}

void DistrictApplication::makeApi()
{
    m_watch = std::make_unique<FeedWatch>(*m_engine, *m_feed);
    m_registry = std::make_unique<DeviceRegistry>(*m_devices);
    m_gate = std::make_unique<SignatureGate>(*m_registry, *m_nonces, m_clock);
    m_routes = std::make_unique<httpd::HttpRoutes>();
    m_health = std::make_unique<HealthApi>();
    m_kiosk = std::make_unique<KioskApi>(KioskApi::Parts{*m_devices, *m_registry, *m_ops, m_clock,
                                                         m_keys->issuer().publicKey,
                                                         m_options.districtId.toLongLong()});
    m_sync = std::make_unique<SyncApi>(*m_feed, *m_watch, m_clock);
    m_health->registerRoutes(*m_routes);
    m_kiosk->registerRoutes(*m_routes, *m_gate);
    m_sync->registerRoutes(*m_routes, *m_gate);
    connect(m_engine.get(), &SqliteEngine::committed, this, [this](const CommitNotice &notice) {
        if (notice.external)
            m_registry->reload();
    });
    m_health->addCollector([this](QByteArray &text) {
        const auto gauge = [&text](const char *name, qint64 value) {
            text += QByteArray("# TYPE ") + name + " gauge\n" + name + ' ' +
                    QByteArray::number(value) + '\n';
        };
        gauge("riderport_connections", m_server->connectionCount());
        gauge("riderport_held_pulls", m_sync->heldCount());
        gauge("riderport_superseded_pulls", m_sync->supersededCount());
        gauge("riderport_devices", m_registry->liveCount());
        gauge("riderport_epoch", m_watch->epoch());
        for (auto it = m_kiosk->statuses().begin(); it != m_kiosk->statuses().end(); ++it) {
            const QByteArray label = "{device=\"" + it.key().toLatin1() + "\",station=\"" +
                                     it->station.toLatin1() + "\"} ";
            text += "riderport_kiosk_age_seconds" + label +
                    QByteArray::number((m_clock.wallMs() - it->seenMs) / 1000) + '\n';
            text += "riderport_kiosk_outbox" + label + QByteArray::number(it->outbox) + '\n';
            text += "riderport_kiosk_skew_ms" + label + QByteArray::number(it->skewMs) + '\n';
        }
    });
}

base::Result<void> DistrictApplication::makePortalAndGateway()
{
    auto portal = PortalParts::open(*m_engine, *m_keys, m_clock, m_options);
    if (!portal)
        return portal.error();
    m_portal = std::move(*portal);
    SqlitePortalStore &store = m_portal->store();
    auto gateway = GatewayArea::create({store, *m_devices, m_clock, m_options.resourcesDir},
                                       {m_options.stateDir + u"/upstreams.json"_s,
                                        m_options.upstreams, m_options.upstreamControl});
    if (!gateway)
        return gateway.error();
    m_gateway = std::move(*gateway);
    if (auto done = m_portal->serve(m_gateway.get(), *m_routes, *m_gate); !done)
        return done;
    m_gateway->registerRoutes(*m_routes, *m_gate);
    m_ops->registerEffect(store.makeOpEffect());
    m_sync->setWorkerBucketCheck(
            [&store](const base::WorkerId &worker, const base::DeviceId &device) {
                return store.isOpen(worker, device);
            });
    return {};
}

base::Result<void> DistrictApplication::loadCaches()
{
    if (auto done = waitFor([this](Done ready) { m_registry->reload(ready); }); !done)
        return done;
    return waitFor([this](Done ready) { m_watch->load(ready); });
}

base::Result<void> DistrictApplication::listen()
{
    m_server = httpd::makeHttpServer();
    m_server->onFinished([this](const httpd::HttpExchangeSummary &summary) {
        m_health->count(summary);
        logExchange(summary);
    });
    httpd::HttpServerOptions options;
    options.address = m_options.listenAddress;
    options.port = m_options.listenPort;
    if (auto listening = m_server->listen(options, m_routes->handler()); !listening)
        return listening;
    m_portal->listeningOn(url());
    return {};
}

QUrl DistrictApplication::url() const
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(m_options.listenAddress.toString());
    url.setPort(m_server->port());
    return url;
}

void DistrictApplication::logExchange(const httpd::HttpExchangeSummary &summary) const
{
    // Probes and clients that left are counted, not told one by one.
    if (summary.status == 0 || summary.route == "/healthz" || summary.route == "/metrics")
        return;
    qCInfo(lcAccess).noquote().nospace()
            << summary.method << ' ' << summary.route << " status=" << summary.status
            << " ms=" << QByteArray::number(double(summary.micros) / 1000, 'f', 1)
            << " in=" << summary.bytesIn << " out=" << summary.bytesOut
            << " device=" << (summary.caller.isEmpty() ? u"-"_s : summary.caller)
            << " trace=" << summary.traceId;
}

void DistrictApplication::compact()
{
    m_feed->compact(kTombstoneMs).then(this, [](const base::Result<qint64> &dropped) {
        if (dropped)
            qCInfo(lcDistrict) << "compacted" << *dropped;
        else
            qCWarning(lcDistrict).noquote() << "compaction failed" << dropped.error().code;
    });
}

void DistrictApplication::stop(std::function<void()> done)
{
    m_compaction.stop();
    m_sync->shutdown();
    m_portal->stop();
    m_server->drain(kDrainMs, [this, done] {
        m_server->stop();
        m_engine->close();
        done();
    });
}

} // namespace riderport::district
