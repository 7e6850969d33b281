// SPDX-License-Identifier: Apache-2.0
#include "services/cachedservicecatalogue.h"

#include <QLoggingCategory>

#include <algorithm>

namespace riderport::services {

Q_LOGGING_CATEGORY(lcCatalogue, "riderport.services")

const domain::ServiceDescriptor *CachedServiceCatalogue::find(const base::ServiceId &id) const
{
    const auto found =
            std::find_if(m_services.cbegin(), m_services.cend(),
                         [&id](const domain::ServiceDescriptor &s) { return s.id == id; });
    return found == m_services.cend() ? nullptr : &*found;
}

void CachedServiceCatalogue::load(const QList<DescriptorRow> &rows)
{
    QList<domain::ServiceDescriptor> services;
    QMap<QString, QByteArray> bodies;
    for (const DescriptorRow &row : rows) {
        const domain::ServiceDescriptor *known = find(base::ServiceId(row.id));
        if (known != nullptr && m_bodies.value(row.id) == row.body) {
            services.append(*known);
            bodies.insert(row.id, row.body);
            continue;
        }
        const auto parsed = domain::parseServiceDescriptor(row.body);
        if (parsed && parsed->id.toString() == row.id) {
            services.append(*parsed);
            bodies.insert(row.id, row.body);
            continue;
        }
        qCWarning(lcCatalogue) << "descriptor" << row.id << "left out:"
                               << (parsed ? QStringLiteral("descriptor.id") : parsed.error().code)
                               << (parsed ? QString() : parsed.error().detail);
        if (known != nullptr) {
            services.append(*known);
            bodies.insert(row.id, m_bodies.value(row.id));
        }
    }
    if (bodies == m_bodies)
        return;
    std::sort(services.begin(), services.end(), [](const auto &a, const auto &b) {
        return std::pair(a.order, a.id.toString()) < std::pair(b.order, b.id.toString());
    });
    m_services = std::move(services);
    m_bodies = std::move(bodies);
    Q_EMIT changed();
}

} // namespace riderport::services
