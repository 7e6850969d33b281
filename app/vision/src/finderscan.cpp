// SPDX-License-Identifier: Apache-2.0
#include "finderscan.h"

#include <algorithm>
#include <bit>
#include <cmath>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace riderport::vision {
namespace {

/// Grey levels between light and dark below which a pattern is texture or noise.
constexpr int kLeastContrast = 8;
/// Enough for a picture full of codes; beyond it a texture is being read.
constexpr size_t kMostFinders = 96;

struct Cut
{
    float centre = 0; ///< along the cut, relative to the start pixel's centre, in steps
    float length = 0; ///< in steps
    bool ok = false;
};

/// True when five runs stand in 1:1:3:1:1, generous enough for blur and small modules.
bool inRatio(int r0, int r1, int r2, int r3, int r4)
{
    const int total = r0 + r1 + r2 + r3 + r4;
    if (total < 7)
        return false;
    // In sevenths of a module: side runs 0.35..1.9, the centre 1.8..4.2, plus one pixel of slack
    // for the smallest sizes.
    const int slack = total < 14 ? 3 : 0;
    const auto side = [=](int run) {
        return 20 * run >= total - slack && 70 * run <= 19 * total + 10 * slack;
    };
    return 70 * r2 >= 18 * total && 70 * r2 <= 42 * total && side(r0) && side(r1) && side(r3) &&
           side(r4);
}

/// Walks from (x, y) both ways along (dx, dy) over finder colour, other, finder colour.
Cut cutThrough(const Level &level, int x, int y, int dx, int dy, bool inverted, float expected)
{
    Cut cut;
    const int longest = std::max(3, int(expected * 0.8F));
    int runs[2][3] = {};
    for (int way = 0; way < 2; ++way) {
        const int sx = way ? -dx : dx;
        const int sy = way ? -dy : dy;
        int px = x;
        int py = y;
        bool inside = true;
        for (int part = 0; part < 3 && inside; ++part) {
            const bool wanted = (part != 1) != inverted;
            int &run = runs[way][part];
            while (true) {
                if (px < 0 || py < 0 || px >= level.width || py >= level.height) {
                    inside = false;
                    break;
                }
                if (level.dark(px, py) != wanted)
                    break;
                if (++run > longest)
                    return cut;
                px += sx;
                py += sy;
            }
        }
        // The start pixel was counted on both ways; a pattern cut off by the border may still be
        // whole.
        if (runs[way][0] == 0 || runs[way][1] == 0 || runs[way][2] == 0)
            return cut;
    }
    const int middle = runs[0][0] + runs[1][0] - 1;
    if (!inRatio(runs[1][2], runs[1][1], middle, runs[0][1], runs[0][2]))
        return cut;
    const int forward1 = runs[0][0] + runs[0][1];
    const int back1 = runs[1][0] + runs[1][1];
    const int forward2 = forward1 + runs[0][2];
    const int back2 = back1 + runs[1][2];
    // Three pairs of edges name the same centre; their mean is better than any of them.
    cut.centre = float((runs[0][0] - runs[1][0]) + (forward1 - back1) + (forward2 - back2)) *
                 (1.0F / 6.0F);
    cut.length = float(forward2 + back2 - 1);
    cut.ok = true;
    return cut;
}

/// Confirms a candidate at a level: vertical, horizontal and diagonal cuts. In level pixels.
bool confirm(const Level &level, float x, float y, float expected, bool inverted, bool round,
             Finder *found)
{
    const int ix = int(x);
    int iy = int(y);
    const Cut vertical = cutThrough(level, ix, iy, 0, 1, inverted, expected * 2.2F);
    // Strong tilt makes one cut much shorter; of the smallest patterns that is more likely chance.
    const float most = std::min(vertical.length, expected) < 12.0F ? 1.8F : 3.0F;
    if (!vertical.ok || vertical.length > most * expected || most * vertical.length < expected)
        return false;
    const float centreY = float(iy) + 0.5F + vertical.centre;
    iy = int(centreY);
    const Cut across = cutThrough(level, ix, iy, 1, 0, inverted, expected * 1.4F);
    if (!across.ok)
        return false;
    const float centreX = float(ix) + 0.5F + across.centre;
    const int cx = int(centreX);
    const float larger = std::max(across.length, vertical.length);
    const Cut falling = cutThrough(level, cx, iy, 1, 1, inverted, larger * 1.5F);
    const Cut rising = cutThrough(level, cx, iy, 1, -1, inverted, larger * 1.5F);
    const bool tiny = larger < 14.0F;
    const bool even = round && larger < 1.3F * std::min(across.length, vertical.length) &&
                      std::min(across.length, vertical.length) > 12.0F;
    if (!even && !(tiny ? falling.ok || rising.ok : falling.ok && rising.ok))
        return false;
    found->x = centreX;
    found->y = centreY;
    found->across = across.length;
    found->down = vertical.length;
    found->inverted = inverted;
    return true;
}

Finder *findNear(std::vector<Finder> *finders, float x, float y, bool inverted)
{
    for (Finder &finder : *finders) {
        const float reach = finder.looseModule() * 2.0F;
        if (finder.inverted == inverted && std::abs(finder.x - x) < reach &&
            std::abs(finder.y - y) < reach)
            return &finder;
    }
    return nullptr;
}

bool contrasts(const uchar *row, const int *edge, bool inverted)
{
    const int ring0 = row[(edge[1] + edge[2]) / 2];
    const int core = row[(edge[2] + edge[3]) / 2];
    const int ring1 = row[(edge[3] + edge[4]) / 2];
    const int difference = (ring0 + ring1) / 2 - core;
    return (inverted ? -difference : difference) >= kLeastContrast;
}

void findEdges(const uchar *row, const uchar *threshold, int width, std::vector<int> *edges)
{
    int x = 0;
    bool previous = row[0] < threshold[0];
#if defined(__SSE2__)
    const auto darkBits = [&](int at) {
        const __m128i p = _mm_loadu_si128(reinterpret_cast<const __m128i *>(row + at));
        const __m128i t = _mm_loadu_si128(reinterpret_cast<const __m128i *>(threshold + at));
        const __m128i notDark = _mm_cmpeq_epi8(_mm_max_epu8(p, t), p);
        return quint64(~quint32(_mm_movemask_epi8(notDark)) & 0xffffU);
    };
    for (; x + 64 <= width; x += 64) {
        const quint64 bits = darkBits(x) | darkBits(x + 16) << 16 | darkBits(x + 32) << 32 |
                             darkBits(x + 48) << 48;
        quint64 changes = bits ^ (bits << 1 | quint64(previous));
        previous = bits >> 63;
        while (changes) {
            edges->push_back(x + std::countr_zero(changes));
            changes &= changes - 1;
        }
    }
#endif
    for (; x < width; ++x) {
        const bool now = row[x] < threshold[x];
        if (now != previous)
            edges->push_back(x);
        previous = now;
    }
}

} // namespace

void FinderScan::scan(const Level &level, int rowStep, std::vector<Finder> *finders,
                      Corners corners)
{
    m_corners = corners;
    m_thresholdRow.resize(size_t(level.width));
    int cellRow = -1;
    for (int y = rowStep / 2; y < level.height; y += rowStep) {
        if (y >> level.cellShift != cellRow) {
            cellRow = y >> level.cellShift;
            const uchar *cells = level.thresholds + qsizetype(cellRow) * level.cellsAcross;
            for (int x = 0; x < level.width; ++x)
                m_thresholdRow[size_t(x)] = cells[x >> level.cellShift];
        }
        m_edges.clear();
        m_edges.push_back(0);
        findEdges(level.row(y), m_thresholdRow.data(), level.width, &m_edges);
        m_edges.push_back(level.width);
        m_startsDark = level.row(y)[0] < m_thresholdRow[0];
        scanEdges(level, y, finders);
        if (finders->size() >= kMostFinders)
            return;
    }
}

void FinderScan::scanEdges(const Level &level, int y, std::vector<Finder> *finders)
{
    const float toPicture = float(1 << level.shift);
    const uchar *row = level.row(y);
    for (size_t i = 0; i + 5 < m_edges.size(); ++i) {
        const int *e = m_edges.data() + i;
        const int total = e[5] - e[0];
        const int core = e[3] - e[2];
        if (70 * core < 18 * total || 70 * core > 42 * total)
            continue;
        if (!inRatio(e[1] - e[0], e[2] - e[1], core, e[4] - e[3], e[5] - e[4]))
            continue;
        const bool inverted = (i % 2 == 0) != m_startsDark;
        if (!contrasts(row, e, inverted))
            continue;
        const float x = float(e[2] + e[3]) * 0.5F;
        const float px = x * toPicture;
        const float py = (float(y) + 0.5F) * toPicture;
        Finder *known = findNear(finders, px, py, inverted);
        if (known) {
            ++known->hits;
            // A lopsided measurement may be a mistake of a coarse level: look again.
            if (known->evenness() > 0.8F)
                continue;
        }
        Finder found;
        if (!confirm(level, x, float(y) + 0.5F, float(total), inverted, m_corners == Corners::Round,
                     &found))
            continue;
        found.x *= toPicture;
        found.y *= toPicture;
        found.across *= toPicture;
        found.down *= toPicture;
        if (!known) {
            known = findNear(finders, found.x, found.y, inverted);
            if (known)
                ++known->hits;
        }
        if (known) {
            if (found.evenness() > known->evenness() + 0.1F) {
                found.hits = known->hits;
                *known = found;
            }
            continue;
        }
        finders->push_back(found);
        if (finders->size() >= kMostFinders)
            return;
    }
}

bool refineFinder(const Level &level, Finder *finder)
{
    const float toPicture = float(1 << level.shift);
    Finder found;
    const float x = finder->x / toPicture;
    const float y = finder->y / toPicture;
    if (x < 0 || y < 0 || x >= float(level.width) || y >= float(level.height))
        return false;
    if (!confirm(level, x, y, finder->across / toPicture, finder->inverted, false, &found))
        return false;
    finder->x = found.x * toPicture;
    finder->y = found.y * toPicture;
    finder->across = found.across * toPicture;
    finder->down = found.down * toPicture;
    return true;
}

} // namespace riderport::vision
