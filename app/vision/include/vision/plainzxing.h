// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"

#include <QString>

namespace riderport::vision {

/// The peer that the pipeline is measured against: ZXing alone with its default options, QR codes
/// only. Empty when nothing was read. For benchmarks and the comparison tool, not for the kiosk.
[[nodiscard]] QString readWithPlainZxing(const LumaView &view);

} // namespace riderport::vision
