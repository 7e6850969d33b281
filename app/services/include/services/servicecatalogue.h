// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/servicedescriptor.h"

#include <QObject>

namespace riderport::services {

/// All service descriptors in the local cache, in display order. GUI thread. A descriptor that does
/// not parse is left out, logged with its reason, and the last good one of the same id stays.
class ServiceCatalogue : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual const QList<domain::ServiceDescriptor> &services() const = 0;
    [[nodiscard]] virtual const domain::ServiceDescriptor *
    find(const base::ServiceId &id) const = 0;

Q_SIGNALS:
    void changed();
};

} // namespace riderport::services
