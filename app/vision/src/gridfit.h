// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geometry.h"
#include "patternsearch.h"
#include "pyramid.h"
#include "symbol.h"
#include "triples.h"

namespace riderport::vision {

/// Brightness of every module and of one module around the symbol, normalised: about +1 for dark
/// and -1 for light modules of the symbol, whatever its polarity.
struct ModuleSamples
{
    int dimension = 0;
    std::vector<float> raw;   ///< (dimension + 2)^2 brightness values
    std::vector<float> value; ///< the same against the local mean, scaled by the contrast

    [[nodiscard]] int width() const { return dimension + 2; }
    [[nodiscard]] float at(int x, int y) const { return value[size_t((y + 1) * width() + x + 1)]; }
};

/// Where the modules of one symbol lie in the picture.
class GridFit
{
public:
    /// Starts from three finder patterns and looks for the lower right alignment pattern.
    [[nodiscard]] bool start(const Level &level, const Triple &triple, const SymbolLayout &layout);
    /// Moves the four anchors until the function patterns match best.
    void refine();
    /// Finds every alignment pattern and bends the grid through them; false when there are too few.
    [[nodiscard]] bool bend();

    /// Bends the grid to where the samples are clearest, for symbols on curved paper.
    void relax();

    /// Samples all modules and normalises them.
    void sample(ModuleSamples *samples);
    /// Share of the telling modules that a sample gets right, 0..1; 0.5 is chance.
    [[nodiscard]] static float match(const ModuleSamples &samples, const SymbolLayout &layout);

    [[nodiscard]] Point map(float x, float y) const;
    /// Difference of light and dark finder modules in grey levels.
    [[nodiscard]] float contrast() const { return m_contrast; }
    [[nodiscard]] bool foundAlignment() const { return m_foundAlignment; }

private:
    [[nodiscard]] float brightness(Point p) const { return m_level->at(p.x, p.y); }
    [[nodiscard]] bool findAlignment(Point expected, Point u, Point v, float reach, Point *found);
    [[nodiscard]] float knownScore(const Homography &h) const;
    [[nodiscard]] bool fitAnchors(Homography *h) const;
    void measureContrast();
    [[nodiscard]] Point bentBy(float x, float y) const;

    const Level *m_level = nullptr;
    const SymbolLayout *m_layout = nullptr;
    bool m_inverted = false;
    bool m_foundAlignment = false;
    float m_contrast = 0;
    std::array<Point, 4> m_anchorModules;
    std::array<Point, 4> m_anchors;
    Homography m_map;
    [[nodiscard]] float clearness(int node);

    std::vector<float> m_nodes; ///< lattice lines of the bend, module coordinates, both ways
    std::vector<Point> m_bend;  ///< displacement at the lattice in pixels, empty = straight
    std::vector<float> m_mean;  ///< local mean brightness per module, for relax()
    PatternSearch m_search;
    std::vector<double> m_integral;
};

} // namespace riderport::vision
