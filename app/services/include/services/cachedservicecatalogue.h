// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/servicecatalogue.h"

namespace riderport::services {

/// A row of the feed's table `service`.
struct DescriptorRow
{
    QString id;
    QByteArray body; ///< public descriptor, JSON
};

/// The catalogue as the local cache has it. Whoever reads the cache hands all rows over.
class CachedServiceCatalogue final : public ServiceCatalogue
{
    Q_OBJECT
public:
    using ServiceCatalogue::ServiceCatalogue;

    [[nodiscard]] const QList<domain::ServiceDescriptor> &services() const override
    {
        return m_services;
    }
    [[nodiscard]] const domain::ServiceDescriptor *find(const base::ServiceId &id) const override;

    /// Replaces the list. A row that does not parse, or whose id differs from the descriptor's,
    /// keeps the last good descriptor of that id; a row that is gone takes its descriptor along.
    void load(const QList<DescriptorRow> &rows);

private:
    QList<domain::ServiceDescriptor> m_services;
    QMap<QString, QByteArray> m_bodies; ///< by id, what is shown now: equal bodies are not parsed
};

} // namespace riderport::services
