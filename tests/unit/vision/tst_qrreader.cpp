// SPDX-License-Identifier: Apache-2.0
#include "phoneframe.h"

#include "vision/qrreader.h"
#include "vision/qrwriter.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace riderport::vision;
using namespace riderport::test;
using namespace Qt::StringLiterals;

namespace {

const QString kText = u"K1:7M:O1%FIVU0$V*L88AP5SYTD4ZSTROP2ODIF"_s;

struct Drawing
{
    double module = 4;
    double degrees = 0;
    int light = 220;
    int dark = 30;
    double noise = 0;
    int blur = 0; ///< radius of a box blur, pixels
    int width = 640;
    int height = 480;
    int ground = 110; ///< around the quiet zone
};

/// The code in the middle of a grey picture, drawn by inverse mapping.
LumaImage picture(const Drawing &drawing, const QString &text = kText)
{
    const QrMatrix matrix = QrWriter::encode(text).value();
    LumaImage image;
    image.width = drawing.width;
    image.height = drawing.height;
    image.bytes.resize(size_t(image.width * image.height));
    const double c = std::cos(drawing.degrees * 3.14159265 / 180);
    const double s = std::sin(drawing.degrees * 3.14159265 / 180);
    std::mt19937 random(99);
    std::vector<double> plane(image.bytes.size());
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            double sum = 0;
            for (int k = 0; k < 16; ++k) {
                const double dx = x + (k % 4 + 0.5) / 4 - image.width * 0.5;
                const double dy = y + (k / 4 + 0.5) / 4 - image.height * 0.5;
                const double mx = (dx * c + dy * s) / drawing.module + matrix.size * 0.5;
                const double my = (-dx * s + dy * c) / drawing.module + matrix.size * 0.5;
                const bool inside = mx >= 0 && my >= 0 && mx < matrix.size && my < matrix.size;
                const bool quiet =
                        mx >= -4 && my >= -4 && mx < matrix.size + 4 && my < matrix.size + 4;
                sum += inside && matrix.dark(int(mx), int(my)) ? drawing.dark
                       : quiet                                 ? drawing.light
                                                               : drawing.ground;
            }
            plane[size_t(y * image.width + x)] = sum / 16;
        }
    }
    const int r = drawing.blur;
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            double sum = 0;
            for (int dy = -r; dy <= r; ++dy) {
                for (int dx = -r; dx <= r; ++dx) {
                    const int sx = std::clamp(x + dx, 0, image.width - 1);
                    const int sy = std::clamp(y + dy, 0, image.height - 1);
                    sum += plane[size_t(sy * image.width + sx)];
                }
            }
            const double noise = drawing.noise * (double(random() % 2001) / 1000.0 - 1.0);
            const double value = sum / ((2 * r + 1) * (2 * r + 1)) + noise;
            image.bytes[size_t(y * image.width + x)] = uchar(std::clamp(value, 0.0, 255.0));
        }
    }
    return image;
}

} // namespace

class TestQrReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsDrawings_data();
    void readsDrawings();
    void tellsWhereTheCodeIs();
    void readsWithAnyStride_data();
    void readsWithAnyStride();
    void readsPhoneFrames_data();
    void readsPhoneFrames();
    void readsNothingWhereNothingIs_data();
    void readsNothingWhereNothingIs();
    void refusesImpossibleViews();
    void neverReadsAWrongText();
    void streamSkipsUnchangedFrames();
    void streamSeesTheCodeComing();
    void hintsWhenTooSmall();
    void readerIsReusable();
};

void TestQrReader::readsDrawings_data()
{
    QTest::addColumn<Drawing>("drawing");
    for (const double module : {1.8, 2.0, 2.5, 3.0, 4.0, 6.0, 9.0})
        QTest::addRow("module %.1f", module) << Drawing{module};
    for (int degrees = 0; degrees < 360; degrees += 24)
        QTest::addRow("turned %d", degrees) << Drawing{4, double(degrees)};
    QTest::newRow("inverted") << Drawing{4, 10, 30, 220};
    QTest::newRow("inverted, low contrast") << Drawing{4, 0, 80, 105};
    QTest::newRow("low contrast") << Drawing{4, 5, 118, 104};
    QTest::newRow("noise") << Drawing{4, 5, 200, 60, 35};
    QTest::newRow("dark and noisy") << Drawing{5, 5, 40, 20, 8, 0, 640, 480, 25};
    QTest::newRow("blur") << Drawing{5, 5, 220, 30, 2, 2};
    QTest::newRow("code fills the picture") << Drawing{14, 0, 220, 30, 0, 0, 500, 500};
    QTest::newRow("portrait") << Drawing{4, 45, 220, 30, 3, 0, 480, 640};
}

void TestQrReader::readsDrawings()
{
    QFETCH(Drawing, drawing);
    const LumaImage image = picture(drawing);
    QrReader reader;
    const auto outcome = reader.readStill(image.view());
    QVERIFY(outcome.read.has_value());
    QCOMPARE(outcome.read->text, kText);
    QCOMPARE(outcome.read->inverted, drawing.light < drawing.dark);
    QCOMPARE(outcome.hint, QrHint::None);
}

void TestQrReader::tellsWhereTheCodeIs()
{
    const LumaImage image = picture({4, 90});
    QrReader reader;
    const auto outcome = reader.readStill(image.view());
    QVERIFY(outcome.read.has_value());
    // Turned by 90 degrees the upper left corner of the symbol lies upper right in the picture.
    const double half = QrWriter::encode(kText)->size * 4 / 2.0;
    const QPointF expected[] = {{320 + half, 240 - half},
                                {320 + half, 240 + half},
                                {320 - half, 240 + half},
                                {320 - half, 240 - half}};
    for (size_t i = 0; i < 4; ++i) {
        const QPointF error = outcome.read->corners[i] - expected[i];
        QVERIFY2(std::hypot(error.x(), error.y()) < 4, qPrintable(QString::number(i)));
    }
}

void TestQrReader::readsWithAnyStride_data()
{
    QTest::addColumn<int>("pixelStride");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("padding");
    QTest::addColumn<int>("width");
    QTest::newRow("plane") << 1 << 0 << 0 << 640;
    QTest::newRow("padded plane") << 1 << 0 << 37 << 641;
    QTest::newRow("odd width") << 1 << 0 << 0 << 417;
    QTest::newRow("yuyv") << 2 << 0 << 0 << 640;
    QTest::newRow("uyvy") << 2 << 1 << 0 << 640;
    QTest::newRow("uyvy padded, odd width") << 2 << 1 << 13 << 419;
    QTest::newRow("three bytes") << 3 << 2 << 5 << 403;
}

void TestQrReader::readsWithAnyStride()
{
    QFETCH(int, pixelStride);
    QFETCH(int, offset);
    QFETCH(int, padding);
    QFETCH(int, width);
    Drawing drawing{4};
    drawing.width = width;
    drawing.height = 333;
    const LumaImage image = picture(drawing);
    const qsizetype stride = qsizetype(width) * pixelStride + padding;
    // Exactly as many bytes as the last pixel needs: reading further is an error that a memory
    // checker sees.
    std::vector<uchar> bytes(
            size_t(stride * (image.height - 1) + (width - 1) * pixelStride + 1 + offset), 128);
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < width; ++x) {
            bytes[size_t(y * stride + x * pixelStride + offset)] =
                    image.bytes[size_t(y * width + x)];
        }
    }
    const LumaView view{bytes.data() + offset, width, image.height, stride, pixelStride};
    QrReader reader;
    const auto outcome = reader.readStill(view);
    QVERIFY(outcome.read.has_value());
    QCOMPARE(outcome.read->text, kText);
    const auto streamed = reader.readFrame(view);
    QVERIFY(streamed.read.has_value());
    QCOMPARE(streamed.read->text, kText);
}

void TestQrReader::readsPhoneFrames_data()
{
    QTest::addColumn<int>("trouble");
    for (const Trouble trouble :
         {Trouble::Nominal, Trouble::Small, Trouble::Tilt, Trouble::Rotated, Trouble::LowLight,
          Trouble::DimScreen, Trouble::Inverted, Trouble::DarkMode, Trouble::Compressed})
        QTest::newRow(troubleName(trouble)) << int(trouble);
}

void TestQrReader::readsPhoneFrames()
{
    QFETCH(int, trouble);
    PhoneFrameMaker maker(5);
    QrReader reader;
    for (int i = 0; i < 2; ++i) {
        const PhoneFrame frame = maker.make(Trouble(trouble), 1280, 720);
        const auto outcome = reader.readStill(frame.image.view());
        QVERIFY(outcome.read.has_value());
        QCOMPARE(outcome.read->text, frame.text);
    }
}

void TestQrReader::readsNothingWhereNothingIs_data()
{
    QTest::addColumn<QString>("kind");
    for (const auto *kind : {"black", "white", "noise", "stripes", "checkers", "textures"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestQrReader::readsNothingWhereNothingIs()
{
    QFETCH(QString, kind);
    LumaImage image;
    image.width = 640;
    image.height = 360;
    image.bytes.assign(640 * 360, kind == "white"_L1 ? 255 : 0);
    std::mt19937 random(3);
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            uchar &pixel = image.bytes[size_t(y * image.width + x)];
            if (kind == "noise"_L1)
                pixel = uchar(random());
            else if (kind == "stripes"_L1)
                pixel = (x / 3) % 2 ? 255 : 0;
            else if (kind == "checkers"_L1)
                pixel = (x / 4 + y / 4) % 2 ? 200 : 40;
        }
    }
    if (kind == "textures"_L1)
        image = PhoneFrameMaker(8).make(Trouble::Empty, 1280, 720).image;
    QrReader reader;
    QVERIFY(!reader.readStill(image.view()).read.has_value());
    QVERIFY(!reader.readFrame(image.view()).read.has_value());
}

void TestQrReader::refusesImpossibleViews()
{
    QrReader reader;
    const uchar pixel[4] = {1, 2, 3, 4};
    QVERIFY(!reader.readStill({}).read);
    QVERIFY(!reader.readStill({nullptr, 100, 100, 100, 1}).read);
    QVERIFY(!reader.readStill({pixel, -1, 4, 4, 1}).read);
    QVERIFY(!reader.readStill({pixel, 4, 1, 2, 1}).read);
    QVERIFY(!reader.readStill({pixel, 100'000, 100'000, 100'000, 1}).read);
    for (int width = 1; width <= 4; ++width)
        QVERIFY(!reader.readStill({pixel, width, 1, width, 1}).read);
    std::vector<uchar> bytes(70 * 70, 200);
    for (int side = 1; side < 70; ++side) {
        QVERIFY(!reader.readStill({bytes.data(), side, side, side, 1}).read);
        QVERIFY(!reader.readFrame({bytes.data(), side, 70 - side, 70, 1}).read);
    }
}

void TestQrReader::neverReadsAWrongText()
{
    // Codes with more and more of their modules overwritten: right text or none.
    QrReader reader;
    std::mt19937 random(21);
    int read = 0;
    int unread = 0;
    for (int damage = 0; damage < 40; ++damage) {
        LumaImage image = picture({4, double(damage), 220, 30, 0, 0, 400, 320});
        for (int spot = 0; spot < damage * 3; ++spot) {
            const int x = 120 + int(random() % 160U);
            const int y = 80 + int(random() % 160U);
            const uchar value = random() % 2 ? 220 : 30;
            for (int dy = 0; dy < 5; ++dy)
                std::fill_n(image.bytes.begin() + (y + dy) * image.width + x, 5, value);
        }
        const auto outcome = reader.readStill(image.view());
        if (outcome.read) {
            QCOMPARE(outcome.read->text, kText);
            ++read;
        } else {
            ++unread;
        }
    }
    QVERIFY(read > 5);
    QVERIFY(unread > 0);
}

void TestQrReader::streamSkipsUnchangedFrames()
{
    QrReader reader;
    PhoneFrameMaker maker(2);
    const PhoneFrame empty = maker.make(Trouble::Empty, 640, 360);
    int skipped = 0;
    for (int i = 0; i < 25; ++i)
        skipped += reader.readFrame(empty.image.view()).skipped ? 1 : 0;
    QVERIFY(skipped >= 15);
    // A phone appears: seen at once.
    const LumaImage code = picture({3, 0, 220, 30, 0, 0, 640, 360});
    const auto outcome = reader.readFrame(code.view());
    QVERIFY(!outcome.skipped);
    QVERIFY(outcome.read.has_value());
    // The same again is not worth another look.
    QVERIFY(reader.readFrame(code.view()).skipped);
    reader.resetStream();
    QVERIFY(reader.readFrame(code.view()).read.has_value());
}

void TestQrReader::streamSeesTheCodeComing()
{
    for (const unsigned seed : {1U, 2U, 3U}) {
        QrReader reader;
        bool read = false;
        const auto frames = PhoneFrameMaker(seed).approach(12, 960, 540);
        for (const PhoneFrame &frame : frames) {
            const auto outcome = reader.readFrame(frame.image.view());
            if (outcome.read) {
                QCOMPARE(outcome.read->text, frame.text);
                read = true;
            }
        }
        QVERIFY(read);
    }
}

void TestQrReader::hintsWhenTooSmall()
{
    QrReader reader;
    bool hinted = false;
    // Two modules share a pixel more and more, and noise hides the rest.
    for (double noise = 20; noise <= 90 && !hinted; noise += 10) {
        for (double module = 1.2; module < 1.9; module += 0.2) {
            const auto outcome =
                    reader.readStill(picture({module, 0, 220, 30, noise, 0, 200, 160}).view());
            QVERIFY(!outcome.read || outcome.read->text == kText);
            QVERIFY(!outcome.read || outcome.hint == QrHint::None);
            hinted = hinted || (!outcome.read && outcome.hint == QrHint::Closer);
        }
    }
    QVERIFY(hinted);
}

void TestQrReader::readerIsReusable()
{
    QrReader reader;
    const LumaImage small = picture({4, 0, 220, 30, 0, 0, 320, 240});
    const LumaImage large = picture({4, 0, 220, 30, 0, 0, 1280, 720}, u"K1:OTHER"_s);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(reader.readStill(small.view()).read->text, kText);
        QCOMPARE(reader.readStill(large.view()).read->text, u"K1:OTHER"_s);
    }
    QrReader moved(std::move(reader));
    QCOMPARE(moved.readStill(small.view()).read->text, kText);
}

QTEST_GUILESS_MAIN(TestQrReader)
#include "tst_qrreader.moc"
