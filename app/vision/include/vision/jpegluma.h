// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vision/lumaview.h"

#include <QByteArrayView>

namespace riderport::vision {

/// Decodes only the brightness of JPEG pictures (ITU-T T.81), as Motion-JPEG cameras deliver them:
/// the colour planes are never converted, and the inverse transform can shrink while it works.
/// Keeps the decompressor: one object per thread, not thread-safe.
class JpegLuma
{
public:
    JpegLuma();
    ~JpegLuma();
    JpegLuma(const JpegLuma &) = delete;
    JpegLuma &operator=(const JpegLuma &) = delete;

    /// Decodes into `image`, reusing its memory. `shrink` is 1, 2, 4 or 8: the picture comes out at
    /// 1/shrink of its size. Truncated pictures are refused rather than half shown.
    /// Errors: jpeg.corrupt (Corrupt), jpeg.toolarge (TooLarge, above 64 megapixels).
    [[nodiscard]] base::Result<void> decode(QByteArrayView jpeg, LumaImage *image, int shrink = 1);

private:
    [[nodiscard]] base::Result<void> decodeOnce(QByteArrayView jpeg, LumaImage *image, int shrink);

    void *m_handle = nullptr;
};

} // namespace riderport::vision
