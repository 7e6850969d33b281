// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "station/stationinfo.h"

namespace riderport::station {

/// A row of one of the feed's tables `station`, `notice`.
struct StationRow
{
    QString id;
    QByteArray body; ///< JSON
};

/// Station facts as the local cache has them. Whoever reads the cache hands the rows over. A row
/// that cannot be read is logged and left out; the rest is shown.
class CachedStationInfo final : public StationInfo
{
    Q_OBJECT
public:
    using StationInfo::StationInfo;
    [[nodiscard]] const StationState &state() const override { return m_state; }

    /// Which of the district's stations this kiosk stands in.
    void setStation(const base::StationId &id);
    void loadStations(const QList<StationRow> &rows);
    void loadNotices(const QList<StationRow> &rows);

private:
    void refresh();

    StationState m_state;
    QList<StationRow> m_stations;
    QList<Notice> m_notices;
};

} // namespace riderport::station
