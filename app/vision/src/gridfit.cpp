// SPDX-License-Identifier: Apache-2.0
#include "gridfit.h"

#include <algorithm>

namespace riderport::vision {
namespace {

/// Modules to each side over which the local mean of the samples runs.
constexpr int kMeanReach = 5;

/// Share of the contrast an alignment pattern must show to be believed.
constexpr float kAlignmentContrast = 0.35F;

} // namespace

bool GridFit::start(const Level &level, const Triple &triple, const SymbolLayout &layout)
{
    m_level = &level;
    m_layout = &layout;
    m_inverted = triple.topLeft.inverted;
    m_bend.clear();
    m_foundAlignment = false;
    const float n = float(layout.dimension);
    const float span = n - 7.0F;
    const Point u = triple.right() * (1.0F / span);
    const Point v = triple.down() * (1.0F / span);
    const Point origin = triple.origin();
    m_anchorModules = {Point{3.5F, 3.5F}, Point{n - 3.5F, 3.5F}, Point{3.5F, n - 3.5F},
                       Point{n - 3.5F, n - 3.5F}};
    m_anchors = {origin, origin + triple.right(), origin + triple.down(),
                 origin + triple.right() + triple.down()};
    if (!fitAnchors(&m_map))
        return false;
    measureContrast();
    if (m_contrast < 2.0F)
        return false;
    if (!layout.alignment.empty()) {
        const Point expected = origin + (u + v) * (span - 3.0F);
        Point found;
        const float reach = std::min(7.0F, 1.5F + 0.09F * n);
        if (findAlignment(expected, u, v, reach, &found)) {
            m_foundAlignment = true;
            m_anchorModules[3] = {n - 6.5F, n - 6.5F};
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

float GridFit::patternScore(Point centre, Point u, Point v) const
{
    float outer = 0;
    float ring = 0;
    for (int y = -2; y <= 2; ++y) {
        for (int x = -2; x <= 2; ++x) {
            if (x == 0 && y == 0)
                continue;
            const float value = brightness(centre + u * float(x) + v * float(y));
            (std::max(std::abs(x), std::abs(y)) == 1 ? ring : outer) += value;
        }
    }
    const float score = ring / 8.0F - outer / 32.0F - brightness(centre) * 0.5F;
    return m_inverted ? -score : score;
}

bool GridFit::findAlignment(Point expected, Point u, Point v, float reach, Point *found)
{
    // Samples on a lattice of half modules, so that every trial position only adds up.
    const int half = int(reach * 2.0F);
    const int width = 2 * half + 9;
    m_patch.resize(size_t(width * width));
    const Point corner = expected - (u + v) * (float(half + 4) * 0.5F);
    const float sign = m_inverted ? -1.0F : 1.0F;
    for (int y = 0; y < width; ++y) {
        Point p = corner + v * (float(y) * 0.5F);
        const Point step = u * 0.5F;
        for (int x = 0; x < width; ++x) {
            m_patch[size_t(y * width + x)] = sign * brightness(p);
            p = p + step;
        }
    }
    float best = -1e9F;
    int bestX = 0;
    int bestY = 0;
    for (int y = 4; y + 4 < width; ++y) {
        for (int x = 4; x + 4 < width; ++x) {
            const float *c = m_patch.data() + y * width + x;
            const float ring = c[-2 * width - 2] + c[-2 * width] + c[-2 * width + 2] + c[-2] +
                               c[2] + c[2 * width - 2] + c[2 * width] + c[2 * width + 2];
            float outer = 0;
            for (int k = -4; k <= 4; k += 2)
                outer += c[-4 * width + k] + c[4 * width + k];
            for (int k = -2; k <= 2; k += 2)
                outer += c[k * width - 4] + c[k * width + 4];
            const float dx = float(x - half - 4);
            const float dy = float(y - half - 4);
            const float far = std::sqrt(dx * dx + dy * dy) * 0.5F;
            const float score =
                    ring * 0.125F - outer * (1.0F / 32.0F) - c[0] * 0.5F - 0.02F * m_contrast * far;
            if (score > best) {
                best = score;
                bestX = x;
                bestY = y;
            }
        }
    }
    if (best < kAlignmentContrast * m_contrast)
        return false;
    Point centre = corner + u * (float(bestX) * 0.5F) + v * (float(bestY) * 0.5F);
    float score = patternScore(centre, u, v);
    for (const float step : {0.25F, 0.125F}) {
        bool moved = true;
        for (int round = 0; round < 3 && moved; ++round) {
            moved = false;
            for (const Point d : {u * step, u * -step, v * step, v * -step}) {
                const float here = patternScore(centre + d, u, v);
                if (here > score) {
                    score = here;
                    centre = centre + d;
                    moved = true;
                }
            }
        }
    }
    *found = centre;
    return true;
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
    for (const float step : {0.5F, 0.25F, 0.12F}) {
        // The anchor without a pattern of its own may be far off; the others are nearly right.
        for (int anchor = 3; anchor >= 0; --anchor) {
            const float reach = anchor == 3 && !m_foundAlignment ? 2.0F * step : step * 0.7F;
            for (const Point d : {u * reach, u * -reach, v * reach, v * -reach}) {
                for (int go = 0; go < 3; ++go) {
                    const Point before = m_anchors[size_t(anchor)];
                    m_anchors[size_t(anchor)] = before + d;
                    const float score = fitAnchors(&trial) ? knownScore(trial) : -1e9F;
                    if (score <= best) {
                        m_anchors[size_t(anchor)] = before;
                        break;
                    }
                    best = score;
                    m_map = trial;
                }
            }
        }
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
    return true;
}

Point GridFit::bentBy(float x, float y) const
{
    const auto &centres = m_layout->alignment;
    const int n = int(centres.size());
    const auto cell = [&](float at, int *index, float *part) {
        int i = 0;
        while (i + 2 < n && at > float(centres[size_t(i + 1)]) + 0.5F)
            ++i;
        const float from = float(centres[size_t(i)]) + 0.5F;
        *index = i;
        // Beyond the lattice the bend continues, but not for ever.
        *part = std::clamp((at - from) / (float(centres[size_t(i + 1)]) + 0.5F - from), -0.3F,
                           1.3F);
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
    for (const KnownModule &module : layout.timing)
        right += samples.at(module.x, module.y) * module.dark > 0 ? 1 : 0;
    return float(right) / float(layout.timing.size());
}

} // namespace riderport::vision
