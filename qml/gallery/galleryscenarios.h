// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui.h"

#include "support/uifakes.h"

#include <functional>

namespace riderport::gallery {

/// One state of one page, reached over fake ports.
struct Scenario
{
    QString name;
    std::function<void(test::UiFakes &, ui::Ui &)> arrange;
};

/// All of them, in the order a visit would meet them.
[[nodiscard]] QList<Scenario> scenarios();

/// Nobody there, everything closed: the state each scenario starts from.
void rest(test::UiFakes &fakes, ui::Ui &ui);

} // namespace riderport::gallery
