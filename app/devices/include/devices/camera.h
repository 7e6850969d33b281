// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/lumaview.h"

#include <QImage>
#include <QObject>
#include <QVideoFrame>

#include <memory>

namespace riderport::devices {

class FrameRelay;

/// Looks at frames on the camera's own thread.
class LumaConsumer
{
public:
    /// Whether the consumer wants every frame. While all is quiet the camera hands out about eight
    /// frames a second, which keeps an idle kiosk below two percent of a core.
    enum class Interest { Resting, Every };

    virtual ~LumaConsumer() = default;
    /// Frame thread. The bytes are only borrowed for the call: the picture goes back to the driver
    /// right after it, so nothing may be kept.
    [[nodiscard]] virtual Interest consume(const vision::LumaView &view) = 0;
};

/// A source of pictures. No camera is a state, not an error in the program: Absent and Failed are
/// what the login page must be able to show.
///
/// Lives on the GUI thread and is used from there only. Frames are looked at on one thread of its
/// own, the newest first: what arrives while a frame is being worked on replaces the one waiting.
class Camera : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Absent,   ///< there is no camera, or start() was not called
        Starting, ///< opened, no picture yet
        Live,
        Failed, ///< it is there but does not work; error() says why, it is tried again
    };
    Q_ENUM(State)

    ~Camera() override;

    virtual void start() = 0;
    virtual void stop() = 0;

    [[nodiscard]] State state() const { return m_state; }
    /// Stable code while Absent or Failed: camera.absent, camera.denied, camera.stalled,
    /// camera.broken, camera.file; empty otherwise.
    [[nodiscard]] QString error() const { return m_error; }

    /// Sets who looks at the frames, nullptr for nobody. Returns when the frame thread has left the
    /// previous one, so that it may be destroyed.
    void setConsumer(LumaConsumer *consumer);

    /// Small grey preview pictures, at most 15 a second; off by default since nobody may look.
    /// `longSide` in pixels is the most the longer side may have.
    void setPreview(bool on, int longSide = 480);

    /// Frames that arrived, and those that were replaced before anybody looked.
    [[nodiscard]] quint64 framesArrived() const;
    [[nodiscard]] quint64 framesDropped() const;

Q_SIGNALS:
    void stateChanged(riderport::devices::Camera::State state);
    void previewChanged(const QImage &image);

protected:
    explicit Camera(QObject *parent = nullptr);

    /// Any thread. Takes part of the frame's ownership only until it was looked at or replaced.
    void deliver(const QVideoFrame &frame);
    /// GUI thread.
    void setState(State state, const QString &error = {});
    /// Forgets a waiting frame; stop() calls it so that no buffer of the driver is kept.
    void discardFrames();

private:
    void onFirstFrame();

    State m_state = State::Absent;
    QString m_error;
    std::unique_ptr<FrameRelay> m_relay;
};

} // namespace riderport::devices
