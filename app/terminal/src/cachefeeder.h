// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace riderport::services {
class CachedServiceCatalogue;
}
namespace riderport::station {
class CachedStationInfo;
}
namespace riderport::sync {
class KioskData;
}

namespace riderport::terminal {

/// Hands rows of the local copy to those who show them, at start and whenever they change.
class CacheFeeder final : public QObject
{
    Q_OBJECT
public:
    CacheFeeder(sync::KioskData &data, services::CachedServiceCatalogue &catalogue,
                station::CachedStationInfo &station);

    void readAll();

private:
    void read(const QString &table);

    sync::KioskData &m_data;
    services::CachedServiceCatalogue &m_catalogue;
    station::CachedStationInfo &m_station;
};

} // namespace riderport::terminal
