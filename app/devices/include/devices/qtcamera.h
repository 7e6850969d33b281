// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/camera.h"

#include <QSize>
#include <QTimer>

#include <optional>
#include <vector>

class QCamera;
class QCameraDevice;
class QMediaCaptureSession;
class QMediaDevices;
class QVideoSink;

namespace riderport::devices {

/// What a camera offers, as far as choosing needs it.
struct CameraMode
{
    QSize size;
    float framesPerSecond = 0;
    bool jpeg = false; ///< each frame must be decompressed first
};

/// Index of the mode that suits reading codes: enough pixels (720 to 1080 lines), at least 24
/// frames a second, uncompressed if that costs neither. Empty for an empty list.
[[nodiscard]] std::optional<size_t> bestCameraMode(const std::vector<CameraMode> &modes);

/// A camera of the machine through Qt Multimedia. Follows plugging and unplugging, and a camera
/// that fails or stops delivering is opened again after 2, 4, 8 … at most 30 seconds.
class QtCamera final : public Camera
{
    Q_OBJECT
public:
    /// `deviceId` names one camera (the id that Qt gives it, such as /dev/video0); empty takes the
    /// system's default.
    explicit QtCamera(const QByteArray &deviceId = {}, QObject *parent = nullptr);
    ~QtCamera() override;

    void start() override;
    void stop() override;

private:
    void open();
    void close();
    void fail(const QString &code);
    void onDevicesChanged();
    void onWatch();
    [[nodiscard]] QCameraDevice chosenDevice() const;

    QByteArray m_deviceId;
    std::unique_ptr<QMediaDevices> m_devices;
    std::unique_ptr<QMediaCaptureSession> m_session;
    std::unique_ptr<QVideoSink> m_sink;
    std::unique_ptr<QCamera> m_camera;
    QTimer m_retry;
    QTimer m_watch;
    int m_failures = 0;
    quint64 m_framesSeen = 0;
    bool m_wanted = false;
};

} // namespace riderport::devices
