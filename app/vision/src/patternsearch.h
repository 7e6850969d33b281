// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geometry.h"
#include "pyramid.h"

namespace riderport::vision {

/// Looks for a finder or alignment pattern near a place, given the directions and lengths of a
/// module there. Works on brightness, not on thresholded pixels, so it survives blur and glare.
class PatternSearch
{
public:
    enum class Pattern { Alignment, Finder };

    struct Place
    {
        Point expected;
        Point u;         ///< one module to the right, pixels of the picture
        Point v;         ///< one module down
        float reach = 2; ///< modules
        bool inverted = false;
        float contrast = 0; ///< expected difference of light and dark, grey levels
    };

    /// True when something with at least a third of the contrast is there.
    [[nodiscard]] bool find(const Level &level, Pattern pattern, const Place &place, Point *found);
    /// Contrast of what the last find() saw, in grey levels.
    [[nodiscard]] float score() const { return m_score; }

private:
    std::vector<float> m_patch;
    float m_score = 0;
};

} // namespace riderport::vision
