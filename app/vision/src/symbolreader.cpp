// SPDX-License-Identifier: Apache-2.0
#include "symbolreader.h"

#include "zxingadapter.h"

#include <algorithm>
#include <cstring>

namespace riderport::vision {
namespace {

/// Pixels per module and modules of margin of the drawing that ZXing decodes.
constexpr int kDrawScale = 2;
constexpr int kDrawMargin = 1;
/// Below this share of right function modules the grid is not on a symbol.
constexpr float kLeastMatch = 0.70F;
/// From here on it is a symbol even if it was not read.
constexpr float kSureMatch = 0.85F;

int nearestDimension(float dimension)
{
    return std::clamp(17 + 4 * int((dimension - 17.0F) / 4.0F + 0.5F), 21, 177);
}

} // namespace

std::optional<QrRead> SymbolReader::read(Pyramid *pyramid, const Triple &triple, Effort effort)
{
    m_hint = QrHint::None;
    m_match = 0;
    const Level &level = pyramid->level(levelForModule(*pyramid, triple.module, 3.0F));
    std::array<int, 6> dimensions = {};
    size_t count = 0;
    const auto propose = [&](int dimension) {
        if (dimension < 21 || dimension > 177 || dimension % 4 != 1)
            return;
        const float ratio = float(dimension) / triple.dimension;
        if (ratio > 1.5F || ratio < 0.66F)
            return;
        const auto end = dimensions.begin() + std::ptrdiff_t(count);
        if (count < dimensions.size() && std::find(dimensions.begin(), end, dimension) == end)
            dimensions[count++] = dimension;
    };
    if (triple.timingAcross == triple.timingDown)
        propose(triple.timingAcross);
    propose(triple.timingAcross);
    propose(triple.timingDown);
    const int nearest = nearestDimension(triple.dimension);
    propose(nearest);
    if (effort == Effort::Full) {
        const int second = float(nearest) < triple.dimension ? nearest + 4 : nearest - 4;
        propose(second);
        propose(2 * nearest - second);
    }
    const size_t most = effort == Effort::Full ? count : std::min<size_t>(count, 2);
    for (size_t i = 0; i < most; ++i) {
        if (auto read = tryDimension(level, triple, dimensions[i], effort))
            return read;
    }
    judge(level, triple);
    return std::nullopt;
}

std::optional<QrRead> SymbolReader::tryDimension(const Level &level, const Triple &triple,
                                                 int dimension, Effort effort)
{
    const SymbolLayout &layout = m_layouts.of((dimension - 17) / 4);
    m_dimension = dimension;
    m_inverted = triple.topLeft.inverted;
    if (!m_grid.start(level, triple, layout))
        return std::nullopt;
    m_grid.sample(&m_samples);
    const float match = GridFit::match(m_samples, layout);
    m_match = std::max(m_match, match);
    if (effort == Effort::First) {
        if (match < kLeastMatch)
            return std::nullopt;
        if (auto read = decodeSamples(layout, false))
            return finished(std::move(*read), "grid");
        if (match >= kSureMatch) {
            if (auto read = decodeSamples(layout, true))
                return finished(std::move(*read), "equalized");
        }
        return std::nullopt;
    }
    if (match >= kLeastMatch) {
        if (auto read = decodeSamples(layout, true))
            return finished(std::move(*read), "equalized");
    }
    m_grid.refine();
    m_grid.sample(&m_samples);
    const float refined = GridFit::match(m_samples, layout);
    m_match = std::max(m_match, refined);
    if (refined < kLeastMatch)
        return std::nullopt;
    if (auto read = decodeSamples(layout, false))
        return finished(std::move(*read), "refined");
    if (auto read = decodeSamples(layout, true))
        return finished(std::move(*read), "refined-equalized");
    if (m_grid.bend()) {
        m_grid.sample(&m_samples);
        if (auto read = decodeSamples(layout, false))
            return finished(std::move(*read), "bent");
    }
    m_grid.relax();
    m_grid.sample(&m_samples);
    if (auto read = decodeSamples(layout, false))
        return finished(std::move(*read), "relaxed");
    if (auto read = decodeSamples(layout, true))
        return finished(std::move(*read), "relaxed-equalized");
    return std::nullopt;
}

std::optional<QrRead> SymbolReader::decodeSamples(const SymbolLayout &layout, bool equalize)
{
    if (!equalize) {
        const int n = layout.dimension;
        m_values.resize(size_t(n * n));
        for (int y = 0; y < n; ++y) {
            for (int x = 0; x < n; ++x)
                m_values[size_t(y * n + x)] = m_samples.at(x, y);
        }
        return decodeValues(layout);
    }
    for (const int rounds : {1, 3}) {
        if (!m_equalizer.run(m_samples, layout, rounds, &m_values))
            return std::nullopt;
        if (auto read = decodeValues(layout))
            return read;
    }
    return std::nullopt;
}

std::optional<QrRead> SymbolReader::decodeValues(const SymbolLayout &layout)
{
    const int n = layout.dimension;
    const int side = (n + 2 * kDrawMargin) * kDrawScale;
    m_drawing.assign(size_t(side * side), 255);
    for (int y = 0; y < n; ++y) {
        uchar *row =
                m_drawing.data() + (y + kDrawMargin) * kDrawScale * side + kDrawMargin * kDrawScale;
        for (int x = 0; x < n; ++x) {
            // What the standard fixes is drawn as it must be: ZXing orients itself by it.
            const signed char known = layout.at(x, y);
            const bool dark = known ? known > 0 : m_values[size_t(y * n + x)] > 0;
            std::memset(row + x * kDrawScale, dark ? 0 : 255, kDrawScale);
        }
        for (int copy = 1; copy < kDrawScale; ++copy)
            std::memcpy(row + copy * side, row, size_t(n * kDrawScale));
    }
    return zxing::readDrawing({m_drawing.data(), side, side, side, 1});
}

QrRead SymbolReader::finished(QrRead read, const char *stage) const
{
    const float n = float(m_dimension);
    const Point corners[] = {m_grid.map(0, 0), m_grid.map(n, 0), m_grid.map(n, n),
                             m_grid.map(0, n)};
    for (size_t i = 0; i < 4; ++i)
        read.corners[i] = QPointF(double(corners[i].x), double(corners[i].y));
    read.stage = stage;
    read.inverted = m_inverted;
    return read;
}

void SymbolReader::judge(const Level &level, const Triple &triple)
{
    const float span = 1.0F + 7.0F / (triple.dimension - 7.0F);
    int blown = 0;
    int seen = 0;
    for (float y = 0; y <= span; y += 0.05F) {
        for (float x = 0; x <= span; x += 0.05F) {
            const Point p = triple.origin() + triple.right() * x + triple.down() * y;
            blown += level.at(p.x, p.y) >= 250.0F ? 1 : 0;
            ++seen;
        }
    }
    if (triple.module < 2.0F)
        m_hint = QrHint::Closer;
    else if (m_grid.contrast() < 30.0F)
        m_hint = QrHint::Brighter;
    else if (blown > seen * 3 / 5)
        m_hint = QrHint::Glare;
    else if (triple.skew > 1.35F)
        m_hint = QrHint::Tilted;
}

} // namespace riderport::vision
