// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/camera.h"
#include "frameluma.h"

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <atomic>
#include <functional>

namespace riderport::devices {

/// The frame thread of a camera: one waiting frame, the newest wins.
class FrameRelay final : public QThread
{
public:
    /// Called on the frame thread.
    std::function<void(const QImage &)> onPreview;
    std::function<void()> onFirstFrame;

    ~FrameRelay() override;

    void post(const QVideoFrame &frame);
    void setConsumer(LumaConsumer *consumer);
    void setPreview(bool on, int longSide);
    /// Drops the waiting frame; the next one counts as the first again.
    void discard();

    [[nodiscard]] quint64 arrived() const { return m_arrived; }
    [[nodiscard]] quint64 dropped() const { return m_dropped; }

protected:
    void run() override;

private:
    void look(const QVideoFrame &frame);
    void makePreview(const vision::LumaView &view);

    QMutex m_mutex;
    QWaitCondition m_wake;
    QVideoFrame m_waiting;
    bool m_hasWaiting = false;
    bool m_quit = false;
    bool m_first = true;

    /// Held while the consumer runs.
    QMutex m_consumerMutex;
    LumaConsumer *m_consumer = nullptr;

    std::atomic<bool> m_preview{false};
    std::atomic<int> m_previewSide{480};
    std::atomic<bool> m_resting{false};
    std::atomic<quint64> m_arrived{0};
    std::atomic<quint64> m_dropped{0};
    std::atomic<qint64> m_lastLookMs{-1'000'000};
    qint64 m_lastPreviewMs = -1'000'000;
    FrameLuma m_luma;
};

} // namespace riderport::devices
