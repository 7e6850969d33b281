// SPDX-License-Identifier: Apache-2.0
#include "station/cachedstationinfo.h"

#include "base/boundedjson.h"

#include <QLoggingCategory>

#include <algorithm>

namespace riderport::station {

Q_LOGGING_CATEGORY(lcStation, "riderport.station")

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxRow = 64 * 1024;
constexpr qsizetype kMaxCapabilities = 32;

domain::LocalText textOf(const QJsonObject &body, QLatin1StringView key)
{
    const auto text = domain::localTextFromJson(body.value(key));
    return text ? *text : domain::LocalText{};
}

// "06:00" or nothing.
QString timeOf(const QJsonObject &body, QLatin1StringView key)
{
    const QString text = body.value(key).toString();
    const bool shaped = text.size() == 5 && text[2] == u':' && text[0].isDigit() &&
                        text[1].isDigit() && text[3].isDigit() && text[4].isDigit();
    return shaped ? text : QString();
}

base::Result<StationState> readStation(const StationRow &row)
{
    const auto body = base::parseJsonObject(row.body, kMaxRow);
    if (!body)
        return body.error();
    const auto name = domain::localTextFromJson(body->value("name"_L1), 200);
    if (!name)
        return name.error();
    StationState station;
    station.id = base::StationId(row.id);
    station.name = *name;
    station.address = textOf(*body, "address"_L1);
    station.openFrom = timeOf(*body, "open_from"_L1);
    station.openUntil = timeOf(*body, "open_until"_L1);
    if (station.openFrom.isEmpty() || station.openUntil.isEmpty()) {
        station.openFrom.clear();
        station.openUntil.clear();
    }
    station.phone = body->value("phone"_L1).toString().left(32);
    const QJsonArray capabilities = body->value("capabilities"_L1).toArray();
    for (qsizetype i = 0; i < std::min(capabilities.size(), kMaxCapabilities); ++i)
        station.capabilities.append(capabilities.at(i).toString().left(8));
    station.loaded = true;
    return station;
}

base::Result<Notice> readNotice(const StationRow &row)
{
    const auto body = base::parseJsonObject(row.body, kMaxRow);
    if (!body)
        return body.error();
    const auto title = domain::localTextFromJson(body->value("title"_L1), 200);
    if (!title)
        return title.error();
    Notice notice;
    notice.id = row.id;
    notice.title = *title;
    notice.body = textOf(*body, "body"_L1);
    notice.safety = body->value("safety"_L1).toBool();
    return notice;
}

} // namespace

void CachedStationInfo::setStation(const base::StationId &id)
{
    if (m_state.id == id)
        return;
    m_state = {};
    m_state.id = id;
    refresh();
}

void CachedStationInfo::loadStations(const QList<StationRow> &rows)
{
    m_stations = rows;
    refresh();
}

void CachedStationInfo::loadNotices(const QList<StationRow> &rows)
{
    m_notices.clear();
    for (const StationRow &row : rows) {
        const auto notice = readNotice(row);
        if (notice)
            m_notices.append(*notice);
        else
            qCWarning(lcStation) << "notice" << row.id << "left out:" << notice.error().code
                                 << notice.error().detail;
    }
    std::stable_sort(m_notices.begin(), m_notices.end(),
                     [](const Notice &a, const Notice &b) { return a.safety && !b.safety; });
    refresh();
}

void CachedStationInfo::refresh()
{
    StationState next;
    next.id = m_state.id;
    const auto mine = std::find_if(m_stations.cbegin(), m_stations.cend(), [this](const auto &row) {
        return row.id == m_state.id.toString();
    });
    if (mine != m_stations.cend()) {
        const auto read = readStation(*mine);
        if (read) {
            next = *read;
        } else {
            qCWarning(lcStation) << "station left as it was:" << read.error().code
                                 << read.error().detail;
            next = m_state; // the last good one is better than none
        }
    }
    next.notices = m_notices;
    m_state = next;
    Q_EMIT stateChanged();
}

} // namespace riderport::station
