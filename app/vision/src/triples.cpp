// SPDX-License-Identifier: Apache-2.0
#include "triples.h"

#include <algorithm>
#include <array>

namespace riderport::vision {
namespace {

constexpr size_t kMostCandidates = 24;
constexpr size_t kMostTriples = 12;

/// Side of a square whose horizontal cut has this length when the square is turned along `axis`.
float trueModule(const Finder &finder, Point axis)
{
    const float turn = std::max(std::abs(axis.x), std::abs(axis.y)) / length(axis);
    return std::sqrt(finder.across * finder.down) * turn * (1.0F / 7.0F);
}

/// Counts the light-dark changes of a timing pattern: along it a module is as long as its
/// neighbours. Returns the implied number of modules per side, 0 when the run is irregular.
int countTiming(const Level &level, Point from, Point to, float modules, float *regularity)
{
    constexpr int kPerModule = 4;
    const int samples = std::min(720, int(modules * kPerModule));
    *regularity = 0;
    if (samples < 5 * kPerModule)
        return 0;
    std::array<float, 724> value;
    const Point step = (to - from) * (1.0F / float(samples));
    for (int i = 0; i <= samples; ++i) {
        const Point p = from + step * float(i);
        value[size_t(i)] = level.at(p.x, p.y);
    }
    // A moving mean over four modules follows shading; half a module of it on each side.
    constexpr int kReach = 2 * kPerModule;
    float sum = 0;
    int low = 0;
    int high = -1;
    int edges = 0;
    int regular = 0;
    int lastEdge = -1;
    int state = 0;
    for (int i = 0; i <= samples; ++i) {
        while (high < std::min(samples, i + kReach))
            sum += value[size_t(++high)];
        while (low < i - kReach)
            sum -= value[size_t(low++)];
        const float difference = value[size_t(i)] - sum / float(high - low + 1);
        const int now = difference > 1.0F ? 1 : difference < -1.0F ? -1 : state;
        if (state && now != state) {
            ++edges;
            const int gap = i - lastEdge;
            if (lastEdge >= 0 && gap >= kPerModule / 2 && gap <= kPerModule * 7 / 4)
                ++regular;
            lastEdge = i;
        }
        state = now;
    }
    if (edges < 3)
        return 0;
    *regularity = float(regular) / float(std::max(edges - 1, int(modules) - 2));
    return edges + 13;
}

/// Counts on the nominal line and beside it, since perspective bends the estimate.
int bestTiming(const Level &level, const Triple &t, bool across, float *regularity)
{
    const float span = t.dimension - 7.0F;
    const Point u = t.right() * (1.0F / span);
    const Point v = t.down() * (1.0F / span);
    int best = 0;
    *regularity = 0;
    for (const float offset : {0.0F, -0.5F, 0.5F, 1.0F}) {
        const float line = 3.0F + offset;
        const Point from = t.origin() + u * (across ? 3.0F : line) + v * (across ? line : 3.0F);
        const Point to = from + (across ? u : v) * (span - 6.0F);
        float here = 0;
        const int count = countTiming(level, from, to, span - 6.0F, &here);
        if (here > *regularity) {
            *regularity = here;
            best = count;
        }
        if (*regularity > 0.9F)
            break;
    }
    return best;
}

bool makeTriple(const Finder &corner, const Finder &b, const Finder &c, Triple *triple)
{
    const Point toB = {b.x - corner.x, b.y - corner.y};
    const Point toC = {c.x - corner.x, c.y - corner.y};
    const float lengthB = length(toB);
    const float lengthC = length(toC);
    if (lengthB < 1 || lengthC < 1)
        return false;
    const float cosine = dot(toB, toC) / (lengthB * lengthC);
    const float skew = std::max(lengthB, lengthC) / std::min(lengthB, lengthC);
    if (std::abs(cosine) > 0.6F || skew > 2.0F)
        return false;
    const float moduleB = 0.5F * (trueModule(corner, toB) + trueModule(b, toB));
    const float moduleC = 0.5F * (trueModule(corner, toC) + trueModule(c, toC));
    const float dimensionB = lengthB / moduleB + 7.0F;
    const float dimensionC = lengthC / moduleC + 7.0F;
    const float dimension = 0.5F * (dimensionB + dimensionC);
    if (dimension < 17.0F || dimension > 190.0F)
        return false;
    const float disagreement = std::max(dimensionB, dimensionC) / std::min(dimensionB, dimensionC);
    if (disagreement > 1.8F)
        return false;
    triple->topLeft = corner;
    const bool clockwise = cross(toB, toC) > 0;
    triple->topRight = clockwise ? b : c;
    triple->bottomLeft = clockwise ? c : b;
    triple->module = 0.5F * (moduleB + moduleC);
    triple->dimension = dimension;
    triple->skew = skew;
    triple->score = 2.0F - std::abs(cosine) - (skew - 1.0F) - (disagreement - 1.0F);
    return true;
}

} // namespace

int levelForModule(const Pyramid &pyramid, float module, float wanted)
{
    int n = 0;
    while (n + 1 < pyramid.count() && module / float(1 << (n + 1)) >= wanted)
        ++n;
    return n;
}

void findTriples(const std::vector<Finder> &found, Pyramid *pyramid, std::vector<Triple> *triples)
{
    triples->clear();
    std::vector<Finder> finders = found;
    if (finders.size() > kMostCandidates) {
        std::stable_sort(finders.begin(), finders.end(),
                         [](const Finder &a, const Finder &b) { return a.hits > b.hits; });
        finders.resize(kMostCandidates);
    }
    const size_t n = finders.size();
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = i + 1; j < n; ++j) {
            const Finder &a = finders[i];
            const Finder &b = finders[j];
            const float ab = a.looseModule() / b.looseModule();
            if (a.inverted != b.inverted || ab > 1.8F || ab < 1.0F / 1.8F)
                continue;
            for (size_t k = j + 1; k < n; ++k) {
                const Finder &c = finders[k];
                const float ac = a.looseModule() / c.looseModule();
                const float bc = b.looseModule() / c.looseModule();
                if (c.inverted != a.inverted || ac > 1.8F || ac < 1.0F / 1.8F || bc > 1.8F ||
                    bc < 1.0F / 1.8F)
                    continue;
                // The corner is opposite the longest side, whatever the perspective within reason.
                const float dAB = std::hypot(a.x - b.x, a.y - b.y);
                const float dAC = std::hypot(a.x - c.x, a.y - c.y);
                const float dBC = std::hypot(b.x - c.x, b.y - c.y);
                Triple t;
                const bool made = dBC >= dAB && dBC >= dAC ? makeTriple(a, b, c, &t)
                                  : dAC >= dAB             ? makeTriple(b, a, c, &t)
                                                           : makeTriple(c, a, b, &t);
                if (!made)
                    continue;
                const Level &level = pyramid->level(levelForModule(*pyramid, t.module, 2.5F));
                float across = 0;
                float down = 0;
                t.timingAcross = bestTiming(level, t, true, &across);
                t.timingDown = bestTiming(level, t, false, &down);
                const float better = std::max(across, down);
                // Texture makes triples by the hundred, but hardly ever a timing pattern.
                if (better < 0.55F || across + down < 0.75F)
                    continue;
                t.score += 2.0F * (across + down) +
                           0.05F * float(std::min({a.hits, b.hits, c.hits, 8}));
                triples->push_back(t);
            }
        }
    }
    std::stable_sort(triples->begin(), triples->end(),
                     [](const Triple &x, const Triple &y) { return x.score > y.score; });
    if (triples->size() > kMostTriples)
        triples->resize(kMostTriples);
}

} // namespace riderport::vision
