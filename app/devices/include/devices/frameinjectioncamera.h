// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/camera.h"

class QVideoSink;

namespace riderport::devices {

/// Frames handed in by hand, taking the same way through a video sink as those of a real camera:
/// for tests and simulations.
class FrameInjectionCamera final : public Camera
{
    Q_OBJECT
public:
    explicit FrameInjectionCamera(QObject *parent = nullptr);
    ~FrameInjectionCamera() override;

    void start() override;
    void stop() override;

    /// GUI thread. Ignored while stopped.
    void inject(const QVideoFrame &frame);
    /// Plays a fault: the camera is unplugged or broken until the next start().
    void injectFailure(State state, const QString &error);

private:
    std::unique_ptr<QVideoSink> m_sink;
    bool m_running = false;
};

} // namespace riderport::devices
