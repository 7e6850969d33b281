// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace riderport::domain {

/// Masking rules for display, print and logs (GB/T 35273-2020 7.2). They count Unicode code points.
/// Masking happens at the district server; the kiosk receives masked values only.

/// 张军 → 张*, 张小军 → 张*军, four and more (or with ·) → first + stars + last. Empty stays empty.
[[nodiscard]] QString maskName(const QString &name);
/// First 3, eleven stars, last 4 of an 18-character number; anything else is starred except its
/// last 2.
[[nodiscard]] QString maskIdNumber(const QString &idNumber);
/// 138****5678; anything that is not 11 digits is starred completely.
[[nodiscard]] QString maskMobile(const QString &mobile);
/// **** **** **** 1234
[[nodiscard]] QString maskBankCard(const QString &card);
/// First 2 + *** + last 3; shorter than 6 is starred completely.
[[nodiscard]] QString maskAccount(const QString &account);
/// 鄂C***8: first 2 + *** + last 1.
[[nodiscard]] QString maskPlate(const QString &plate);

} // namespace riderport::domain
