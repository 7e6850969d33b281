// SPDX-License-Identifier: Apache-2.0
#include "cachefeeder.h"

#include "base/whendone.h"
#include "services/cachedservicecatalogue.h"
#include "station/cachedstationinfo.h"
#include "sync/kioskdata.h"

#include <QLoggingCategory>

namespace riderport::terminal {

Q_LOGGING_CATEGORY(lcFeeder, "riderport.terminal")

using namespace Qt::StringLiterals;
using Rows = base::Result<QList<storage::FeedRow>>;

namespace {

template<typename Row>
QList<Row> shown(const QList<storage::FeedRow> &rows)
{
    QList<Row> result;
    result.reserve(rows.size());
    for (const storage::FeedRow &row : rows)
        result.append({row.id, row.body});
    return result;
}

} // namespace

CacheFeeder::CacheFeeder(sync::KioskData &data, services::CachedServiceCatalogue &catalogue,
                         station::CachedStationInfo &station)
    : m_data(data)
    , m_catalogue(catalogue)
    , m_station(station)
{
    connect(&data, &sync::KioskData::tableChanged, this, &CacheFeeder::read);
}

void CacheFeeder::readAll()
{
    read(u"station"_s);
    read(u"service"_s);
    read(u"notice"_s);
}

void CacheFeeder::read(const QString &table)
{
    if (table != "station"_L1 && table != "service"_L1 && table != "notice"_L1)
        return;
    base::whenDone(m_data.cache().rows(table), this, [this, table](const Rows &rows) {
        if (!rows) {
            qCWarning(lcFeeder) << table << "cannot be read:" << rows.error().code;
        } else if (table == "service"_L1) {
            m_catalogue.load(shown<services::DescriptorRow>(*rows));
        } else if (table == "station"_L1) {
            m_station.loadStations(shown<station::StationRow>(*rows));
        } else {
            m_station.loadNotices(shown<station::StationRow>(*rows));
        }
    });
}

} // namespace riderport::terminal
