// SPDX-License-Identifier: Apache-2.0
#include "vision/qrreader.h"
#include "vision/qrwriter.h"

#include <QTest>

using namespace riderport::vision;
using namespace Qt::StringLiterals;

class TestQrWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void drawsFindersAndQuietZone();
    void whatIsWrittenIsRead_data();
    void whatIsWrittenIsRead();
    void choosesTheCompactMode();
    void refusesWhatCannotBeWritten();
};

void TestQrWriter::drawsFindersAndQuietZone()
{
    const auto matrix = QrWriter::encode(u"K1:TEST"_s);
    QVERIFY(matrix.ok());
    QCOMPARE(matrix->size, 17 + 4 * matrix->version());
    for (const auto &[cx, cy] : {std::pair{3, 3}, {matrix->size - 4, 3}, {3, matrix->size - 4}}) {
        for (int dy = -3; dy <= 3; ++dy) {
            for (int dx = -3; dx <= 3; ++dx)
                QCOMPARE(matrix->dark(cx + dx, cy + dy), std::max(abs(dx), abs(dy)) != 2);
        }
    }
    const QImage image = QrWriter::draw(*matrix, 3);
    QCOMPARE(image.width(), (matrix->size + 8) * 3);
    QCOMPARE(image.format(), QImage::Format_Grayscale8);
    for (int i = 0; i < image.width(); ++i) {
        for (int border = 0; border < 12; ++border)
            QCOMPARE(qGray(image.pixel(i, border)), 255);
    }
    QCOMPARE(qGray(image.pixel(12, 12)), 0);
}

void TestQrWriter::whatIsWrittenIsRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("ecc");
    const QString base45 = u"K1:ABC123 $%*+-./:"_s;
    for (int ecc = 0; ecc < 4; ++ecc) {
        QTest::addRow("short %d", ecc) << u"7"_s << ecc;
        QTest::addRow("token %d", ecc) << base45.repeated(7) << ecc;
        QTest::addRow("bytes %d", ecc) << u"https://station.example/t?x=Ab-_9"_s << ecc;
        QTest::addRow("chinese %d", ecc) << u"骑士港驿站 2 号机"_s << ecc;
        QTest::addRow("large %d", ecc) << base45.repeated(20) << ecc;
    }
}

void TestQrWriter::whatIsWrittenIsRead()
{
    QFETCH(QString, text);
    QFETCH(int, ecc);
    const auto image = QrWriter::image(text, 4, QrEcc(ecc));
    QVERIFY2(image.ok(), image.ok() ? "" : qPrintable(image.error().code));
    QrReader reader;
    const auto outcome = reader.readStill(
            {image->constBits(), image->width(), image->height(), image->bytesPerLine(), 1});
    QVERIFY(outcome.read.has_value());
    QCOMPARE(outcome.read->text, text);
}

void TestQrWriter::choosesTheCompactMode()
{
    // 138 characters: version 6 at level M as alphanumeric, larger as bytes.
    const QString text = u"K1:"_s + QString(135, u'A');
    QCOMPARE(QrWriter::encode(text)->version(), 6);
    QVERIFY(QrWriter::encode(text.toLower())->version() > 6);
}

void TestQrWriter::refusesWhatCannotBeWritten()
{
    const auto empty = QrWriter::encode({});
    QVERIFY(!empty.ok());
    QCOMPARE(empty.error().code, u"qr.empty"_s);
    const auto large = QrWriter::image(QString(5000, u'x'), 2);
    QVERIFY(!large.ok());
    QCOMPARE(large.error().code, u"qr.toolong"_s);
    QCOMPARE(large.error().kind, riderport::base::ErrorKind::TooLarge);
}

QTEST_GUILESS_MAIN(TestQrWriter)
#include "tst_qrwriter.moc"
