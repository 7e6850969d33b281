// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/localtext.h"

#include <QDateTime>
#include <QString>

namespace riderport::ui {

/// Dates as people here write them. Input is UTC, output is station time (UTC+8, no summer time).

/// "14:26"
[[nodiscard]] QString clockText(const QDateTime &utc);
/// "9月30日 周三" / "Wed 30 Sep"
[[nodiscard]] QString dayText(const QDateTime &utc, domain::Language language);
/// "14:08" when it lies on the same station day as `now`, else "9月30日 14:08" / "30 Sep 14:08".
[[nodiscard]] QString momentText(const QDateTime &utc, const QDateTime &now,
                                 domain::Language language);
/// "202411" → "2024年11月" / "Nov 2024"; anything else is returned as it came.
[[nodiscard]] QString monthText(const QString &yyyymm, domain::Language language);

} // namespace riderport::ui
