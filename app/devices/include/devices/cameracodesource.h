// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/camera.h"
#include "devices/codesource.h"

namespace riderport::devices {

/// Reads QR codes from a camera with the kiosk's pipeline, on the camera's frame thread.
class CameraCodeSource final : public CodeSource
{
    Q_OBJECT
public:
    /// Both must outlive this object. The camera serves one consumer: this one while started.
    CameraCodeSource(Camera *camera, const base::Clock *clock, QObject *parent = nullptr);
    ~CameraCodeSource() override;

    /// Starts the camera too; stop() stops it.
    void start() override;
    void stop() override;
    [[nodiscard]] Kind kind() const override { return Kind::Camera; }

private:
    class Reader;

    void onCameraState();
    void onRead(const QString &text);
    void onHint(Hint hint);

    Camera *m_camera;
    std::unique_ptr<Reader> m_reader;
    Hint m_hint = Hint::None;
    bool m_running = false;
};

} // namespace riderport::devices
