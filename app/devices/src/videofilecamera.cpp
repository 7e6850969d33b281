// SPDX-License-Identifier: Apache-2.0
#include "devices/videofilecamera.h"

#include <QMediaPlayer>
#include <QVideoSink>

namespace riderport::devices {

using namespace Qt::StringLiterals;

VideoFileCamera::VideoFileCamera(const QUrl &file, QObject *parent)
    : Camera(parent)
    , m_file(file)
{}

VideoFileCamera::~VideoFileCamera()
{
    stop();
}

void VideoFileCamera::start()
{
    if (m_player)
        return;
    setState(State::Starting);
    m_sink = std::make_unique<QVideoSink>();
    m_player = std::make_unique<QMediaPlayer>();
    connect(
            m_sink.get(), &QVideoSink::videoFrameChanged, this,
            [this](const QVideoFrame &frame) { deliver(frame); }, Qt::DirectConnection);
    connect(
            m_player.get(), &QMediaPlayer::errorOccurred, this,
            [this](QMediaPlayer::Error error, const QString &) {
                if (error != QMediaPlayer::NoError)
                    setState(State::Failed, u"camera.file"_s);
            },
            Qt::QueuedConnection);
    // Qt 6.4 loops by seeking, which some backends lose for files without an index: start over.
    connect(
            m_player.get(), &QMediaPlayer::mediaStatusChanged, this,
            [this](QMediaPlayer::MediaStatus status) {
                if (status == QMediaPlayer::EndOfMedia && m_player) {
                    m_player->setPosition(0);
                    m_player->play();
                }
            },
            Qt::QueuedConnection);
    m_player->setVideoSink(m_sink.get());
    m_player->setSource(m_file);
    m_player->play();
}

void VideoFileCamera::stop()
{
    if (m_player) {
        m_player->stop();
        m_sink->disconnect(this);
        m_player->setVideoSink(nullptr);
        m_player.reset();
        m_sink.reset();
    }
    discardFrames();
    setState(State::Absent);
}

} // namespace riderport::devices
