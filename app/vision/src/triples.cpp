// SPDX-License-Identifier: Apache-2.0
#include "triples.h"

#include <algorithm>
#include <array>

namespace riderport::vision {

float trueModule(const Finder &finder, Point axis)
{
    // The cut that runs along the axis tells its module size; between the two, perspective mixes
    // them. A turned square is cut longer than its side.
    const float x = axis.x * axis.x;
    const float y = axis.y * axis.y;
    const float turn = std::sqrt(std::max(x, y) / (x + y));
    return (finder.across * x + finder.down * y) / (x + y) * turn * (1.0F / 7.0F);
}

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

namespace {

constexpr size_t kMostCandidates = 14;
constexpr size_t kMostTriples = 6;

/// Counts on the line where perspective puts the timing pattern and, if that is promising, beside
/// it.
int bestTiming(const Level &level, const Triple &t, bool across, float *regularity)
{
    const Finder &far = across ? t.topRight : t.bottomLeft;
    const Point along = across ? t.right() : t.down();
    const Point aside = across ? t.down() : t.right();
    const float modules = t.dimension - 13.0F;
    const Point a = along * (1.0F / length(along));
    const Point s = aside * (1.0F / length(aside));
    const float here = 3.0F * trueModule(t.topLeft, along);
    const float there = 3.0F * trueModule(far, along);
    const Point from = t.origin() + a * here;
    const Point to = Point{far.x, far.y} - a * there;
    int best = 0;
    *regularity = 0;
    for (const float offset : {1.0F, 0.83F, 1.17F}) {
        float value = 0;
        const int count = countTiming(level, from + s * (here * offset), to + s * (there * offset),
                                      modules, &value);
        if (value > *regularity) {
            *regularity = value;
            best = count;
        }
        if (*regularity > 0.9F || *regularity < 0.3F)
            break;
    }
    return best;
}

/// Whether two patterns can belong to one symbol; those that were met often may differ more,
/// because strong perspective is likelier for them than chance.
bool alike(const Finder &a, const Finder &b)
{
    const float ratio = a.looseModule() / b.looseModule();
    const float limit = std::min(a.hits, b.hits) >= 4 ? 2.2F : 1.6F;
    return ratio < limit && ratio * limit > 1.0F;
}

} // namespace

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
    if (std::abs(cosine) > 0.6F || skew > 3.0F)
        return false;
    const float moduleB = 0.5F * (trueModule(corner, toB) + trueModule(b, toB));
    const float moduleC = 0.5F * (trueModule(corner, toC) + trueModule(c, toC));
    const float dimensionB = lengthB / moduleB + 7.0F;
    const float dimensionC = lengthC / moduleC + 7.0F;
    const float dimension = 0.5F * (dimensionB + dimensionC);
    if (dimension < 17.0F || dimension > 190.0F)
        return false;
    const float disagreement = std::max(dimensionB, dimensionC) / std::min(dimensionB, dimensionC);
    if (disagreement > 1.9F)
        return false;
    triple->topLeft = corner;
    const bool clockwise = cross(toB, toC) > 0;
    triple->topRight = clockwise ? b : c;
    triple->bottomLeft = clockwise ? c : b;
    triple->module = 0.5F * (moduleB + moduleC);
    triple->dimension = dimension;
    triple->skew = skew;
    triple->score = 2.0F - std::abs(cosine) - 0.7F * (skew - 1.0F) - (disagreement - 1.0F);
    return true;
}

bool judgeTriple(Pyramid *pyramid, Triple *t)
{
    const Level &level = pyramid->level(levelForModule(*pyramid, t->module, 2.5F));
    float across = 0;
    float down = 0;
    t->timingAcross = bestTiming(level, *t, true, &across);
    if (across < 0.2F)
        return false;
    t->timingDown = bestTiming(level, *t, false, &down);
    t->regularity = across + down;
    // Texture makes triples by the hundred, but hardly ever a timing pattern.
    if (std::max(across, down) < 0.55F || across + down < 0.8F)
        return false;
    const float apart =
            std::abs(float(t->timingAcross + t->timingDown) * 0.5F - t->dimension) / t->dimension;
    const int hits = std::min({t->topLeft.hits, t->topRight.hits, t->bottomLeft.hits, 8});
    t->score += 2.0F * t->regularity - 2.0F * apart + 0.05F * float(hits);
    return true;
}

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
            if (a.inverted != b.inverted || !alike(a, b))
                continue;
            for (size_t k = j + 1; k < n; ++k) {
                const Finder &c = finders[k];
                if (c.inverted != a.inverted || !alike(a, c) || !alike(b, c))
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
                if (judgeTriple(pyramid, &t))
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
