// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pyramid.h"
#include "vision/qrreader.h"

namespace riderport::vision {

/// The expensive last resort: ZXing's own search over the whole picture after one of several
/// preprocessings. Worth it only where finder patterns were seen.
class WholeFrame
{
public:
    [[nodiscard]] static int stageCount();
    /// Whether a stage works on the picture as it is instead of on its half.
    [[nodiscard]] static bool fullSize(int stage);
    /// Precondition: 0 <= stage < stageCount().
    [[nodiscard]] std::optional<QrRead> run(int stage, Pyramid *pyramid, bool inverted);

private:
    std::vector<uchar> m_buffer;
};

} // namespace riderport::vision
