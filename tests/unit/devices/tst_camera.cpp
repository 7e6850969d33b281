// SPDX-License-Identifier: Apache-2.0
#include "devices/cameracodesource.h"
#include "devices/frameinjectioncamera.h"
#include "devices/qtcamera.h"

#include "support/fakeclock.h"
#include "vision/qrwriter.h"

#include <QBuffer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <cstring>

using namespace riderport::devices;
using namespace riderport::vision;
using riderport::test::FakeClock;
using namespace Qt::StringLiterals;

namespace {

QImage codePicture(const QString &text, int width = 640, int height = 480)
{
    const QImage code = QrWriter::image(text, 6).value();
    QImage image(width, height, QImage::Format_Grayscale8);
    image.fill(140);
    for (int y = 0; y < code.height(); ++y)
        std::memcpy(image.scanLine(y + 40) + 60, code.constScanLine(y), size_t(code.width()));
    return image;
}

QVideoFrame frameOf(const QImage &grey, QVideoFrameFormat::PixelFormat format)
{
    QVideoFrame frame(QVideoFrameFormat(grey.size(), format));
    if (!frame.map(QVideoFrame::WriteOnly))
        return {};
    for (int plane = 0; plane < frame.planeCount(); ++plane)
        std::memset(frame.bits(plane), 128, size_t(frame.mappedBytes(plane)));
    const int offset = format == QVideoFrameFormat::Format_UYVY  ? 1
                       : format == QVideoFrameFormat::Format_Y16 ? 1
                                                                 : 0;
    const bool packed = format == QVideoFrameFormat::Format_YUYV ||
                        format == QVideoFrameFormat::Format_UYVY ||
                        format == QVideoFrameFormat::Format_Y16;
    const int step = packed ? 2 : format == QVideoFrameFormat::Format_BGRX8888 ? 4 : 1;
    for (int y = 0; y < grey.height(); ++y) {
        uchar *row = frame.bits(0) + qsizetype(y) * frame.bytesPerLine(0);
        for (int x = 0; x < grey.width(); ++x) {
            const uchar value = grey.constScanLine(y)[x];
            row[x * step + offset] = value;
            for (int c = 1; step == 4 && c < 4; ++c)
                row[x * step + c] = value;
        }
    }
    frame.unmap();
    return frame;
}

/// Blocks in the frame thread until told to go on.
class HeldConsumer final : public LumaConsumer
{
public:
    Interest consume(const LumaView &view) override
    {
        thread = QThread::currentThread();
        firstByte = view.data[0];
        ++looks;
        entered.release();
        gate.acquire();
        return Interest::Every;
    }
    QSemaphore entered;
    QSemaphore gate;
    std::atomic<int> looks{0};
    std::atomic<int> firstByte{-1};
    std::atomic<QThread *> thread{nullptr};
};

} // namespace

class TestCamera : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryPixelFormat_data();
    void readsEveryPixelFormat();
    void readsJpegFramesAndSurvivesCorruptOnes();
    void sameCodeOnceInTwoSeconds();
    void newestFrameWins();
    void consumerCanBeRemovedWhileFramesArrive();
    void previewIsSmallAndOnlyWhenWanted();
    void statesFollowTheCamera();
    void stoppedSourceStaysSilent();
    void noCameraIsAState();
    void choosesASuitableMode();
};

void TestCamera::readsEveryPixelFormat_data()
{
    QTest::addColumn<int>("format");
    for (const auto format : {QVideoFrameFormat::Format_NV12, QVideoFrameFormat::Format_NV21,
                              QVideoFrameFormat::Format_YUV420P, QVideoFrameFormat::Format_YUV422P,
                              QVideoFrameFormat::Format_YV12, QVideoFrameFormat::Format_YUYV,
                              QVideoFrameFormat::Format_UYVY, QVideoFrameFormat::Format_Y8,
                              QVideoFrameFormat::Format_Y16, QVideoFrameFormat::Format_BGRX8888})
        QTest::newRow(qPrintable(QVideoFrameFormat::pixelFormatToString(format))) << int(format);
}

void TestCamera::readsEveryPixelFormat()
{
    QFETCH(int, format);
    FakeClock clock;
    FrameInjectionCamera camera;
    CameraCodeSource source(&camera, &clock);
    QSignalSpy read(&source, &CodeSource::codeRead);
    source.start();
    const QString text = u"K1:FORMAT %1"_s.arg(format);
    camera.inject(frameOf(codePicture(text), QVideoFrameFormat::PixelFormat(format)));
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read[0][0].toString(), text);
    QCOMPARE(read[0][1].value<CodeSource::Kind>(), CodeSource::Kind::Camera);
    QCOMPARE(camera.state(), Camera::State::Live);
    QCOMPARE(source.state(), CodeSource::State::Ready);
}

void TestCamera::readsJpegFramesAndSurvivesCorruptOnes()
{
    const auto jpegFrame = [](const QByteArray &bytes, QSize size) {
        // Qt sizes the buffer of a JPEG frame itself; the bytes go where they fit.
        QVideoFrame frame(QVideoFrameFormat(size, QVideoFrameFormat::Format_Jpeg));
        if (frame.map(QVideoFrame::WriteOnly)) {
            std::memset(frame.bits(0), 0, size_t(frame.mappedBytes(0)));
            std::memcpy(frame.bits(0), bytes.constData(),
                        size_t(std::min<qsizetype>(bytes.size(), frame.mappedBytes(0))));
            frame.unmap();
        }
        return frame;
    };
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QVERIFY(codePicture(u"K1:MOTION JPEG"_s).save(&buffer, "JPG", 60));
    const QVideoFrame good = jpegFrame(bytes, {640, 480});
    QVideoFrame probe = good;
    if (!probe.map(QVideoFrame::ReadOnly))
        QSKIP("this Qt makes no JPEG frames in memory");
    const bool fits = probe.mappedBytes(0) >= bytes.size();
    probe.unmap();
    if (!fits)
        QSKIP("this Qt makes no JPEG frames in memory");
    FakeClock clock;
    FrameInjectionCamera camera;
    CameraCodeSource source(&camera, &clock);
    QSignalSpy read(&source, &CodeSource::codeRead);
    source.start();
    camera.inject(jpegFrame("\xff\xd8 nonsense", {640, 480}));
    QTRY_COMPARE(camera.state(), Camera::State::Live);
    camera.inject(jpegFrame(bytes.left(bytes.size() / 3), {640, 480}));
    camera.inject(good);
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read[0][0].toString(), u"K1:MOTION JPEG"_s);
}

void TestCamera::sameCodeOnceInTwoSeconds()
{
    FakeClock clock;
    FrameInjectionCamera camera;
    CameraCodeSource source(&camera, &clock);
    QSignalSpy read(&source, &CodeSource::codeRead);
    source.start();
    const auto show = [&](const QString &text, int shift) {
        QImage image = codePicture(text);
        // Something moved, so that the frame is not skipped as unchanged.
        for (int y = 400; y < 480; ++y)
            std::memset(image.scanLine(y), shift, 640);
        camera.inject(frameOf(image, QVideoFrameFormat::Format_Y8));
    };
    show(u"K1:ONE"_s, 10);
    QTRY_COMPARE(read.size(), 1);
    show(u"K1:ONE"_s, 60);
    // A different code is proof that the repeated one was worked on before.
    QTRY_COMPARE(camera.framesArrived(), 2U);
    QTest::qWait(0);
    clock.advance(1000);
    QTRY_VERIFY_WITH_TIMEOUT((show(u"K1:TWO"_s, 120), QTest::qWait(20), read.size() >= 2), 5000);
    QCOMPARE(read.size(), 2);
    QCOMPARE(read[1][0].toString(), u"K1:TWO"_s);
    clock.advance(2500);
    show(u"K1:TWO"_s, 200);
    QTRY_COMPARE(read.size(), 3);
    QCOMPARE(read[2][0].toString(), u"K1:TWO"_s);
}

void TestCamera::newestFrameWins()
{
    FrameInjectionCamera camera;
    HeldConsumer consumer;
    camera.setConsumer(&consumer);
    camera.start();
    const auto grey = [](int value) {
        QImage image(64, 64, QImage::Format_Grayscale8);
        image.fill(value);
        return frameOf(image, QVideoFrameFormat::Format_Y8);
    };
    camera.inject(grey(1));
    consumer.entered.acquire();
    QCOMPARE(consumer.firstByte.load(), 1);
    QVERIFY(consumer.thread != QThread::currentThread());
    for (int value = 2; value <= 9; ++value)
        camera.inject(grey(value));
    QCOMPARE(camera.framesArrived(), 9U);
    QCOMPARE(camera.framesDropped(), 7U);
    consumer.gate.release();
    consumer.entered.acquire();
    QCOMPARE(consumer.firstByte.load(), 9);
    QCOMPARE(consumer.looks.load(), 2);
    consumer.gate.release(100);
    camera.setConsumer(nullptr);
}

void TestCamera::consumerCanBeRemovedWhileFramesArrive()
{
    FakeClock clock;
    FrameInjectionCamera camera;
    const QImage picture = codePicture(u"K1:X"_s);
    for (int round = 0; round < 20; ++round) {
        CameraCodeSource source(&camera, &clock);
        source.start();
        for (int i = 0; i < 5; ++i)
            camera.inject(frameOf(picture, QVideoFrameFormat::Format_NV12));
        if (round % 2)
            source.stop();
    }
    QVERIFY(camera.framesArrived() >= 100U);
}

void TestCamera::previewIsSmallAndOnlyWhenWanted()
{
    FrameInjectionCamera camera;
    QSignalSpy preview(&camera, &Camera::previewChanged);
    HeldConsumer consumer;
    consumer.gate.release(1000);
    camera.setConsumer(&consumer);
    camera.start();
    // A sink passes on only what differs from the frame it has, so each needs its own.
    const auto frame = [] {
        return frameOf(codePicture(u"K1:P"_s, 1280, 720), QVideoFrameFormat::Format_YUYV);
    };
    camera.inject(frame());
    QTRY_COMPARE(camera.state(), Camera::State::Live);
    QCOMPARE(preview.size(), 0);
    camera.setPreview(true, 320);
    camera.inject(frame());
    QTRY_COMPARE(preview.size(), 1);
    const QImage image = preview[0][0].value<QImage>();
    QCOMPARE(image.size(), QSize(320, 180));
    QCOMPARE(qGray(image.pixel(300, 170)), 140);
    camera.setConsumer(nullptr);
}

void TestCamera::statesFollowTheCamera()
{
    FakeClock clock;
    FrameInjectionCamera camera;
    CameraCodeSource source(&camera, &clock);
    QSignalSpy states(&source, &CodeSource::stateChanged);
    QCOMPARE(source.state(), CodeSource::State::Stopped);
    source.start();
    QCOMPARE(camera.state(), Camera::State::Starting);
    camera.inject(frameOf(codePicture(u"K1:S"_s), QVideoFrameFormat::Format_Y8));
    QTRY_COMPARE(source.state(), CodeSource::State::Ready);
    camera.injectFailure(Camera::State::Failed, u"camera.stalled"_s);
    QCOMPARE(source.state(), CodeSource::State::Failed);
    QCOMPARE(camera.error(), u"camera.stalled"_s);
    camera.injectFailure(Camera::State::Absent, u"camera.absent"_s);
    QCOMPARE(source.state(), CodeSource::State::Absent);
    source.stop();
    QCOMPARE(source.state(), CodeSource::State::Stopped);
    QCOMPARE(states.size(), 4);
}

void TestCamera::stoppedSourceStaysSilent()
{
    FakeClock clock;
    FrameInjectionCamera camera;
    CameraCodeSource source(&camera, &clock);
    QSignalSpy read(&source, &CodeSource::codeRead);
    source.start();
    camera.inject(frameOf(codePicture(u"K1:LATE"_s), QVideoFrameFormat::Format_Y8));
    // Whether the read is already queued or not, stop() wins.
    source.stop();
    camera.inject(frameOf(codePicture(u"K1:LATER"_s), QVideoFrameFormat::Format_Y8));
    QCoreApplication::processEvents();
    QCOMPARE(read.size(), 0);
    QCOMPARE(camera.state(), Camera::State::Absent);
}

void TestCamera::noCameraIsAState()
{
    QtCamera camera("no-such-camera");
    camera.start();
    QCOMPARE(camera.state(), Camera::State::Absent);
    QCOMPARE(camera.error(), u"camera.absent"_s);
    camera.start();
    camera.stop();
    QCOMPARE(camera.state(), Camera::State::Absent);
}

void TestCamera::choosesASuitableMode()
{
    QVERIFY(!bestCameraMode({}).has_value());
    const CameraMode vgaRaw{{640, 480}, 30, false};
    const CameraMode hdRawSlow{{1280, 720}, 10, false};
    const CameraMode hdJpeg{{1280, 720}, 30, true};
    const CameraMode fullJpeg{{1920, 1080}, 30, true};
    const CameraMode fullRaw{{1920, 1080}, 30, false};
    const CameraMode ultraJpeg{{3840, 2160}, 30, true};
    QCOMPARE(bestCameraMode({vgaRaw, hdRawSlow, hdJpeg, fullJpeg, ultraJpeg}), 3U);
    QCOMPARE(bestCameraMode({fullJpeg, fullRaw}), 1U);
    QCOMPARE(bestCameraMode({vgaRaw, hdRawSlow}), 0U);
    QCOMPARE(bestCameraMode({ultraJpeg, hdJpeg}), 1U);
}

QTEST_MAIN(TestCamera)
#include "tst_camera.moc"
