// SPDX-License-Identifier: Apache-2.0
#include "pyramid.h"

#include <algorithm>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace riderport::vision {
namespace {

/// Cells to each side of a cell that its threshold averages over: 9 x 9 cells of 8 pixels hold
/// several modules of every size a level is meant for, yet follow shading.
constexpr int kThresholdReach = 4;
/// A level shorter than this cannot hold a version 1 symbol at two pixels per module with margin.
constexpr int kShortestSide = 96;

/// Range below which the midrange map sees no contrast, grey levels.
constexpr int kLeastRange = 30;
/// Cells to each side over which the midrange map looks for extremes.
constexpr int kExtremeReach = 2;

void cellExtremes(const uchar *row, int width, uchar *darkest, uchar *lightest)
{
    int x = 0;
#if defined(__SSE2__)
    for (; x + 16 <= width; x += 16) {
        __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i *>(row + x));
        __m128i high = low;
        // Fold each half of eight bytes onto its first byte.
        for (const int bytes : {4, 2, 1}) {
            const __m128i lowShift = bytes == 4   ? _mm_srli_epi64(low, 32)
                                     : bytes == 2 ? _mm_srli_epi64(low, 16)
                                                  : _mm_srli_epi64(low, 8);
            const __m128i highShift = bytes == 4   ? _mm_srli_epi64(high, 32)
                                      : bytes == 2 ? _mm_srli_epi64(high, 16)
                                                   : _mm_srli_epi64(high, 8);
            low = _mm_min_epu8(low, lowShift);
            high = _mm_max_epu8(high, highShift);
        }
        const int cell = x / 8;
        darkest[cell] = std::min(darkest[cell], uchar(_mm_cvtsi128_si32(low)));
        lightest[cell] = std::max(lightest[cell], uchar(_mm_cvtsi128_si32(high)));
        low = _mm_srli_si128(low, 8);
        high = _mm_srli_si128(high, 8);
        darkest[cell + 1] = std::min(darkest[cell + 1], uchar(_mm_cvtsi128_si32(low)));
        lightest[cell + 1] = std::max(lightest[cell + 1], uchar(_mm_cvtsi128_si32(high)));
    }
#endif
    for (; x < width; ++x) {
        darkest[x / 8] = std::min(darkest[x / 8], row[x]);
        lightest[x / 8] = std::max(lightest[x / 8], row[x]);
    }
}

/// Each cell takes the largest (or smallest) value of its neighbourhood.
void spread(int across, int down, std::vector<uchar> *cells, bool largest)
{
    const auto better = [largest](uchar a, uchar b) {
        return largest ? std::max(a, b) : std::min(a, b);
    };
    std::vector<uchar> rows(cells->size());
    for (int y = 0; y < down; ++y) {
        for (int x = 0; x < across; ++x) {
            uchar best = (*cells)[size_t(y * across + x)];
            for (int k = std::max(0, x - kExtremeReach);
                 k <= std::min(across - 1, x + kExtremeReach); ++k)
                best = better(best, (*cells)[size_t(y * across + k)]);
            rows[size_t(y * across + x)] = best;
        }
    }
    for (int y = 0; y < down; ++y) {
        for (int x = 0; x < across; ++x) {
            uchar best = rows[size_t(y * across + x)];
            for (int k = std::max(0, y - kExtremeReach); k <= std::min(down - 1, y + kExtremeReach);
                 ++k)
                best = better(best, rows[size_t(k * across + x)]);
            (*cells)[size_t(y * across + x)] = best;
        }
    }
}

quint32 cellSum(const uchar *data, qsizetype stride, int width, int height)
{
    quint32 sum = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            sum += data[y * stride + x];
    }
    return sum;
}

/// Sums of 8 x 8 cells; cells at the right and lower edge are partial and scaled up.
void cellSums(const Level &level, int across, int down, quint32 *sums)
{
    for (int cy = 0; cy < down; ++cy) {
        const int rows = std::min(8, level.height - cy * 8);
        const uchar *top = level.row(cy * 8);
        quint32 *out = sums + qsizetype(cy) * across;
        int cx = 0;
#if defined(__SSE2__)
        if (rows == 8) {
            const __m128i zero = _mm_setzero_si128();
            for (; cx * 8 + 16 <= level.width; cx += 2) {
                __m128i sum = zero;
                for (int y = 0; y < 8; ++y) {
                    const auto *from =
                            reinterpret_cast<const __m128i *>(top + y * level.stride + cx * 8);
                    sum = _mm_add_epi32(sum, _mm_sad_epu8(_mm_loadu_si128(from), zero));
                }
                out[cx] = quint32(_mm_cvtsi128_si32(sum));
                out[cx + 1] = quint32(_mm_cvtsi128_si32(_mm_srli_si128(sum, 8)));
            }
        }
#endif
        for (; cx < across; ++cx) {
            const int columns = std::min(8, level.width - cx * 8);
            out[cx] = cellSum(top + cx * 8, level.stride, columns, rows) * 64 /
                      quint32(columns * rows);
        }
    }
}

} // namespace

float Level::at(float x, float y) const
{
    const float scale = 256.0F / float(1 << shift);
    const int fx = std::clamp(int(x * scale) - 128, 0, (width - 1) * 256);
    const int fy = std::clamp(int(y * scale) - 128, 0, (height - 1) * 256);
    const int ix = fx >> 8;
    const int iy = fy >> 8;
    const int wx = fx & 255;
    const int wy = fy & 255;
    const uchar *a = row(iy) + ix;
    const uchar *b = iy + 1 < height ? a + stride : a;
    const int next = ix + 1 < width ? 1 : 0;
    const int top = (a[0] << 8) + (a[next] - a[0]) * wx;
    const int bottom = (b[0] << 8) + (b[next] - b[0]) * wx;
    return float((top << 8) + (bottom - top) * wy) * (1.0F / 65536.0F);
}

void halve(const uchar *in, qsizetype stride, int width, int height, uchar *out)
{
    const int outWidth = width / 2;
    for (int y = 0; y < height / 2; ++y) {
        const uchar *a = in + 2 * y * stride;
        const uchar *b = a + stride;
        uchar *to = out + qsizetype(y) * outWidth;
        int x = 0;
#if defined(__SSE2__)
        const __m128i low = _mm_set1_epi16(0x00ff);
        const __m128i two = _mm_set1_epi16(2);
        const auto quads = [&](int at) {
            const __m128i va = _mm_loadu_si128(reinterpret_cast<const __m128i *>(a + at));
            const __m128i vb = _mm_loadu_si128(reinterpret_cast<const __m128i *>(b + at));
            const __m128i sa = _mm_add_epi16(_mm_and_si128(va, low), _mm_srli_epi16(va, 8));
            const __m128i sb = _mm_add_epi16(_mm_and_si128(vb, low), _mm_srli_epi16(vb, 8));
            return _mm_srli_epi16(_mm_add_epi16(_mm_add_epi16(sa, sb), two), 2);
        };
        for (; x + 16 <= outWidth; x += 16) {
            const __m128i packed = _mm_packus_epi16(quads(2 * x), quads(2 * x + 16));
            _mm_storeu_si128(reinterpret_cast<__m128i *>(to + x), packed);
        }
#endif
        for (; x < outWidth; ++x)
            to[x] = uchar((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) / 4);
    }
}

void packRows(const LumaView &view, uchar *out)
{
    for (int y = 0; y < view.height; ++y) {
        const uchar *from = view.data + y * view.stride;
        uchar *to = out + qsizetype(y) * view.width;
        int x = 0;
#if defined(__SSE2__)
        if (view.pixelStride == 2) {
            const __m128i low = _mm_set1_epi16(0x00ff);
            // The last pixel may be the last byte that exists, so one block is left to the scalar
            // loop.
            for (; x + 17 <= view.width; x += 16) {
                const auto *source = reinterpret_cast<const __m128i *>(from + 2 * x);
                const __m128i left = _mm_and_si128(_mm_loadu_si128(source), low);
                const __m128i right = _mm_and_si128(_mm_loadu_si128(source + 1), low);
                _mm_storeu_si128(reinterpret_cast<__m128i *>(to + x),
                                 _mm_packus_epi16(left, right));
            }
        }
#endif
        for (; x < view.width; ++x)
            to[x] = from[x * view.pixelStride];
    }
}

void Pyramid::setPicture(const LumaView &view)
{
    m_view = view;
    for (Slot &slot : m_slots)
        slot.ready = slot.thresholdsReady = false;
    m_count = 1;
    int side = std::min(view.width, view.height);
    while (m_count < kMaxLevels && side / 2 >= kShortestSide) {
        side /= 2;
        ++m_count;
    }
}

const Level &Pyramid::level(int n)
{
    Slot &slot = m_slots[size_t(n)];
    if (slot.ready)
        return slot.level;
    if (n == 0) {
        slot.level = {m_view.data, m_view.width, m_view.height, m_view.stride, 0};
        if (m_view.pixelStride != 1) {
            slot.pixels.resize(size_t(m_view.width) * size_t(m_view.height));
            packRows(m_view, slot.pixels.data());
            slot.level.data = slot.pixels.data();
            slot.level.stride = m_view.width;
        }
    } else {
        const Level &finer = level(n - 1);
        const int width = finer.width / 2;
        const int height = finer.height / 2;
        slot.pixels.resize(size_t(width) * size_t(height));
        halve(finer.data, finer.stride, finer.width, finer.height, slot.pixels.data());
        slot.level = {slot.pixels.data(), width, height, width, n};
    }
    slot.ready = true;
    return slot.level;
}

const Level &Pyramid::thresholdedLevel(int n)
{
    Slot &slot = m_slots[size_t(n)];
    static_cast<void>(level(n));
    if (slot.thresholdsReady)
        return slot.level;
    Level &level = slot.level;
    if (n == 0 && m_count > 1) {
        // The map of the half-size level serves the full-size one as well and saves a pass over it.
        const Level &half = thresholdedLevel(1);
        level.thresholds = half.thresholds;
        level.cellShift = half.cellShift + 1;
        level.cellsAcross = half.cellsAcross;
        level.cellsDown = half.cellsDown;
        // An odd last row or column has no cell of its own at half size.
        const bool covered = (level.width - 1) >> level.cellShift < half.cellsAcross &&
                             (level.height - 1) >> level.cellShift < half.cellsDown;
        if (covered) {
            slot.thresholdsReady = true;
            return level;
        }
        level.cellShift = 3;
    }
    const int across = (level.width + 7) / 8;
    const int down = (level.height + 7) / 8;
    m_sums.resize(size_t(across) * size_t(down));
    cellSums(level, across, down, m_sums.data());
    m_integral.assign(size_t(across + 1) * size_t(down + 1), 0);
    for (int y = 0; y < down; ++y) {
        quint32 run = 0;
        const quint32 *above = m_integral.data() + qsizetype(y) * (across + 1);
        quint32 *here = m_integral.data() + qsizetype(y + 1) * (across + 1);
        for (int x = 0; x < across; ++x) {
            run += m_sums[size_t(y) * size_t(across) + size_t(x)];
            here[x + 1] = above[x + 1] + run;
        }
    }
    slot.thresholds.resize(m_sums.size());
    for (int y = 0; y < down; ++y) {
        const int y0 = std::max(0, y - kThresholdReach);
        const int y1 = std::min(down, y + kThresholdReach + 1);
        const quint32 *top = m_integral.data() + qsizetype(y0) * (across + 1);
        const quint32 *bottom = m_integral.data() + qsizetype(y1) * (across + 1);
        for (int x = 0; x < across; ++x) {
            const int x0 = std::max(0, x - kThresholdReach);
            const int x1 = std::min(across, x + kThresholdReach + 1);
            const quint32 sum = bottom[x1] - bottom[x0] - top[x1] + top[x0];
            const quint32 pixels = quint32((x1 - x0) * (y1 - y0)) * 64;
            slot.thresholds[size_t(y) * size_t(across) + size_t(x)] =
                    uchar((sum + pixels / 2) / pixels);
        }
    }
    level.thresholds = slot.thresholds.data();
    level.cellsAcross = across;
    level.cellsDown = down;
    slot.thresholdsReady = true;
    return level;
}

Level Pyramid::midrangeLevel(int n)
{
    Level result = level(n);
    const int across = (result.width + 7) / 8;
    const int down = (result.height + 7) / 8;
    m_darkest.assign(size_t(across) * size_t(down), 255);
    m_lightest.assign(size_t(across) * size_t(down), 0);
    for (int y = 0; y < result.height; ++y)
        cellExtremes(result.row(y), result.width, m_darkest.data() + (y / 8) * across,
                     m_lightest.data() + (y / 8) * across);
    spread(across, down, &m_darkest, false);
    spread(across, down, &m_lightest, true);
    m_midrange.resize(m_darkest.size());
    for (size_t i = 0; i < m_midrange.size(); ++i) {
        const int range = m_lightest[i] - m_darkest[i];
        // Nothing is below zero: flat areas have no edges.
        m_midrange[i] = uchar(range < kLeastRange ? 0 : (m_lightest[i] + m_darkest[i] + 1) / 2);
    }
    result.thresholds = m_midrange.data();
    result.cellShift = 3;
    result.cellsAcross = across;
    result.cellsDown = down;
    return result;
}

} // namespace riderport::vision
