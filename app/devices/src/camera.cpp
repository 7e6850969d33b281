// SPDX-License-Identifier: Apache-2.0
#include "devices/camera.h"

#include "framerelay.h"
#include "log.h"

namespace riderport::devices {

Camera::Camera(QObject *parent)
    : QObject(parent)
    , m_relay(std::make_unique<FrameRelay>())
{
    m_relay->onPreview = [this](const QImage &image) {
        QMetaObject::invokeMethod(
                this, [this, image] { Q_EMIT previewChanged(image); }, Qt::QueuedConnection);
    };
    m_relay->onFirstFrame = [this] {
        QMetaObject::invokeMethod(
                this, [this] { onFirstFrame(); }, Qt::QueuedConnection);
    };
}

Camera::~Camera() = default;

void Camera::setConsumer(LumaConsumer *consumer)
{
    m_relay->setConsumer(consumer);
}

void Camera::setPreview(bool on, int longSide)
{
    m_relay->setPreview(on, longSide);
}

quint64 Camera::framesArrived() const
{
    return m_relay->arrived();
}

quint64 Camera::framesDropped() const
{
    return m_relay->dropped();
}

void Camera::deliver(const QVideoFrame &frame)
{
    if (frame.isValid())
        m_relay->post(frame);
}

void Camera::discardFrames()
{
    m_relay->discard();
}

void Camera::onFirstFrame()
{
    // A frame that was under way when the camera stopped or broke must not revive it.
    if (m_state == State::Starting)
        setState(State::Live);
}

void Camera::setState(State state, const QString &error)
{
    m_error = error;
    if (state == m_state)
        return;
    m_state = state;
    if (state == State::Failed)
        qCWarning(lcDevices, "camera failed: %ls", qUtf16Printable(error));
    Q_EMIT stateChanged(state);
}

} // namespace riderport::devices
