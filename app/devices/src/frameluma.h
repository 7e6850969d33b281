// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/jpegluma.h"

#include <QVideoFrame>

namespace riderport::devices {

/// Gets at the brightness of a video frame without copying where the format allows it: planar and
/// semi-planar YUV, grey, packed 4:2:2, and the high bytes of 16-bit formats. Motion-JPEG is
/// decoded luma only, RGB is converted. One object per thread.
class FrameLuma
{
public:
    /// Keeps the frame mapped as long as it lives.
    class Mapping
    {
    public:
        Mapping() = default;
        Mapping(QVideoFrame frame, vision::LumaView view)
            : m_frame(std::move(frame))
            , m_view(view)
        {}
        Mapping(Mapping &&other) noexcept
            : m_frame(std::move(other.m_frame))
            , m_view(std::exchange(other.m_view, {}))
        {
            other.m_frame = {};
        }
        Mapping(const Mapping &) = delete;
        Mapping &operator=(const Mapping &) = delete;
        ~Mapping()
        {
            if (m_frame.isMapped())
                m_frame.unmap();
        }
        /// Null when the frame cannot be read.
        [[nodiscard]] const vision::LumaView &view() const { return m_view; }

    private:
        QVideoFrame m_frame;
        vision::LumaView m_view;
    };

    [[nodiscard]] Mapping map(QVideoFrame frame);

private:
    [[nodiscard]] vision::LumaView fromJpeg(const QVideoFrame &frame);
    [[nodiscard]] vision::LumaView fromImage(const QVideoFrame &frame);

    vision::JpegLuma m_jpeg;
    vision::LumaImage m_image;
    bool m_handleLogged = false;
};

} // namespace riderport::devices
