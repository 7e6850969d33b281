// SPDX-License-Identifier: Apache-2.0
#include "gridfit.h"

#include <algorithm>

namespace riderport::vision {
namespace {

/// Modules to each side over which the local mean of the samples runs.
constexpr int kMeanReach = 5;

} // namespace

bool GridFit::start(const Level &level, const Triple &triple, const SymbolLayout &layout)
{
    m_level = &level;
    m_layout = &layout;
    m_inverted = triple.topLeft.inverted;
    m_bend.clear();
    m_foundAlignment = false;
    const float n = float(layout.dimension);
    const Point origin = triple.origin();
    m_anchorModules = {Point{3.5F, 3.5F}, Point{n - 3.5F, 3.5F}, Point{3.5F, n - 3.5F},
                       Point{n - 3.5F, n - 3.5F}};
    // The sizes of the finder patterns tell the perspective: under a projective map the area of a
    // patch goes with the inverse cube of the denominator, and that is linear over the symbol.
    const float trust = std::clamp((triple.module - 1.5F) / 3.0F, 0.0F, 1.0F);
    const auto denominator = [&](const Finder &finder) {
        const float area =
                triple.topLeft.across * triple.topLeft.down / (finder.across * finder.down);
        return 1.0F + trust * (std::clamp(std::cbrt(area), 0.6F, 1.6F) - 1.0F);
    };
    const float wRight = denominator(triple.topRight);
    const float wDown = denominator(triple.bottomLeft);
    const float wFar = std::max(0.5F, wRight + wDown - 1.0F);
    const Point right = origin + triple.right();
    const Point down = origin + triple.down();
    m_anchors = {origin, right, down, (right * wRight + down * wDown - origin) * (1.0F / wFar)};
    if (!fitAnchors(&m_map))
        return false;
    measureContrast();
    if (m_contrast < 2.0F)
        return false;
    if (!layout.alignment.empty()) {
        const float x = n - 6.5F;
        const Point expected = m_map.map(x, x);
        const Point u = (m_map.map(x + 2, x) - m_map.map(x - 2, x)) * 0.25F;
        const Point v = (m_map.map(x, x + 2) - m_map.map(x, x - 2)) * 0.25F;
        Point found;
        const float reach = std::min(6.0F, 1.5F + 0.07F * n);
        if (findAlignment(expected, u, v, reach, &found)) {
            m_foundAlignment = true;
            m_anchorModules[3] = {x, x};
            m_anchors[3] = found;
            if (!fitAnchors(&m_map))
                return false;
        }
    }
    return true;
}

bool GridFit::fitAnchors(Homography *h) const
{
    return h->fit(m_anchorModules, m_anchors);
}

void GridFit::measureContrast()
{
    float dark = 0;
    float light = 0;
    const float n = float(m_layout->dimension);
    for (const Point corner : {Point{0, 0}, Point{n - 7.0F, 0}, Point{0, n - 7.0F}}) {
        for (const Point at : {Point{3.5F, 3.5F}, Point{2.8F, 3.5F}, Point{4.2F, 3.5F},
                               Point{3.5F, 2.8F}, Point{3.5F, 4.2F}})
            dark += brightness(m_map.map(corner.x + at.x, corner.y + at.y));
        for (const Point at :
             {Point{1.5F, 3.5F}, Point{5.5F, 3.5F}, Point{3.5F, 1.5F}, Point{3.5F, 5.5F}})
            light += brightness(m_map.map(corner.x + at.x, corner.y + at.y));
    }
    m_contrast = (light / 12.0F - dark / 15.0F) * (m_inverted ? -1.0F : 1.0F);
}

bool GridFit::findAlignment(Point expected, Point u, Point v, float reach, Point *found)
{
    return m_search.find(*m_level, PatternSearch::Pattern::Alignment,
                         {expected, u, v, reach, m_inverted, m_contrast}, found);
}

float GridFit::knownScore(const Homography &h) const
{
    float sum = 0;
    for (const KnownModule &module : m_layout->modules)
        sum -= module.dark * brightness(h.map(float(module.x) + 0.5F, float(module.y) + 0.5F));
    return m_inverted ? -sum : sum;
}

void GridFit::refine()
{
    Homography trial;
    float best = knownScore(m_map);
    const float n = float(m_layout->dimension);
    const Point u = (m_anchors[1] - m_anchors[0]) * (1.0F / (n - 7.0F));
    const Point v = (m_anchors[2] - m_anchors[0]) * (1.0F / (n - 7.0F));
    const auto improve = [&](size_t anchor, float step) {
        bool moved = false;
        for (const Point d : {u * step, u * -step, v * step, v * -step}) {
            const Point before = m_anchors[anchor];
            m_anchors[anchor] = before + d;
            const float score = fitAnchors(&trial) ? knownScore(trial) : -1e9F;
            if (score > best) {
                best = score;
                m_map = trial;
                moved = true;
            } else {
                m_anchors[anchor] = before;
            }
        }
        return moved;
    };
    // The corner without a pattern of its own may be far off; the others are nearly right.
    if (!m_foundAlignment) {
        for (const float step : {2.0F, 1.0F, 0.5F}) {
            for (int go = 0; go < 2 && improve(3, step); ++go) {}
        }
    }
    for (const float step : {0.35F, 0.15F}) {
        for (const size_t anchor : {3U, 0U, 1U, 2U})
            improve(anchor, step);
    }
}

bool GridFit::bend()
{
    const auto &centres = m_layout->alignment;
    const int n = int(centres.size());
    if (n < 3)
        return false;
    const int dimension = m_layout->dimension;
    std::vector<Point> bent(size_t(n * n));
    std::vector<char> seen(size_t(n * n), 0);
    int count = 0;
    for (int j = 0; j < n; ++j) {
        for (int i = 0; i < n; ++i) {
            const size_t slot = size_t(j * n + i);
            const int cx = centres[size_t(i)];
            const int cy = centres[size_t(j)];
            // The bend of the neighbours already found is the best guess for this one.
            Point guess;
            int neighbours = 0;
            for (const auto &[di, dj] : {std::pair{-1, 0}, std::pair{0, -1}, std::pair{-1, -1}}) {
                if (i + di < 0 || j + dj < 0 || !seen[size_t((j + dj) * n + i + di)])
                    continue;
                guess = guess + bent[size_t((j + dj) * n + i + di)];
                ++neighbours;
            }
            if (neighbours)
                guess = guess * (1.0F / float(neighbours));
            bent[slot] = guess;
            if (m_layout->at(cx - 2, cy - 2) != 1 ||
                (cx == 6 && (cy == 6 || cy == dimension - 7)) || (cx == dimension - 7 && cy == 6)) {
                seen[slot] = 1;
                bent[slot] = {};
                continue;
            }
            const float x = float(cx) + 0.5F;
            const float y = float(cy) + 0.5F;
            const Point at = m_map.map(x, y);
            const Point u = (m_map.map(x + 2, y) - m_map.map(x - 2, y)) * 0.25F;
            const Point v = (m_map.map(x, y + 2) - m_map.map(x, y - 2)) * 0.25F;
            Point found;
            if (findAlignment(at + guess, u, v, 2.0F, &found)) {
                bent[slot] = found - at;
                seen[slot] = 1;
                ++count;
            }
        }
    }
    if (count < 2)
        return false;
    m_bend = std::move(bent);
    m_nodes.clear();
    for (const int centre : centres)
        m_nodes.push_back(float(centre) + 0.5F);
    return true;
}

Point GridFit::bentBy(float x, float y) const
{
    const int n = int(m_nodes.size());
    const auto cell = [&](float at, int *index, float *part) {
        int i = 0;
        while (i + 2 < n && at > m_nodes[size_t(i + 1)])
            ++i;
        const float from = m_nodes[size_t(i)];
        *index = i;
        // Beyond the lattice the bend continues, but not for ever.
        *part = std::clamp((at - from) / (m_nodes[size_t(i + 1)] - from), -0.5F, 1.5F);
    };
    int i = 0;
    int j = 0;
    float px = 0;
    float py = 0;
    cell(x, &i, &px);
    cell(y, &j, &py);
    const Point *p = m_bend.data() + j * n + i;
    const Point top = p[0] * (1 - px) + p[1] * px;
    const Point bottom = p[n] * (1 - px) + p[n + 1] * px;
    return top * (1 - py) + bottom * py;
}

float GridFit::clearness(int node)
{
    const int n = int(m_nodes.size());
    const int dimension = m_layout->dimension;
    const auto range = [&](int at, int *low, int *high) {
        *low = at == 0 ? 0 : int(m_nodes[size_t(at - 1)]);
        *high = at + 1 == n ? dimension : int(m_nodes[size_t(at + 1)]) + 1;
    };
    int x0 = 0;
    int x1 = 0;
    int y0 = 0;
    int y1 = 0;
    range(node % n, &x0, &x1);
    range(node / n, &y0, &y1);
    float sum = 0;
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x) {
            const float difference = brightness(map(float(x) + 0.5F, float(y) + 0.5F)) -
                                     m_mean[size_t(y * dimension + x)];
            const float known = float(m_layout->at(x, y)) * (m_inverted ? -1.0F : 1.0F);
            // Known modules pull towards the right phase; the others only away from their edges.
            sum += known != 0.0F ? -2.0F * known * difference : std::abs(difference);
        }
    }
    return sum;
}

void GridFit::relax()
{
    const int dimension = m_layout->dimension;
    if (m_bend.empty()) {
        const int lines = std::clamp(dimension / 8 + 1, 4, 9);
        m_nodes.clear();
        for (int i = 0; i < lines; ++i)
            m_nodes.push_back(3.5F + float(i) * float(dimension - 7) / float(lines - 1));
        m_bend.assign(size_t(lines * lines), Point());
    }
    ModuleSamples samples;
    sample(&samples);
    m_mean.resize(size_t(dimension * dimension));
    const float unscale = m_contrast / (m_inverted ? 2.0F : -2.0F);
    for (int y = 0; y < dimension; ++y) {
        for (int x = 0; x < dimension; ++x) {
            const size_t at = size_t((y + 1) * samples.width() + x + 1);
            m_mean[size_t(y * dimension + x)] = samples.raw[at] - samples.value[at] * unscale;
        }
    }
    const Point u = (m_anchors[1] - m_anchors[0]) * (1.0F / float(dimension - 7));
    const Point v = (m_anchors[2] - m_anchors[0]) * (1.0F / float(dimension - 7));
    for (const float step : {0.4F, 0.25F, 0.15F}) {
        for (int node = 0; node < int(m_bend.size()); ++node) {
            Point &bend = m_bend[size_t(node)];
            float best = clearness(node);
            const Point start = bend;
            Point better = bend;
            for (const Point d : {u * step, u * -step, v * step, v * -step}) {
                bend = start + d;
                const float here = clearness(node);
                if (here > best) {
                    best = here;
                    better = bend;
                }
            }
            bend = better;
        }
    }
}

Point GridFit::map(float x, float y) const
{
    const Point p = m_map.map(x, y);
    return m_bend.empty() ? p : p + bentBy(x, y);
}

void GridFit::sample(ModuleSamples *samples)
{
    const int n = m_layout->dimension;
    const int w = n + 2;
    samples->dimension = n;
    samples->raw.resize(size_t(w * w));
    samples->value.resize(size_t(w * w));
    for (int y = 0; y < w; ++y) {
        for (int x = 0; x < w; ++x)
            samples->raw[size_t(y * w + x)] = brightness(map(float(x) - 0.5F, float(y) - 0.5F));
    }
    const int iw = n + 1;
    m_integral.assign(size_t(iw * iw), 0.0);
    for (int y = 0; y < n; ++y) {
        double run = 0;
        for (int x = 0; x < n; ++x) {
            run += double(samples->raw[size_t((y + 1) * w + x + 1)]);
            m_integral[size_t((y + 1) * iw + x + 1)] = m_integral[size_t(y * iw + x + 1)] + run;
        }
    }
    const float scale = (m_inverted ? 2.0F : -2.0F) / m_contrast;
    for (int y = 0; y < w; ++y) {
        const int y0 = std::clamp(y - 1 - kMeanReach, 0, n - 1 - kMeanReach);
        const int y1 = std::clamp(y + kMeanReach, kMeanReach + 1, n);
        for (int x = 0; x < w; ++x) {
            const int x0 = std::clamp(x - 1 - kMeanReach, 0, n - 1 - kMeanReach);
            const int x1 = std::clamp(x + kMeanReach, kMeanReach + 1, n);
            const double sum = m_integral[size_t(y1 * iw + x1)] - m_integral[size_t(y1 * iw + x0)] -
                               m_integral[size_t(y0 * iw + x1)] + m_integral[size_t(y0 * iw + x0)];
            const float mean = float(sum / double((x1 - x0) * (y1 - y0)));
            samples->value[size_t(y * w + x)] = (samples->raw[size_t(y * w + x)] - mean) * scale;
        }
    }
}

float GridFit::match(const ModuleSamples &samples, const SymbolLayout &layout)
{
    int right = 0;
    for (const KnownModule &module : layout.telling)
        right += samples.at(module.x, module.y) * module.dark > 0 ? 1 : 0;
    return float(right) / float(layout.telling.size());
}

} // namespace riderport::vision
