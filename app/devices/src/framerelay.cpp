// SPDX-License-Identifier: Apache-2.0
#include "framerelay.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace riderport::devices {
namespace {

/// Least time between two previews and between two looks while nothing moves, milliseconds.
constexpr qint64 kPreviewEveryMs = 1000 / 15;
constexpr qint64 kRestingEveryMs = 1000 / 8;

qint64 nowMs()
{
    return QDeadlineTimer::current(Qt::PreciseTimer).deadline();
}

} // namespace

FrameRelay::~FrameRelay()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_quit = true;
        m_waiting = {};
        m_hasWaiting = false;
        m_wake.wakeAll();
    }
    wait();
}

void FrameRelay::post(const QVideoFrame &frame)
{
    ++m_arrived;
    // Pacing happens before the hand-over, so a resting camera wakes no thread at all.
    const qint64 pace = !m_resting ? 0 : m_preview ? kPreviewEveryMs : kRestingEveryMs;
    if (pace && nowMs() - m_lastLookMs < pace)
        return;
    const QMutexLocker lock(&m_mutex);
    if (m_quit)
        return;
    if (m_hasWaiting)
        ++m_dropped;
    m_waiting = frame;
    m_hasWaiting = true;
    if (!isRunning())
        start();
    m_wake.wakeOne();
}

void FrameRelay::setConsumer(LumaConsumer *consumer)
{
    const QMutexLocker lock(&m_consumerMutex);
    m_consumer = consumer;
    m_resting = false;
}

void FrameRelay::setPreview(bool on, int longSide)
{
    m_previewSide = std::clamp(longSide, 16, 1920);
    m_preview = on;
}

void FrameRelay::discard()
{
    const QMutexLocker lock(&m_mutex);
    m_waiting = {};
    m_hasWaiting = false;
    m_first = true;
    m_resting = false;
}

void FrameRelay::run()
{
    while (true) {
        QVideoFrame frame;
        bool first = false;
        {
            QMutexLocker lock(&m_mutex);
            while (!m_hasWaiting && !m_quit)
                m_wake.wait(&m_mutex);
            if (m_quit)
                return;
            frame = m_waiting;
            m_waiting = {};
            m_hasWaiting = false;
            first = std::exchange(m_first, false);
        }
        m_lastLookMs = nowMs();
        if (first)
            onFirstFrame();
        look(frame);
    }
}

void FrameRelay::look(const QVideoFrame &frame)
{
    const FrameLuma::Mapping mapping = m_luma.map(frame);
    if (mapping.view().isNull())
        return;
    {
        const QMutexLocker lock(&m_consumerMutex);
        m_resting = !m_consumer ||
                    m_consumer->consume(mapping.view()) == LumaConsumer::Interest::Resting;
    }
    const qint64 now = nowMs();
    if (m_preview && now - m_lastPreviewMs >= kPreviewEveryMs) {
        m_lastPreviewMs = now;
        makePreview(mapping.view());
    }
}

void FrameRelay::makePreview(const vision::LumaView &view)
{
    const int side = m_previewSide;
    const int factor = std::max(1, (std::max(view.width, view.height) + side - 1) / side);
    QImage image(view.width / factor, view.height / factor, QImage::Format_Grayscale8);
    if (image.isNull())
        return;
    // Two by two samples of each block are smooth enough for aiming.
    const qsizetype half = factor / 2;
    for (int y = 0; y < image.height(); ++y) {
        const uchar *top = view.data + qsizetype(y) * factor * view.stride;
        const uchar *bottom = top + half * view.stride;
        uchar *to = image.scanLine(y);
        const qsizetype step = qsizetype(factor) * view.pixelStride;
        const qsizetype beside = half * view.pixelStride;
        for (int x = 0; x < image.width(); ++x) {
            const qsizetype at = x * step;
            to[x] = uchar((top[at] + top[at + beside] + bottom[at] + bottom[at + beside]) / 4);
        }
    }
    onPreview(image);
}

} // namespace riderport::devices
