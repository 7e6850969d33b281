// SPDX-License-Identifier: Apache-2.0
#include "devices/cameracodesource.h"
#include "devices/videofilecamera.h"

#include "support/fakeclock.h"
#include "vision/qrwriter.h"

#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport::devices;
using riderport::test::FakeClock;
using riderport::vision::QrWriter;
using namespace Qt::StringLiterals;

class TestVideoFileCamera : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheCodeOfAVideoAndLoops();
    void missingFileFails();
};

void TestVideoFileCamera::readsTheCodeOfAVideoAndLoops()
{
    const QString ffmpeg = QStandardPaths::findExecutable(u"ffmpeg"_s);
    if (ffmpeg.isEmpty())
        QSKIP("the ffmpeg program makes the video of this test");
    QTemporaryDir folder;
    const QImage code = QrWriter::image(u"K1:FROM A VIDEO"_s, 5).value();
    for (int i = 0; i < 10; ++i) {
        QImage image(640, 360, QImage::Format_RGB32);
        image.fill(QColor(120, 130, 140));
        QPainter painter(&image);
        painter.drawImage(20 + 15 * i, 60, code);
        painter.end();
        QVERIFY(image.save(folder.filePath(u"%1.png"_s.arg(i, 2, 10, QChar(u'0')))));
    }
    const QString video = folder.filePath(u"phone.mkv"_s);
    QCOMPARE(QProcess::execute(ffmpeg, {u"-v"_s, u"error"_s, u"-framerate"_s, u"20"_s, u"-i"_s,
                                        folder.filePath(u"%02d.png"_s), u"-c:v"_s, u"mjpeg"_s,
                                        u"-q:v"_s, u"3"_s, u"-pix_fmt"_s, u"yuvj420p"_s, video}),
             0);
    FakeClock clock;
    VideoFileCamera camera(QUrl::fromLocalFile(video));
    CameraCodeSource source(&camera, &clock);
    QSignalSpy read(&source, &CodeSource::codeRead);
    source.start();
    QTRY_VERIFY_WITH_TIMEOUT(read.size() >= 1, 15000);
    QCOMPARE(read[0][0].toString(), u"K1:FROM A VIDEO"_s);
    QCOMPARE(camera.state(), Camera::State::Live);
    // More frames than the file has: it started over.
    QTRY_VERIFY_WITH_TIMEOUT(camera.framesArrived() > 15, 15000);
    source.stop();
    QCOMPARE(camera.state(), Camera::State::Absent);
    QCOMPARE(source.state(), CodeSource::State::Stopped);
}

void TestVideoFileCamera::missingFileFails()
{
    VideoFileCamera camera(QUrl::fromLocalFile(u"/nonexistent/video.mkv"_s));
    camera.start();
    QTRY_COMPARE(camera.state(), Camera::State::Failed);
    QCOMPARE(camera.error(), u"camera.file"_s);
    camera.stop();
    QCOMPARE(camera.state(), Camera::State::Absent);
}

int main(int argc, char **argv)
{
    // This backend delivers every frame.
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QGuiApplication app(argc, argv);
    TestVideoFileCamera test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_videofilecamera.moc"
