// SPDX-License-Identifier: Apache-2.0
#include "portalparts.h"

#include "district/signaturegate.h"
#include "districtoptions.h"
#include "domain/sampleperson.h"

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 kSampleWorkers = 8470;
constexpr qint64 kSampleRegisteredMs = 1'735'689'600'000; // 2025-01-01 UTC

QString categoryOf(domain::SamplePerson::Category category)
{
    switch (category) {
    case domain::SamplePerson::Category::Courier:
        return u"courier"_s;
    case domain::SamplePerson::Category::DeliveryRider:
        return u"delivery_rider"_s;
    case domain::SamplePerson::Category::TruckDriver:
        return u"truck_driver"_s;
    case domain::SamplePerson::Category::RideHailingDriver:
        return u"ride_hailing_driver"_s;
    }
    return u"other"_s;
}

QList<WorkerRecord> samplePeople()
{
    QList<WorkerRecord> workers;
    workers.reserve(kSampleWorkers);
    for (quint64 subject = 1; subject <= kSampleWorkers; ++subject) {
        const domain::SamplePerson person = domain::samplePerson(subject);
        workers.append({subject, person.name, person.idNumber, person.mobile,
                        categoryOf(person.category), 2,
                        kSampleRegisteredMs + qint64(subject) * 3'600'000});
    }
    return workers;
}

} // namespace

base::Result<std::unique_ptr<PortalParts>> PortalParts::open(SqliteEngine &engine,
                                                             const StateKeys &keys,
                                                             const base::Clock &clock,
                                                             const DistrictOptions &options)
{
    std::unique_ptr<PortalParts> parts(new PortalParts(clock));
    auto catalogue = ConsentCatalogue::load(options.resourcesDir);
    if (!catalogue)
        return catalogue.error();
    parts->m_catalogue = *catalogue;
    parts->m_smsUrl = options.smsUrl;
    parts->m_options.resourcesDir = options.resourcesDir;
    parts->m_options.publicUrl = options.publicUrl;
    parts->m_options.demo = !options.sampleDir.isEmpty() || !options.upstreamControl.isEmpty();
    parts->m_options.district = options.districtId.toUInt();
    parts->m_store = std::make_unique<SqlitePortalStore>(engine, clock, keys, *catalogue,
                                                         parts->m_options.district);
    const auto known = parts->m_store->workerCount().result();
    if (!known)
        return known.error();
    if (!options.sampleDir.isEmpty() && *known < qint64(kSampleWorkers)) {
        if (const auto imported = parts->m_store->importWorkers(samplePeople()).result(); !imported)
            return imported.error();
    }
    if (const auto prepared = parts->m_store->prepare().result(); !prepared)
        return prepared.error();
    return parts;
}

base::Result<void> PortalParts::serve(const HandoffResults *results, httpd::HttpRoutes &routes,
                                      SignatureGate &gate)
{
    if (!m_smsUrl.isEmpty())
        m_sms = std::make_unique<HttpSmsSender>(m_smsUrl);
    auto portal = Portal::create(*m_store, *m_store, m_catalogue, m_clock, m_sms.get(), results,
                                 m_options);
    if (!portal)
        return portal.error();
    m_portal = std::move(*portal);
    m_portal->registerRoutes(routes, [&](const QByteArray &method, const QByteArray &pattern,
                                         const KioskHandler &handler) {
        routes.add(
                method, pattern,
                gate.guard([handler](const SignedRequest &request, const httpd::HttpReply &reply) {
                    handler(request.http,
                            {base::DeviceId(request.device.id), request.device.station}, reply);
                }));
    });
    return {};
}

void PortalParts::listeningOn(const QUrl &url)
{
    if (m_options.publicUrl.isEmpty())
        m_portal->setPublicUrl(url);
}

} // namespace riderport::district
