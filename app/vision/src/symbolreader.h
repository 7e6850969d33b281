// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "equalizer.h"
#include "gridfit.h"
#include "vision/qrreader.h"

namespace riderport::vision {

/// Reads one symbol given its three finder patterns: fits the module grid, samples it, equalizes
/// when needed, and has ZXing correct and decode the clean drawing.
class SymbolReader
{
public:
    enum class Effort {
        First, ///< the straight way, some tens of microseconds
        Full,  ///< refinement, equalizer, bent grids, other sizes
    };

    [[nodiscard]] std::optional<QrRead> read(Pyramid *pyramid, const Triple &triple, Effort effort);

    /// After an unsuccessful read(): how well the function patterns fitted at best, 0..1.
    [[nodiscard]] float match() const { return m_match; }
    /// After an unsuccessful read(): what the person could do about it.
    [[nodiscard]] QrHint hint() const { return m_hint; }

private:
    [[nodiscard]] std::optional<QrRead> tryDimension(const Level &level, const Triple &triple,
                                                     int dimension, Effort effort);
    [[nodiscard]] std::optional<QrRead> decodeValues(const SymbolLayout &layout);
    [[nodiscard]] std::optional<QrRead> decodeSamples(const SymbolLayout &layout, bool equalize);
    [[nodiscard]] QrRead finished(QrRead read, const char *stage) const;
    void judge(const Level &level, const Triple &triple);

    SymbolLayouts m_layouts;
    GridFit m_grid;
    Equalizer m_equalizer;
    ModuleSamples m_samples;
    std::vector<float> m_values;
    std::vector<uchar> m_drawing;
    QrHint m_hint = QrHint::None;
    float m_match = 0;
    int m_dimension = 0;
    bool m_inverted = false;
};

} // namespace riderport::vision
