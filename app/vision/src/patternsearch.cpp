// SPDX-License-Identifier: Apache-2.0
#include "patternsearch.h"

#include <algorithm>
#include <array>

namespace riderport::vision {
namespace {

/// Share of the contrast that a pattern must show to be believed.
constexpr float kLeastShare = 0.35F;
constexpr int kMostRings = 4;

/// Light ring against the dark parts; `mean(r)` is the mean brightness of the ring of modules at
/// distance r from the centre.
template<typename Mean>
float patternContrast(PatternSearch::Pattern pattern, const Mean &mean)
{
    if (pattern == PatternSearch::Pattern::Alignment)
        return mean(1) - 0.5F * (mean(0) + mean(2));
    return mean(2) - 0.5F * ((mean(0) + 8.0F * mean(1)) / 9.0F + mean(3));
}

template<typename At>
float ringMean(int r, const At &at)
{
    if (r == 0)
        return at(0, 0);
    float sum = 0;
    for (int k = -r; k < r; ++k)
        sum += at(k, -r) + at(r, k) + at(-k, r) + at(-r, -k);
    return sum / float(8 * r);
}

} // namespace

bool PatternSearch::find(const Level &level, Pattern pattern, const Place &place, Point *found)
{
    // Samples on a lattice of half modules, so that every trial position only adds up.
    const int rings = pattern == Pattern::Finder ? 3 : 2;
    const int half = int(place.reach * 2.0F);
    const int border = 2 * rings;
    const int width = 2 * (half + border) + 1;
    const float sign = place.inverted ? -1.0F : 1.0F;
    m_patch.resize(size_t(width * width));
    const Point corner = place.expected - (place.u + place.v) * (float(half + border) * 0.5F);
    for (int y = 0; y < width; ++y) {
        Point p = corner + place.v * (float(y) * 0.5F);
        const Point step = place.u * 0.5F;
        for (int x = 0; x < width; ++x) {
            m_patch[size_t(y * width + x)] = sign * level.at(p.x, p.y);
            p = p + step;
        }
    }
    float best = -1e9F;
    int bestX = 0;
    int bestY = 0;
    for (int y = border; y + border < width; ++y) {
        for (int x = border; x + border < width; ++x) {
            const float *c = m_patch.data() + y * width + x;
            const auto at = [&](int dx, int dy) { return c[2 * (dy * width + dx)]; };
            const float dx = float(x - half - border);
            const float dy = float(y - half - border);
            // Of equals the nearest wins: data modules imitate alignment patterns now and then.
            const float far = 0.02F * place.contrast * 0.5F * std::sqrt(dx * dx + dy * dy);
            const float score =
                    patternContrast(pattern, [&](int r) { return ringMean(r, at); }) - far;
            if (score > best) {
                best = score;
                bestX = x;
                bestY = y;
            }
        }
    }
    m_score = best;
    if (best < kLeastShare * place.contrast)
        return false;
    Point centre = corner + place.u * (float(bestX) * 0.5F) + place.v * (float(bestY) * 0.5F);
    const auto scoreAt = [&](Point middle) {
        const auto at = [&](int dx, int dy) {
            const Point p = middle + place.u * float(dx) + place.v * float(dy);
            return sign * level.at(p.x, p.y);
        };
        return patternContrast(pattern, [&](int r) { return ringMean(r, at); });
    };
    float score = scoreAt(centre);
    for (const float step : {0.25F, 0.125F}) {
        bool moved = true;
        for (int round = 0; round < 2 && moved; ++round) {
            moved = false;
            for (const Point d :
                 {place.u * step, place.u * -step, place.v * step, place.v * -step}) {
                const float here = scoreAt(centre + d);
                if (here > score) {
                    score = here;
                    centre = centre + d;
                    moved = true;
                    break;
                }
            }
        }
    }
    m_score = score;
    *found = centre;
    return true;
}

} // namespace riderport::vision
