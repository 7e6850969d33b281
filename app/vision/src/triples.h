// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finderscan.h"
#include "geometry.h"

namespace riderport::vision {

/// Three finder patterns that may belong to one symbol, and how many modules its side may have.
struct Triple
{
    Finder topLeft;
    Finder topRight;
    Finder bottomLeft;
    float module = 0; ///< pixels of the picture
    float score = 0;  ///< higher is likelier; reading goes in this order
    /// Counted on the timing patterns; 0 when the count makes no sense.
    int timingAcross = 0;
    int timingDown = 0;
    float dimension = 0; ///< modules per side by distance over module size
    float skew = 1;      ///< longer side over shorter side, >= 1

    [[nodiscard]] Point origin() const { return {topLeft.x, topLeft.y}; }
    [[nodiscard]] Point right() const { return {topRight.x - topLeft.x, topRight.y - topLeft.y}; }
    [[nodiscard]] Point down() const
    {
        return {bottomLeft.x - topLeft.x, bottomLeft.y - topLeft.y};
    }
};

/// All plausible triples, best first. `level` is where the finders were seen; the timing patterns
/// between them are counted at the level that fits their module size.
void findTriples(const std::vector<Finder> &finders, Pyramid *pyramid,
                 std::vector<Triple> *triples);

/// The level at which a module is closest to four pixels.
[[nodiscard]] int levelForModule(const Pyramid &pyramid, float module, float wanted);

} // namespace riderport::vision
