// SPDX-License-Identifier: Apache-2.0
#include "symbol.h"

#include <algorithm>
#include <cstdlib>

namespace riderport::vision {
namespace {

/// Annex E: evenly spread from the far end, at even distances, the uneven rest next to 6.
std::vector<int> alignmentCentres(int version)
{
    if (version == 1)
        return {};
    const int last = 4 * version + 10;
    const int gaps = version / 7 + 1;
    // The table rounds up to even distances; version 32 is its one exception.
    const int distance = version == 32 ? 26 : ((last - 6) + 2 * gaps - 1) / (2 * gaps) * 2;
    std::vector<int> centres(size_t(gaps + 1), 6);
    for (int i = gaps; i > 0; --i)
        centres[size_t(i)] = last - (gaps - i) * distance;
    return centres;
}

/// Annex D: the (18,6) Golay code of the version number.
unsigned versionBits(int version)
{
    unsigned rest = unsigned(version) << 12;
    for (int bit = 17; bit >= 12; --bit) {
        if (rest >> bit & 1U)
            rest ^= 0x1f25U << (bit - 12);
    }
    return unsigned(version) << 12 | rest;
}

void place(SymbolLayout *layout, int x, int y, bool dark)
{
    if (x >= 0 && y >= 0 && x < layout->dimension && y < layout->dimension)
        layout->known[size_t(y * layout->dimension + x)] = dark ? 1 : -1;
}

void placeFinder(SymbolLayout *layout, int cx, int cy)
{
    for (int dy = -4; dy <= 4; ++dy) {
        for (int dx = -4; dx <= 4; ++dx) {
            const int ring = std::max(std::abs(dx), std::abs(dy));
            place(layout, cx + dx, cy + dy, ring != 2 && ring != 4);
        }
    }
}

std::unique_ptr<SymbolLayout> makeLayout(int version)
{
    auto layout = std::make_unique<SymbolLayout>();
    const int n = 17 + 4 * version;
    layout->version = version;
    layout->dimension = n;
    layout->known.assign(size_t(n * n), 0);
    layout->alignment = alignmentCentres(version);
    for (int i = 8; i < n - 8; ++i) {
        place(layout.get(), i, 6, i % 2 == 0);
        place(layout.get(), 6, i, i % 2 == 0);
    }
    for (const int cy : layout->alignment) {
        for (const int cx : layout->alignment) {
            const bool finder =
                    (cx == 6 && cy == 6) || (cx == 6 && cy == n - 7) || (cx == n - 7 && cy == 6);
            if (finder)
                continue;
            for (int dy = -2; dy <= 2; ++dy) {
                for (int dx = -2; dx <= 2; ++dx) {
                    place(layout.get(), cx + dx, cy + dy,
                          std::max(std::abs(dx), std::abs(dy)) != 1);
                }
            }
        }
    }
    if (version >= 7) {
        const unsigned bits = versionBits(version);
        for (int i = 0; i < 18; ++i) {
            place(layout.get(), n - 11 + i % 3, i / 3, bits >> i & 1U);
            place(layout.get(), i / 3, n - 11 + i % 3, bits >> i & 1U);
        }
    }
    placeFinder(layout.get(), 3, 3);
    placeFinder(layout.get(), n - 4, 3);
    placeFinder(layout.get(), 3, n - 4);
    place(layout.get(), 8, n - 8, true);
    for (int y = 0; y < n; ++y) {
        for (int x = 0; x < n; ++x) {
            const signed char dark = layout->at(x, y);
            if (!dark)
                continue;
            const KnownModule module = {short(x), short(y), float(dark)};
            layout->modules.push_back(module);
            // Mirrored into the upper left corner, all three finders are the same one.
            const int fx = x < n / 2 ? x : n - 1 - x;
            const int fy = y < n / 2 ? y : n - 1 - y;
            const bool finder = fx < 7 && fy < 7 && !(x >= n / 2 && y >= n / 2);
            if (!finder)
                layout->telling.push_back(module);
        }
    }
    return layout;
}

} // namespace

const SymbolLayout &SymbolLayouts::of(int version)
{
    auto &slot = m_layouts[size_t(version)];
    if (!slot)
        slot = makeLayout(version);
    return *slot;
}

} // namespace riderport::vision
