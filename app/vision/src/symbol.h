// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <vector>

namespace riderport::vision {

/// A module whose colour the standard fixes.
struct KnownModule
{
    short x = 0;
    short y = 0;
    float dark = 0; ///< +1 dark, -1 light
};

/// Function patterns of one version (ISO/IEC 18004, 5.3 and annexes D and E).
struct SymbolLayout
{
    int version = 0;
    int dimension = 0;
    std::vector<signed char> known; ///< per module: 1 dark, -1 light, 0 data or format
    std::vector<int> alignment;     ///< centre coordinates of alignment patterns
    std::vector<KnownModule> modules;
    /// The part of `modules` that lookalikes of finder patterns do not have: timing and alignment
    /// patterns, and the light frames around the finders.
    std::vector<KnownModule> telling;

    [[nodiscard]] signed char at(int x, int y) const { return known[size_t(y * dimension + x)]; }
};

/// Layouts made when first asked for.
class SymbolLayouts
{
public:
    /// Precondition: 1 <= version <= 40.
    [[nodiscard]] const SymbolLayout &of(int version);

private:
    std::array<std::unique_ptr<SymbolLayout>, 41> m_layouts;
};

} // namespace riderport::vision
