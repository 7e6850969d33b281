// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"

namespace riderport::vision {

/// Tells whether a picture differs from the last one that was worked on. Compares the means of
/// blocks of 32 x 32 pixels over every fourth row: sensor noise averages out, a phone does not.
class MotionGate
{
public:
    /// Compares and, when something changed, remembers this picture as the reference.
    [[nodiscard]] bool changed(const LumaView &view);
    void reset() { m_width = m_height = 0; }

private:
    void blockMeans(const LumaView &view);

    int m_width = 0;
    int m_height = 0;
    std::vector<quint32> m_sums;
    std::vector<float> m_means;
    std::vector<float> m_reference;
};

} // namespace riderport::vision
