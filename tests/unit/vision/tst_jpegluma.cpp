// SPDX-License-Identifier: Apache-2.0
#include "vision/jpegluma.h"
#include "vision/qrreader.h"
#include "vision/qrwriter.h"

#include <QBuffer>
#include <QImage>
#include <QTest>

#include <random>

using namespace riderport::vision;
using namespace Qt::StringLiterals;

class TestJpegLuma : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodesBrightnessOfColour();
    void shrinksWhileDecoding();
    void readsACodeFromJpeg();
    void refusesDamage_data();
    void refusesDamage();
    void survivesRandomBytes();

private:
    static QByteArray encoded(const QImage &image, int quality = 90)
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "JPG", quality);
        return bytes;
    }
};

void TestJpegLuma::decodesBrightnessOfColour()
{
    QImage image(64, 48, QImage::Format_RGB32);
    image.fill(QColor(200, 40, 90));
    JpegLuma jpeg;
    LumaImage luma;
    QVERIFY(jpeg.decode(encoded(image), &luma).ok());
    QCOMPARE(luma.width, 64);
    QCOMPARE(luma.height, 48);
    const int expected = (299 * 200 + 587 * 40 + 114 * 90) / 1000;
    QVERIFY(std::abs(int(luma.bytes[1000]) - expected) <= 2);
}

void TestJpegLuma::shrinksWhileDecoding()
{
    QImage image(203, 101, QImage::Format_RGB32);
    image.fill(Qt::white);
    JpegLuma jpeg;
    LumaImage luma;
    for (const int shrink : {1, 2, 4, 8}) {
        QVERIFY(jpeg.decode(encoded(image), &luma, shrink).ok());
        QCOMPARE(luma.width, (203 + shrink - 1) / shrink);
        QCOMPARE(luma.height, (101 + shrink - 1) / shrink);
        QCOMPARE(luma.bytes.size(), size_t(luma.width * luma.height));
        QVERIFY(luma.bytes.back() >= 253);
    }
}

void TestJpegLuma::readsACodeFromJpeg()
{
    const auto image = QrWriter::image(u"K1:FROM A CAMERA"_s, 5);
    QVERIFY(image.ok());
    JpegLuma jpeg;
    LumaImage luma;
    QVERIFY(jpeg.decode(encoded(image->convertToFormat(QImage::Format_RGB32), 40), &luma).ok());
    QrReader reader;
    const auto outcome = reader.readStill(luma.view());
    QVERIFY(outcome.read.has_value());
    QCOMPARE(outcome.read->text, u"K1:FROM A CAMERA"_s);
}

void TestJpegLuma::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QImage image(320, 240, QImage::Format_RGB32);
    image.fill(QColor(10, 200, 30));
    const QByteArray good = encoded(image);
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("not a picture at all");
    QTest::newRow("magic only") << good.left(2);
    QTest::newRow("header only") << good.left(200);
    QTest::newRow("cut in half") << good.left(good.size() - good.size() / 4);
    QByteArray zero = good;
    const qsizetype frame = zero.indexOf("\xff\xc0");
    QVERIFY(frame > 0);
    zero[frame + 5] = zero[frame + 6] = 0;
    QTest::newRow("no height") << zero;
    QByteArray huge = good;
    for (int i = 5; i < 9; ++i)
        huge[frame + i] = char(0xff);
    QTest::newRow("65535 x 65535") << huge;
}

void TestJpegLuma::refusesDamage()
{
    QFETCH(QByteArray, bytes);
    JpegLuma jpeg;
    LumaImage luma;
    const auto result = jpeg.decode(bytes, &luma);
    QVERIFY(!result.ok());
    QVERIFY(result.error().code == u"jpeg.corrupt"_s || result.error().code == u"jpeg.toolarge"_s);
    // The decoder is usable afterwards.
    QImage image(16, 16, QImage::Format_RGB32);
    image.fill(Qt::black);
    QVERIFY(jpeg.decode(encoded(image), &luma).ok());
    QCOMPARE(luma.width, 16);
}

void TestJpegLuma::survivesRandomBytes()
{
    QImage image(160, 120, QImage::Format_RGB32);
    for (int y = 0; y < 120; ++y) {
        for (int x = 0; x < 160; ++x)
            image.setPixel(x, y, qRgb(x, y * 2, (x * y) & 255));
    }
    const QByteArray good = encoded(image);
    std::mt19937 random(7);
    JpegLuma jpeg;
    LumaImage luma;
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes = good;
        for (int i = 0; i < 8; ++i)
            bytes[qsizetype(random() % quint32(bytes.size()))] = char(random());
        if (!jpeg.decode(bytes, &luma).ok())
            ++refused;
        else
            QCOMPARE(luma.bytes.size(), size_t(luma.width) * size_t(luma.height));
    }
    QVERIFY(refused > 0);
}

QTEST_GUILESS_MAIN(TestJpegLuma)
#include "tst_jpegluma.moc"
