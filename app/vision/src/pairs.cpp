// SPDX-License-Identifier: Apache-2.0
#include "patternsearch.h"
#include "triples.h"

#include <algorithm>

namespace riderport::vision {
namespace {

constexpr size_t kMostPartners = 10;
/// Of a timing pattern that one pair alone must show.
constexpr float kPairRegularity = 0.72F;

struct Pair
{
    const Finder &a;
    const Finder &b;
    Point side;         ///< from a to b
    float module = 0;   ///< pixels
    float contrast = 0; ///< grey levels
};

/// Difference between the light ring and the core of a finder pattern.
float ringContrast(const Level &level, const Finder &finder, Point u, Point v)
{
    const Point centre = {finder.x, finder.y};
    float ring = 0;
    for (const Point d : {u, u * -1.0F, v, v * -1.0F}) {
        const Point p = centre + d * 2.0F;
        ring += level.at(p.x, p.y);
    }
    const float difference = ring * 0.25F - level.at(centre.x, centre.y);
    return finder.inverted ? -difference : difference;
}

/// Looks for the third pattern where it is expected and makes a triple of the three.
bool complete(const Pair &pair, Pyramid *pyramid, PatternSearch *search, Point expected,
              bool cornerIsThird, bool cornerIsA, Triple *triple)
{
    const Level &level = pyramid->level(levelForModule(*pyramid, pair.module, 2.5F));
    const float distance = length(pair.side);
    Point u = pair.side * (pair.module / distance);
    if (cornerIsThird) {
        // a and b lie across; the sides run at 45 degrees to the line between them.
        constexpr float kHalfRoot = 0.70710678F;
        u = {(u.x - u.y) * kHalfRoot, (u.x + u.y) * kHalfRoot};
    }
    const Point v = {-u.y, u.x};
    Finder third = cornerIsA ? pair.a : pair.b;
    const float reach = std::min(7.0F, 2.0F + 0.12F * distance / pair.module);
    Point found;
    if (!search->find(level, PatternSearch::Pattern::Finder,
                      {expected, u, v, reach, third.inverted, pair.contrast}, &found))
        return false;
    third.x = found.x;
    third.y = found.y;
    third.across = std::sqrt(pair.a.across * pair.b.across);
    third.down = std::sqrt(pair.a.down * pair.b.down);
    third.hits = 1;
    const bool made = cornerIsThird ? makeTriple(third, pair.a, pair.b, triple)
                      : cornerIsA   ? makeTriple(pair.a, pair.b, third, triple)
                                    : makeTriple(pair.b, pair.a, third, triple);
    return made && judgeTriple(pyramid, triple);
}

void neighbours(const Pair &pair, Pyramid *pyramid, PatternSearch *search,
                std::vector<Triple> *triples)
{
    const Level &level = pyramid->level(levelForModule(*pyramid, pair.module, 2.5F));
    const float distance = length(pair.side);
    const Point u = pair.side * (pair.module / distance);
    const Point a = {pair.a.x, pair.a.y};
    const Point b = {pair.b.x, pair.b.y};
    for (const float way : {1.0F, -1.0F}) {
        const Point v = {-u.y * way, u.x * way};
        float best = 0;
        for (const float offset : {3.0F, 2.6F, 3.4F}) {
            float regularity = 0;
            static_cast<void>(countTiming(level, a + u * 3.0F + v * offset,
                                          b - u * 3.0F + v * offset, distance / pair.module - 6.0F,
                                          &regularity));
            best = std::max(best, regularity);
            if (best < 0.4F)
                break;
        }
        if (best < kPairRegularity)
            continue;
        const Point down = v * (distance / pair.module);
        for (const bool cornerIsA : {true, false}) {
            Triple triple;
            if (complete(pair, pyramid, search, (cornerIsA ? a : b) + down, false, cornerIsA,
                         &triple))
                triples->push_back(triple);
        }
    }
}

void diagonals(const Pair &pair, Pyramid *pyramid, PatternSearch *search,
               std::vector<Triple> *triples)
{
    const Point middle = {(pair.a.x + pair.b.x) * 0.5F, (pair.a.y + pair.b.y) * 0.5F};
    const Point across = {-pair.side.y * 0.5F, pair.side.x * 0.5F};
    for (const Point &corner : {middle + across, middle - across}) {
        Triple triple;
        if (complete(pair, pyramid, search, corner, true, true, &triple))
            triples->push_back(triple);
    }
}

} // namespace

void completePairs(const std::vector<Finder> &finders, Pyramid *pyramid,
                   std::vector<Triple> *triples)
{
    triples->clear();
    std::vector<Finder> partners;
    for (const Finder &finder : finders) {
        // Chance patterns are met by one row or two; only those met often are worth a guess.
        if (finder.hits >= 4)
            partners.push_back(finder);
    }
    std::stable_sort(partners.begin(), partners.end(),
                     [](const Finder &x, const Finder &y) { return x.hits > y.hits; });
    if (partners.size() > kMostPartners)
        partners.resize(kMostPartners);
    PatternSearch search;
    for (size_t i = 0; i < partners.size(); ++i) {
        for (size_t j = i + 1; j < partners.size(); ++j) {
            const Finder &a = partners[i];
            const Finder &b = partners[j];
            const float ratio = a.looseModule() / b.looseModule();
            if (a.inverted != b.inverted || ratio > 1.5F || ratio < 1.0F / 1.5F)
                continue;
            Pair pair = {a, b, {b.x - a.x, b.y - a.y}};
            pair.module = 0.5F * (trueModule(a, pair.side) + trueModule(b, pair.side));
            const float modules = length(pair.side) / pair.module;
            if (modules < 12.0F || modules > 90.0F)
                continue;
            const Level &level = pyramid->level(levelForModule(*pyramid, pair.module, 2.5F));
            const Point u = pair.side * (pair.module / length(pair.side));
            const Point v = {-u.y, u.x};
            pair.contrast = std::min(ringContrast(level, a, u, v), ringContrast(level, b, u, v));
            if (pair.contrast < 4.0F)
                continue;
            neighbours(pair, pyramid, &search, triples);
            // On the diagonal the axes are turned by 45 degrees.
            constexpr float kRoot = 1.41421356F;
            const Point side = {pair.side.x - pair.side.y, pair.side.x + pair.side.y};
            pair.module = 0.5F * (trueModule(a, side) + trueModule(b, side));
            const float diagonal = length(pair.side) / pair.module / kRoot;
            if (diagonal >= 13.0F && diagonal <= 70.0F)
                diagonals(pair, pyramid, &search, triples);
        }
    }
    std::stable_sort(triples->begin(), triples->end(),
                     [](const Triple &x, const Triple &y) { return x.score > y.score; });
}

} // namespace riderport::vision
