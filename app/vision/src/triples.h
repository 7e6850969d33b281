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
    /// How regular the timing patterns are, 0..1 each, added; true symbols are near 2.
    float regularity = 0;

    float match = 0; ///< how well a first reading fitted the function patterns, 0..1

    /// Hardly anything but a symbol looks like this: expensive steps are worth it.
    [[nodiscard]] bool strong() const { return match >= 0.72F; }
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

/// A triple of a corner and its two neighbours in any order; false when the geometry is impossible.
[[nodiscard]] bool makeTriple(const Finder &corner, const Finder &b, const Finder &c,
                              Triple *triple);

/// Makes triples of two finder patterns each, for symbols whose third one is blurred, covered or
/// glaring: the timing pattern between the two, or the corner between them, tells where it must be.
void completePairs(const std::vector<Finder> &finders, Pyramid *pyramid,
                   std::vector<Triple> *triples);

/// Looks at both timing patterns and adds to the score; false when they are not there.
[[nodiscard]] bool judgeTriple(Pyramid *pyramid, Triple *triple);

/// Counts the light-dark changes of a timing pattern between two points that are `modules` apart.
/// Returns the implied number of modules per side, 0 when there is no such pattern; `regularity` is
/// the share of changes at the right distance, 0..1.
[[nodiscard]] int countTiming(const Level &level, Point from, Point to, float modules,
                              float *regularity);
/// Module size of a finder pattern of a symbol whose side runs along `axis`, pixels.
[[nodiscard]] float trueModule(const Finder &finder, Point axis);

/// The level at which a module is closest to four pixels.
[[nodiscard]] int levelForModule(const Pyramid &pyramid, float module, float wanted);

} // namespace riderport::vision
