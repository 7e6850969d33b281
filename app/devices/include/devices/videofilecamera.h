// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/camera.h"

#include <QUrl>

class QMediaPlayer;
class QVideoSink;

namespace riderport::devices {

/// Plays a video file over and over as if it were a camera: for demonstrations and tests. The
/// caller picks the multimedia backend (environment QT_MEDIA_BACKEND=ffmpeg drops no frames).
class VideoFileCamera final : public Camera
{
    Q_OBJECT
public:
    explicit VideoFileCamera(const QUrl &file, QObject *parent = nullptr);
    ~VideoFileCamera() override;

    void start() override;
    void stop() override;

private:
    QUrl m_file;
    std::unique_ptr<QVideoSink> m_sink;
    std::unique_ptr<QMediaPlayer> m_player;
};

} // namespace riderport::devices
