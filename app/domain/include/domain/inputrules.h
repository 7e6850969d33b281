// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/servicedescriptor.h"

#include <QDate>
#include <QMap>

namespace riderport::domain {

/// The form engine's rules, the same on kiosk and server. Pure; any thread. `today` is the calendar
/// day in Asia/Shanghai.

/// A month as YYYYMM, e.g. 202610; 0 for anything that is not six digits with month 01–12.
[[nodiscard]] int monthFromText(const QString &text);
/// `month` moved by `count` months. Precondition: month is a valid YYYYMM.
[[nodiscard]] int addMonths(int month, int count);
/// Months from `from` to `to`, both included; ≤ 0 when to < from.
[[nodiscard]] int monthSpan(int from, int to);
/// 2026年10月 / Oct 2026
[[nodiscard]] LocalText monthText(int month);

/// What the form starts with: defaults of the descriptor with "today-23m" resolved to YYYYMM.
/// Every input has an entry, empty without a default.
[[nodiscard]] QMap<QString, QString> defaultInputs(const ServiceDescriptor &descriptor,
                                                   QDate today);

/// What is wrong, by input key; empty means that the form may be sent. A month range that is wrong
/// is reported at its `from` input. Values of unknown keys are reported under their key.
[[nodiscard]] QMap<QString, LocalText>
inputErrors(const ServiceDescriptor &descriptor, const QMap<QString, QString> &values, QDate today);

} // namespace riderport::domain
