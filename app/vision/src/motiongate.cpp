// SPDX-License-Identifier: Apache-2.0
#include "motiongate.h"

#include <algorithm>
#include <cmath>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace riderport::vision {
namespace {

constexpr int kBlock = 32;
constexpr int kRowStep = 4;
/// Grey levels a block mean must move to count as change.
constexpr float kThreshold = 2.5F;

quint32 rowSum(const uchar *from, int count, int pixelStride)
{
    quint32 sum = 0;
    int i = 0;
#if defined(__SSE2__)
    if (pixelStride == 1 && count == kBlock) {
        const __m128i zero = _mm_setzero_si128();
        const auto *block = reinterpret_cast<const __m128i *>(from);
        const __m128i total = _mm_add_epi32(_mm_sad_epu8(_mm_loadu_si128(block), zero),
                                            _mm_sad_epu8(_mm_loadu_si128(block + 1), zero));
        return quint32(_mm_cvtsi128_si32(total)) +
               quint32(_mm_cvtsi128_si32(_mm_srli_si128(total, 8)));
    }
#endif
    for (; i < count; ++i)
        sum += from[i * pixelStride];
    return sum;
}

} // namespace

void MotionGate::blockMeans(const LumaView &view)
{
    const int across = (view.width + kBlock - 1) / kBlock;
    const int down = (view.height + kBlock - 1) / kBlock;
    m_means.resize(size_t(across) * size_t(down));
    m_sums.resize(size_t(across));
    for (int by = 0; by < down; ++by) {
        std::fill(m_sums.begin(), m_sums.end(), 0U);
        int rows = 0;
        for (int y = by * kBlock; y < std::min(view.height, (by + 1) * kBlock); y += kRowStep) {
            const uchar *row = view.data + y * view.stride;
            for (int bx = 0; bx < across; ++bx) {
                const int x = bx * kBlock;
                m_sums[size_t(bx)] += rowSum(row + x * view.pixelStride,
                                             std::min(kBlock, view.width - x), view.pixelStride);
            }
            ++rows;
        }
        for (int bx = 0; bx < across; ++bx) {
            const int columns = std::min(kBlock, view.width - bx * kBlock);
            m_means[size_t(by) * size_t(across) + size_t(bx)] =
                    float(m_sums[size_t(bx)]) / float(rows * columns);
        }
    }
}

bool MotionGate::changed(const LumaView &view)
{
    blockMeans(view);
    bool different = view.width != m_width || view.height != m_height ||
                     m_means.size() != m_reference.size();
    for (size_t i = 0; !different && i < m_means.size(); ++i)
        different = std::abs(m_means[i] - m_reference[i]) > kThreshold;
    if (!different)
        return false;
    m_width = view.width;
    m_height = view.height;
    m_reference.swap(m_means);
    return true;
}

} // namespace riderport::vision
