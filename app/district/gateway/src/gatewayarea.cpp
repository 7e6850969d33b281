// SPDX-License-Identifier: Apache-2.0
#include "gateway/gatewayarea.h"

#include "district/devicestore.h"
#include "district/signaturegate.h"
#include "gateway/gatewayservice.h"
#include "httpd/httproutes.h"
#include "portal/sqliteportalstore.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcGatewayArea, "riderport.gateway")

namespace {

constexpr int kSimulatorRetryMs = 1000;

class Callers final : public GatewayCallers
{
public:
    Callers(DeviceStore &devices, const SessionDirectory &sessions)
        : m_devices(devices)
        , m_sessions(sessions)
    {}

    QFuture<base::Result<QByteArray>> secret(const QString &appKey) override
    {
        return m_devices.gatewaySecret(appKey);
    }
    std::optional<GatewaySession> session(const base::SessionId &id,
                                          const base::DeviceId &device) const override
    {
        const auto found = m_sessions.find(id, device);
        if (!found)
            return std::nullopt;
        return GatewaySession{found->subject, found->authLevel};
    }

private:
    DeviceStore &m_devices;
    const SessionDirectory &m_sessions;
};

QueryAccess queryAccess(const GatewayAccess &access)
{
    return {access.device,       access.subject,        access.service + u'/' + access.operation,
            access.consentGroup, access.consentVersion, access.fields,
            access.trace};
}

class Records final : public GatewayRecords
{
public:
    explicit Records(SqlitePortalStore &portal)
        : m_portal(portal)
    {}

    QFuture<base::Result<GatewaySubject>> admit(const GatewayAccess &access) override
    {
        return m_portal.admitQuery(queryAccess(access))
                .then([](const base::Result<QueryPerson> &person) -> base::Result<GatewaySubject> {
                    if (!person)
                        return person.error();
                    return GatewaySubject{person->consentCurrent, person->name, person->idNumber};
                });
    }
    QFuture<base::Result<void>> conclude(const GatewayAccess &access,
                                         const QString &outcome) override
    {
        return m_portal.concludeQuery(queryAccess(access), outcome)
                .then([](const base::Result<bool> &stored) -> base::Result<void> {
                    if (!stored)
                        return stored.error();
                    return {};
                });
    }

private:
    SqlitePortalStore &m_portal;
};

} // namespace

struct GatewayArea::Private
{
    explicit Private(const Parts &parts)
        : callers(parts.devices, parts.portal)
        , records(parts.portal)
        , transport(makeUpstreamTransport())
        , pool(*transport, parts.clock)
        , service(callers, records, pool, parts.clock)
    {}

    Callers callers;
    Records records;
    std::unique_ptr<UpstreamTransport> transport;
    UpstreamPool pool;
    GatewayService service;
};

GatewayArea::GatewayArea(const Parts &parts)
    : d(std::make_unique<Private>(parts))
{
    const QPointer<GatewayArea> self(this);
    parts.portal.onSessionClosed([self](const base::SessionId &session) {
        if (self)
            self->d->service.onSessionClosed(session);
    });
}

GatewayArea::~GatewayArea() = default;

base::Result<std::unique_ptr<GatewayArea>> GatewayArea::create(const Parts &parts,
                                                               const GatewayUpstreams &upstreams)
{
    std::unique_ptr<GatewayArea> area(new GatewayArea(parts));
    if (auto loaded = area->loadServices(parts.resourcesDir); !loaded)
        return loaded.error();
    if (auto loaded = area->loadEndpoints(upstreams); !loaded)
        return loaded.error();
    return area;
}

base::Result<void> GatewayArea::loadServices(const QString &resourcesDir)
{
    const QDir dir(resourcesDir + u"/services"_s);
    QList<QByteArray> descriptors;
    const QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(dir.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorKind::Storage, u"services.missing"_s, name};
        descriptors.append(file.readAll());
    }
    if (descriptors.isEmpty())
        return Error{ErrorKind::NotFound, u"services.missing"_s, dir.path()};
    return d->service.setServices(descriptors);
}

base::Result<void> GatewayArea::loadEndpoints(const GatewayUpstreams &upstreams)
{
    QMap<QString, UpstreamEndpoint> endpoints;
    QFile file(upstreams.endpointsFile);
    if (!upstreams.endpointsFile.isEmpty() && file.exists()) {
        constexpr auto kOthers = QFile::ReadGroup | QFile::ReadOther;
        if (file.permissions() & kOthers)
            return Error{ErrorKind::Forbidden, u"upstreams.permissions"_s, file.fileName()};
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorKind::Storage, u"upstreams.invalid"_s, file.errorString()};
        auto read = readUpstreamEndpoints(file.readAll());
        if (!read)
            return read.error();
        endpoints = *std::move(read);
    }
    for (auto it = upstreams.addresses.begin(); it != upstreams.addresses.end(); ++it) {
        if (!endpoints.contains(it.key()))
            return Error{ErrorKind::Invalid, u"upstreams.invalid"_s,
                         u"no credentials for family "_s + it.key()};
        endpoints[it.key()].url = it.value();
    }
    d->pool.setEndpoints(endpoints);
    if (!upstreams.simulatorControl.isEmpty())
        askSimulator(upstreams.simulatorControl);
    return {};
}

void GatewayArea::askSimulator(const QUrl &control)
{
    UpstreamRequest request;
    request.url = control;
    request.url.setPath(control.path() + u"/upstreams"_s);
    d->transport->send(request).then(this, [this,
                                            control](const base::Result<UpstreamReply> &reply) {
        const auto endpoints = reply ? readUpstreamEndpoints(reply->body)
                                     : base::Result<QMap<QString, UpstreamEndpoint>>(reply.error());
        if (!endpoints) {
            qCWarning(lcGatewayArea, "the simulator has not answered: %s",
                      qUtf8Printable(endpoints.error().code));
            QTimer::singleShot(kSimulatorRetryMs, this, [this, control] { askSimulator(control); });
            return;
        }
        d->pool.setEndpoints(*endpoints);
        qCInfo(lcGatewayArea, "simulated bureaus connected: %lld",
               static_cast<long long>(endpoints->size()));
        Q_EMIT connected();
    });
}

void GatewayArea::registerRoutes(httpd::HttpRoutes &routes, SignatureGate &gate)
{
    routes.add("POST", GatewayService::kRoute,
               gate.guard([this](const SignedRequest &request, const httpd::HttpReply &reply) {
                   d->service.handle(request.http,
                                     {base::DeviceId(request.device.id), request.device.appKey},
                                     reply);
               }));
}

std::optional<QJsonObject> GatewayArea::find(const base::SessionId &session,
                                             const base::ServiceId &service,
                                             const QString &traceId) const
{
    return d->service.handoffResult(session, service.toString(), traceId);
}

} // namespace riderport::district
