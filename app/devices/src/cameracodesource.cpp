// SPDX-License-Identifier: Apache-2.0
#include "devices/cameracodesource.h"

#include "vision/qrreader.h"

namespace riderport::devices {

using vision::QrHint;

namespace {

/// Frames without anything to see after which the camera may rest; two seconds at 30 a second.
constexpr int kQuietFrames = 60;
/// Frames a hint must persist before it is shown, so that passing blur does not flicker.
constexpr int kHintFrames = 6;

CodeSource::Hint toHint(QrHint hint)
{
    switch (hint) {
    case QrHint::None:
        break;
    case QrHint::Closer:
        return CodeSource::Hint::Closer;
    case QrHint::Tilted:
        return CodeSource::Hint::Tilted;
    case QrHint::Brighter:
        return CodeSource::Hint::Brighter;
    case QrHint::Glare:
        return CodeSource::Hint::Glare;
    }
    return CodeSource::Hint::None;
}

} // namespace

/// The part that runs on the camera's frame thread.
class CameraCodeSource::Reader final : public LumaConsumer
{
public:
    explicit Reader(CameraCodeSource *owner)
        : m_owner(owner)
    {}

    Interest consume(const vision::LumaView &view) override
    {
        const vision::QrOutcome outcome = m_reader.readFrame(view);
        if (outcome.skipped)
            return ++m_quiet > kQuietFrames ? Interest::Resting : Interest::Every;
        m_quiet = 0;
        if (outcome.read) {
            QMetaObject::invokeMethod(
                    m_owner, [owner = m_owner, text = outcome.read->text] { owner->onRead(text); },
                    Qt::QueuedConnection);
        }
        const Hint hint = toHint(outcome.hint);
        m_hintFrames = hint == m_hint ? m_hintFrames + 1 : 0;
        m_hint = hint;
        if (m_hintFrames == kHintFrames || outcome.read) {
            QMetaObject::invokeMethod(
                    m_owner, [owner = m_owner, hint] { owner->onHint(hint); },
                    Qt::QueuedConnection);
        }
        return Interest::Every;
    }

private:
    CameraCodeSource *m_owner;
    vision::QrReader m_reader;
    int m_quiet = 0;
    int m_hintFrames = 0;
    Hint m_hint = Hint::None;
};

CameraCodeSource::CameraCodeSource(Camera *camera, const base::Clock *clock, QObject *parent)
    : CodeSource(clock, parent)
    , m_camera(camera)
{
    connect(camera, &Camera::stateChanged, this, &CameraCodeSource::onCameraState);
}

CameraCodeSource::~CameraCodeSource()
{
    if (m_running)
        m_camera->setConsumer(nullptr);
}

void CameraCodeSource::start()
{
    if (m_running)
        return;
    m_running = true;
    m_reader = std::make_unique<Reader>(this);
    m_camera->setConsumer(m_reader.get());
    m_camera->start();
    onCameraState();
}

void CameraCodeSource::stop()
{
    if (!m_running)
        return;
    m_running = false;
    m_camera->setConsumer(nullptr);
    m_reader.reset();
    m_camera->stop();
    onHint(Hint::None);
    setState(State::Stopped);
}

void CameraCodeSource::onCameraState()
{
    if (!m_running)
        return;
    switch (m_camera->state()) {
    case Camera::State::Absent:
        setState(State::Absent);
        break;
    case Camera::State::Starting:
        break;
    case Camera::State::Live:
        setState(State::Ready);
        break;
    case Camera::State::Failed:
        setState(State::Failed);
        break;
    }
    if (m_camera->state() != Camera::State::Live)
        onHint(Hint::None);
}

void CameraCodeSource::onRead(const QString &text)
{
    // A read may still be queued when the source was stopped.
    if (m_running)
        publish(text);
}

void CameraCodeSource::onHint(Hint hint)
{
    if (hint == m_hint)
        return;
    m_hint = hint;
    Q_EMIT scanHint(hint);
}

} // namespace riderport::devices
