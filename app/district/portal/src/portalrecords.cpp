// SPDX-License-Identifier: Apache-2.0
#include "portal/portalrecords.h"

namespace riderport::district {

quint64 subjectOf(const base::WorkerId &worker)
{
    const QString &text = worker.toString();
    bool ok = false;
    const quint64 subject = text.startsWith(u'W') ? text.mid(1).toULongLong(&ok) : 0;
    // Only the one spelling: "W007" and "W+7" are not ids.
    return ok && text == QLatin1Char('W') + QString::number(subject) ? subject : 0;
}

quint16 stationNumberOf(const base::StationId &station)
{
    const QString &text = station.toString();
    bool ok = false;
    const ushort number = text.startsWith(QLatin1String("ST")) ? text.mid(2).toUShort(&ok) : 0;
    return ok && number >= 1 && number <= 4095 ? number : 0;
}

} // namespace riderport::district
