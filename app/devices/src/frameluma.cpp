// SPDX-License-Identifier: Apache-2.0
#include "frameluma.h"

#include "log.h"

#include <QImage>

namespace riderport::devices {

Q_LOGGING_CATEGORY(lcDevices, "riderport.devices")

using vision::LumaView;

namespace {

struct Layout
{
    int offset = 0;
    int pixelStride = 0; ///< 0: no brightness to point at
};

Layout layoutOf(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_YUV420P:
    case QVideoFrameFormat::Format_YUV422P:
    case QVideoFrameFormat::Format_YV12:
    case QVideoFrameFormat::Format_NV12:
    case QVideoFrameFormat::Format_NV21:
    case QVideoFrameFormat::Format_IMC1:
    case QVideoFrameFormat::Format_IMC2:
    case QVideoFrameFormat::Format_IMC3:
    case QVideoFrameFormat::Format_IMC4:
    case QVideoFrameFormat::Format_Y8:
        return {0, 1};
    case QVideoFrameFormat::Format_YUYV:
        return {0, 2};
    case QVideoFrameFormat::Format_UYVY:
        return {1, 2};
    case QVideoFrameFormat::Format_P010:
    case QVideoFrameFormat::Format_P016:
    case QVideoFrameFormat::Format_Y16:
        // Little endian with the significant bits on top: the second byte is an 8-bit picture.
        return {1, 2};
    default:
        return {};
    }
}

} // namespace

FrameLuma::Mapping FrameLuma::map(QVideoFrame frame)
{
    if (!frame.isValid())
        return {};
    if (frame.handleType() != QVideoFrame::NoHandle && !m_handleLogged) {
        // Reading such frames back from the GPU costs milliseconds; staff should know.
        m_handleLogged = true;
        qCWarning(lcDevices, "camera frames are on the GPU and must be read back");
    }
    if (!frame.map(QVideoFrame::ReadOnly))
        return {};
    const auto format = frame.pixelFormat();
    if (format == QVideoFrameFormat::Format_Jpeg) {
        const LumaView view = fromJpeg(frame);
        return {std::move(frame), view};
    }
    const Layout layout = layoutOf(format);
    if (!layout.pixelStride) {
        const LumaView view = fromImage(frame);
        return {std::move(frame), view};
    }
    LumaView view = {frame.bits(0) + layout.offset, frame.width(), frame.height(),
                     frame.bytesPerLine(0), layout.pixelStride};
    // A driver that lies about its buffer must not make us read past it.
    const qsizetype needed = qsizetype(view.height - 1) * view.stride + layout.offset +
                             qsizetype(view.width - 1) * view.pixelStride + 1;
    if (view.isNull() || needed > frame.mappedBytes(0))
        view = {};
    return {std::move(frame), view};
}

LumaView FrameLuma::fromJpeg(const QVideoFrame &frame)
{
    const QByteArrayView bytes(frame.bits(0), frame.mappedBytes(0));
    // Cameras drop or cut a frame now and then; the next one is only a thirtieth of a second away.
    if (!m_jpeg.decode(bytes, &m_image))
        return {};
    return m_image.view();
}

LumaView FrameLuma::fromImage(const QVideoFrame &frame)
{
    const QImage image = frame.toImage().convertToFormat(QImage::Format_RGB32);
    if (image.isNull())
        return {};
    m_image.width = image.width();
    m_image.height = image.height();
    m_image.bytes.resize(size_t(image.width()) * size_t(image.height()));
    auto to = m_image.bytes.begin();
    for (int y = 0; y < image.height(); ++y) {
        const auto *row = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x)
            *to++ = uchar((77 * qRed(row[x]) + 150 * qGreen(row[x]) + 29 * qBlue(row[x])) >> 8);
    }
    return m_image.view();
}

} // namespace riderport::devices
