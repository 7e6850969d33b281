// SPDX-License-Identifier: Apache-2.0
#include "uiports.h"

#include <algorithm>
#include <cmath>

namespace riderport::ui {

UiGeometry geometryFor(QSize pixels, double diagonalInch, int mountBottomMm)
{
    constexpr double kMmPerInch = 25.4;
    constexpr double kCapital = 0.733; // em, Noto Sans CJK
    UiGeometry geometry;
    const double diagonalPx = std::hypot(double(pixels.width()), double(pixels.height()));
    if (diagonalPx < 1 || diagonalInch < 1)
        return geometry;
    const double mmPerPx = diagonalInch * kMmPerInch / diagonalPx;
    const double forText = 4.8 / (28 * kCapital * mmPerPx);
    const double forTouch = 12.7 / (72 * mmPerPx);
    geometry.scale = std::clamp(std::max(forText, forTouch), 1.0, 1.6);

    const double topMm = mountBottomMm + pixels.height() * mmPerPx;
    const auto lineFor = [&](double reachMm) {
        const int y = int(std::lround((topMm - reachMm) / mmPerPx));
        // A screen hung so high that nothing is in reach keeps its bottom bar usable at least.
        return std::clamp(y, 0, pixels.height() * 6 / 10);
    };
    const bool portrait = pixels.height() > pixels.width();
    const int upperThird = portrait ? pixels.height() * 3 / 10 : 0;
    geometry.reachY = std::max(lineFor(1200), upperThird);
    geometry.lowReachY = std::max(lineFor(1000), geometry.reachY);
    return geometry;
}

} // namespace riderport::ui
