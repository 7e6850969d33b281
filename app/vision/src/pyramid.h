// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"

#include <array>

namespace riderport::vision {

/// One size of the picture with its threshold map. Coordinates are continuous (pixel i covers
/// [i, i+1)), so level n and level 0 differ by the factor 2^n and nothing else.
struct Level
{
    const uchar *data = nullptr;
    int width = 0;
    int height = 0;
    qsizetype stride = 0;
    int shift = 0; ///< this level is 2^shift smaller than the picture

    const uchar *thresholds = nullptr; ///< local mean, one byte per cell
    int cellShift = 3;                 ///< a cell is 2^cellShift pixels wide and high
    int cellsAcross = 0;
    int cellsDown = 0;

    [[nodiscard]] const uchar *row(int y) const { return data + y * stride; }
    [[nodiscard]] bool dark(int x, int y) const
    {
        return row(y)[x] < thresholds[(y >> cellShift) * cellsAcross + (x >> cellShift)];
    }
    /// Bilinear brightness at a point given in pixels of the picture; edges are extended.
    [[nodiscard]] float at(float x, float y) const;
};

/// The picture and its halvings, made when first asked for. Keeps its memory between pictures.
class Pyramid
{
public:
    static constexpr int kMaxLevels = 4;

    /// Borrows `view` until the next call.
    void setPicture(const LumaView &view);
    [[nodiscard]] qint64 pixels() const { return qint64(m_view.width) * m_view.height; }
    /// How many levels make sense for this picture.
    [[nodiscard]] int count() const { return m_count; }
    /// Precondition: 0 <= n < count().
    [[nodiscard]] const Level &level(int n);
    /// The same with its threshold map.
    [[nodiscard]] const Level &thresholdedLevel(int n);
    /// The same with thresholds half way between the darkest and the lightest pixel near by, where
    /// there is contrast at all: for glaring and blooming screens, whose mean says little.
    [[nodiscard]] Level midrangeLevel(int n);

private:
    struct Slot
    {
        Level level;
        std::vector<uchar> pixels;
        std::vector<uchar> thresholds;
        bool ready = false;
        bool thresholdsReady = false;
    };
    LumaView m_view;
    int m_count = 0;
    std::array<Slot, kMaxLevels> m_slots;
    std::vector<quint32> m_sums;
    std::vector<quint32> m_integral;
    std::vector<uchar> m_darkest;
    std::vector<uchar> m_lightest;
    std::vector<uchar> m_midrange;
};

/// Averages 2 x 2 pixels. `out` has (width / 2) * (height / 2) bytes, rows packed.
void halve(const uchar *in, qsizetype stride, int width, int height, uchar *out);
/// Copies every second byte (pixelStride 2) or every n-th into packed rows.
void packRows(const LumaView &view, uchar *out);

} // namespace riderport::vision
