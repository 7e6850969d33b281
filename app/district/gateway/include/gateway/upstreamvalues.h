// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/upstreammapping.h"

#include <QDateTime>
#include <QJsonValue>

namespace riderport::district {

/// One value of an upstream in our form, not masked yet: texts without control characters, months
/// as "YYYYMM", dates as ISO, amounts as integer fen. Undefined when it has another type or lies
/// outside the sensible range; amounts are never rounded.
[[nodiscard]] QJsonValue normalisedValue(ValueRule::As as, const QJsonValue &value);

/// Exact fen of a decimal text with at most two decimals; nothing otherwise.
[[nodiscard]] std::optional<qint64> fenFromYuan(const QString &yuan);

/// Moments as upstreams write them: ISO 8601, "2026-11-12 02:10:00" or "20261112021000", the last
/// two in Asia/Shanghai. UTC; invalid for anything else.
[[nodiscard]] QDateTime momentFromUpstream(const QString &text);

[[nodiscard]] QString masked(ValueRule::Mask mask, const QString &text);

/// The value at a dotted path.
[[nodiscard]] QJsonValue valueAt(const QJsonObject &object, const QString &path);

} // namespace riderport::district
