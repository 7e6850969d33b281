// SPDX-License-Identifier: Apache-2.0
#include "imagesource.h"

#include "vision/jpegluma.h"

#include <QFile>
#include <QImage>

namespace riderport::tools {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDecoderTimeoutMs = 30'000;
constexpr qint64 kMostPixels = 64'000'000;

bool isVideoName(const QString &file)
{
    for (const auto suffix : {".mkv"_L1, ".avi"_L1, ".mp4"_L1, ".mov"_L1, ".webm"_L1}) {
        if (file.endsWith(suffix, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

} // namespace

ImageSource::ImageSource(const QString &file)
    : m_file(file)
    , m_video(isVideoName(file))
{}

ImageSource::~ImageSource()
{
    if (m_decoder.state() != QProcess::NotRunning) {
        m_decoder.kill();
        m_decoder.waitForFinished(kDecoderTimeoutMs);
    }
}

QString ImageSource::name() const
{
    return m_video ? u"%1:%2"_s.arg(m_file).arg(m_frame, 3, 10, QChar(u'0')) : m_file;
}

bool ImageSource::next()
{
    if (m_video)
        return nextFrame();
    if (m_started)
        return false;
    m_started = true;
    return loadPicture();
}

bool ImageSource::loadPicture()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly)) {
        m_error = file.errorString();
        return false;
    }
    const QByteArray bytes = file.readAll();
    if (bytes.startsWith("\xff\xd8")) {
        // The way Motion-JPEG cameras take.
        vision::JpegLuma jpeg;
        if (jpeg.decode(bytes, &m_image).ok())
            return true;
    }
    QImage image = QImage::fromData(bytes);
    if (image.isNull()) {
        m_error = u"not a picture that can be read"_s;
        return false;
    }
    image = image.convertToFormat(QImage::Format_ARGB32);
    m_image.width = image.width();
    m_image.height = image.height();
    m_image.bytes.resize(size_t(image.width()) * size_t(image.height()));
    auto to = m_image.bytes.begin();
    for (int y = 0; y < image.height(); ++y) {
        const auto *row = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const QRgb c = row[x];
            // Rec. 601 weights; what is transparent shows white paper.
            const int grey = (306 * qRed(c) + 601 * qGreen(c) + 117 * qBlue(c) + 512) >> 10;
            *to++ = uchar((grey * qAlpha(c) + 255 * (255 - qAlpha(c))) / 255);
        }
    }
    return true;
}

QByteArray ImageSource::readExactly(qint64 size)
{
    while (m_decoder.bytesAvailable() < size) {
        if (!m_decoder.waitForReadyRead(kDecoderTimeoutMs))
            break;
    }
    return m_decoder.read(size);
}

bool ImageSource::nextFrame()
{
    if (!m_started) {
        m_started = true;
        // Frames come as a stream of PGM pictures: each one says its size. No frame is dropped.
        m_decoder.start(u"ffmpeg"_s,
                        {u"-v"_s, u"error"_s, u"-nostdin"_s, u"-i"_s, m_file, u"-f"_s,
                         u"image2pipe"_s, u"-c:v"_s, u"pgm"_s, u"-pix_fmt"_s, u"gray"_s,
                         u"-fps_mode"_s, u"passthrough"_s, u"-"_s},
                        QIODevice::ReadOnly);
        if (!m_decoder.waitForStarted(kDecoderTimeoutMs)) {
            m_error = u"the ffmpeg program cannot be started"_s;
            return false;
        }
    }
    // "P5\n1280 720\n255\n"
    QByteArray header;
    while (header.count('\n') < 3 && header.size() < 64) {
        const QByteArray byte = readExactly(1);
        if (byte.isEmpty())
            break;
        header += byte;
    }
    const QList<QByteArray> lines = header.split('\n');
    const QList<QByteArray> size = lines.size() > 1 ? lines[1].split(' ') : QList<QByteArray>();
    const qint64 width = size.value(0).toLongLong();
    const qint64 height = size.value(1).toLongLong();
    if (lines[0] != "P5" || width <= 0 || height <= 0 || width * height > kMostPixels) {
        m_decoder.waitForFinished(kDecoderTimeoutMs);
        if (!header.isEmpty() || m_decoder.exitCode() != 0 || m_frame < 0)
            m_error = QString::fromUtf8(m_decoder.readAllStandardError()).trimmed();
        return false;
    }
    const QByteArray pixels = readExactly(width * height);
    if (pixels.size() != width * height) {
        m_error = u"the video ends within a frame"_s;
        return false;
    }
    m_image.width = int(width);
    m_image.height = int(height);
    m_image.bytes.assign(pixels.begin(), pixels.end());
    ++m_frame;
    return true;
}

} // namespace riderport::tools
