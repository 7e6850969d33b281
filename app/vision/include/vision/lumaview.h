// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <vector>

namespace riderport::vision {

/// Brightness of one picture, borrowed: whoever made the view keeps the bytes alive while it is
/// used. Full range, 0 = black. Cheap to copy.
struct LumaView
{
    const uchar *data = nullptr; ///< first brightness byte (already past an offset, as in UYVY)
    int width = 0;               ///< pixels
    int height = 0;              ///< pixels
    qsizetype stride = 0;        ///< bytes from one row to the next, >= width * pixelStride
    int pixelStride = 1;         ///< bytes from one pixel to the next: 1 for planes, 2 for YUYV

    /// True when there is nothing to look at or the numbers contradict each other.
    [[nodiscard]] bool isNull() const
    {
        return !data || width <= 0 || height <= 0 || pixelStride < 1 ||
               stride < qsizetype(width - 1) * pixelStride + 1;
    }
};

/// A brightness plane that owns its bytes, one byte per pixel, rows packed.
struct LumaImage
{
    std::vector<uchar> bytes;
    int width = 0;
    int height = 0;

    [[nodiscard]] LumaView view() const { return {bytes.data(), width, height, width, 1}; }
};

} // namespace riderport::vision
