// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"
#include "domain/localtext.h"

#include <QList>
#include <QObject>

namespace riderport::station {

struct Notice
{
    QString id;
    domain::LocalText title;
    domain::LocalText body;
    bool safety = false; ///< pushed by the district: shown first, in the attention colour
};

/// What every screen shows about the place, from the local cache.
struct StationState
{
    base::StationId id;
    domain::LocalText name;
    domain::LocalText address;
    QString openFrom; ///< "06:00", station time (Asia/Shanghai); empty with openUntil = open around
                      ///< the clock
    QString openUntil;
    QString phone;
    QStringList capabilities; ///< "B1" … "B7", "N1" … "N12"
    QList<Notice> notices;
    bool loaded = false; ///< false until the first sync filled the cache
};

/// Station facts for the shell. GUI thread.
class StationInfo : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual const StationState &state() const = 0;

Q_SIGNALS:
    void stateChanged();
};

} // namespace riderport::station
