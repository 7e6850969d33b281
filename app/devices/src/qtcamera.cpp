// SPDX-License-Identifier: Apache-2.0
#include "devices/qtcamera.h"

#include "log.h"

#include <QCamera>
#include <QCameraDevice>
#include <QMediaCaptureSession>
#include <QMediaDevices>
#include <QVideoSink>

#include <algorithm>

namespace riderport::devices {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWatchEveryMs = 5000;
constexpr int kFirstRetryMs = 2000;
constexpr int kLastRetryMs = 30'000;

/// Higher is better.
float suitability(const CameraMode &mode)
{
    const float lines = float(std::min(mode.size.width(), mode.size.height()));
    float score = 0;
    // Two pixels per module are the floor, so lines matter up to 1080; beyond they only cost.
    score += std::min(lines, 1080.0F) / 1080.0F * 4.0F;
    score -= std::max(0.0F, lines - 1080.0F) / 1080.0F * 2.0F;
    score += std::min(mode.framesPerSecond, 24.0F) / 24.0F * 4.0F;
    score += std::min(mode.framesPerSecond, 30.0F) / 30.0F * 0.2F;
    score -= mode.jpeg ? 0.5F : 0.0F;
    return score;
}

} // namespace

std::optional<size_t> bestCameraMode(const std::vector<CameraMode> &modes)
{
    const auto best = std::max_element(modes.begin(), modes.end(),
                                       [](const CameraMode &a, const CameraMode &b) {
                                           return suitability(a) < suitability(b);
                                       });
    if (best == modes.end())
        return std::nullopt;
    return size_t(best - modes.begin());
}

QtCamera::QtCamera(const QByteArray &deviceId, QObject *parent)
    : Camera(parent)
    , m_deviceId(deviceId)
{
    m_retry.setSingleShot(true);
    m_watch.setInterval(kWatchEveryMs);
    connect(&m_retry, &QTimer::timeout, this, &QtCamera::open);
    connect(&m_watch, &QTimer::timeout, this, &QtCamera::onWatch);
}

QtCamera::~QtCamera()
{
    close();
}

void QtCamera::start()
{
    if (m_wanted)
        return;
    m_wanted = true;
    m_failures = 0;
    if (!m_devices) {
        m_devices = std::make_unique<QMediaDevices>();
        connect(m_devices.get(), &QMediaDevices::videoInputsChanged, this,
                &QtCamera::onDevicesChanged);
    }
    open();
}

void QtCamera::stop()
{
    m_wanted = false;
    m_retry.stop();
    close();
    setState(State::Absent);
}

QCameraDevice QtCamera::chosenDevice() const
{
    if (m_deviceId.isEmpty())
        return QMediaDevices::defaultVideoInput();
    const QList<QCameraDevice> inputs = QMediaDevices::videoInputs();
    for (const QCameraDevice &device : inputs) {
        if (device.id() == m_deviceId)
            return device;
    }
    return {};
}

void QtCamera::open()
{
    close();
    const QCameraDevice device = chosenDevice();
    if (device.isNull()) {
        setState(State::Absent, u"camera.absent"_s);
        return;
    }
    setState(State::Starting);
    m_session = std::make_unique<QMediaCaptureSession>();
    m_sink = std::make_unique<QVideoSink>();
    m_camera = std::make_unique<QCamera>(device);
    std::vector<CameraMode> modes;
    const QList<QCameraFormat> formats = device.videoFormats();
    for (const QCameraFormat &format : formats) {
        modes.push_back({format.resolution(), format.maxFrameRate(),
                         format.pixelFormat() == QVideoFrameFormat::Format_Jpeg});
    }
    if (const auto best = bestCameraMode(modes))
        m_camera->setCameraFormat(formats[qsizetype(*best)]);
    // Direct: whichever thread delivers, posting to the frame thread is safe and never waits.
    connect(
            m_sink.get(), &QVideoSink::videoFrameChanged, this,
            [this](const QVideoFrame &frame) { deliver(frame); }, Qt::DirectConnection);
    connect(
            m_camera.get(), &QCamera::errorOccurred, this,
            [this](QCamera::Error error, const QString &) {
                if (error != QCamera::NoError)
                    fail(u"camera.broken"_s);
            },
            Qt::QueuedConnection);
    m_session->setVideoSink(m_sink.get());
    m_session->setCamera(m_camera.get());
    m_framesSeen = framesArrived();
    m_camera->start();
    m_watch.start();
}

void QtCamera::close()
{
    m_watch.stop();
    if (m_camera)
        m_camera->stop();
    if (m_sink)
        m_sink->disconnect(this);
    m_session.reset();
    m_camera.reset();
    m_sink.reset();
    discardFrames();
}

void QtCamera::fail(const QString &code)
{
    if (!m_wanted || !m_camera)
        return;
    close();
    setState(State::Failed, code);
    m_retry.start(std::min(kLastRetryMs, kFirstRetryMs << std::min(m_failures++, 8)));
}

void QtCamera::onDevicesChanged()
{
    if (!m_wanted)
        return;
    if (chosenDevice().isNull()) {
        m_retry.stop();
        close();
        setState(State::Absent, u"camera.absent"_s);
    } else if (!m_camera) {
        m_failures = 0;
        m_retry.stop();
        open();
    }
}

void QtCamera::onWatch()
{
    const quint64 arrived = framesArrived();
    if (arrived == m_framesSeen) {
        fail(u"camera.stalled"_s);
        return;
    }
    m_framesSeen = arrived;
    m_failures = 0;
}

} // namespace riderport::devices
