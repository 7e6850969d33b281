// SPDX-License-Identifier: Apache-2.0
#include "devices/frameinjectioncamera.h"

#include <QVideoSink>

namespace riderport::devices {

FrameInjectionCamera::FrameInjectionCamera(QObject *parent)
    : Camera(parent)
    , m_sink(std::make_unique<QVideoSink>())
{
    connect(
            m_sink.get(), &QVideoSink::videoFrameChanged, this,
            [this](const QVideoFrame &frame) { deliver(frame); }, Qt::DirectConnection);
}

FrameInjectionCamera::~FrameInjectionCamera() = default;

void FrameInjectionCamera::start()
{
    if (m_running)
        return;
    m_running = true;
    setState(State::Starting);
}

void FrameInjectionCamera::stop()
{
    m_running = false;
    m_sink->setVideoFrame({});
    discardFrames();
    setState(State::Absent);
}

void FrameInjectionCamera::inject(const QVideoFrame &frame)
{
    if (m_running)
        m_sink->setVideoFrame(frame);
}

void FrameInjectionCamera::injectFailure(State state, const QString &error)
{
    m_running = false;
    discardFrames();
    setState(state, error);
}

} // namespace riderport::devices
