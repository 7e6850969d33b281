// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pyramid.h"

#include <vector>

namespace riderport::vision {

/// A confirmed finder pattern (ISO/IEC 18004, 6.3.3: 1:1:3:1:1 along every line through its
/// centre). All numbers in pixels of the picture.
struct Finder
{
    float x = 0;
    float y = 0;
    float across = 0;      ///< length of the horizontal cut through the centre
    float down = 0;        ///< length of the vertical cut
    int hits = 1;          ///< rows that met it
    bool inverted = false; ///< light on dark

    /// Shorter cut over longer one: 1 unless perspective or an error stretches the pattern.
    [[nodiscard]] float evenness() const { return across < down ? across / down : down / across; }
    /// Module size if the symbol were upright; too large by 1/cos of the turn otherwise.
    [[nodiscard]] float looseModule() const { return (across + down) * (1.0F / 14.0F); }
};

/// Looks for finder patterns of both polarities in one level, in a single pass over its rows.
class FinderScan
{
public:
    enum class Corners {
        Sharp, ///< the diagonals must show the pattern too
        Round, ///< blooming and blur may have eaten the corners of even patterns
    };

    /// Appends to `finders`, merging what is already there. `rowStep` >= 1.
    void scan(const Level &level, int rowStep, std::vector<Finder> *finders,
              Corners corners = Corners::Sharp);

private:
    void scanEdges(const Level &level, int y, std::vector<Finder> *finders);

    std::vector<uchar> m_thresholdRow;
    std::vector<int> m_edges;
    bool m_startsDark = false;
    Corners m_corners = Corners::Sharp;
};

/// Cuts through a finder pattern again, at another level, and updates centre and size. False when
/// the pattern is not seen there.
[[nodiscard]] bool refineFinder(const Level &level, Finder *finder);

} // namespace riderport::vision
