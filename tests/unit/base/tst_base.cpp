// SPDX-License-Identifier: Apache-2.0
#include "base/boundedjson.h"
#include "base/result.h"
#include "base/structuredlog.h"
#include "base/uuidv7.h"

#include <QTest>

using namespace riderport::base;
using namespace Qt::StringLiterals;

class TestBase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errorKindsSurviveTheirNames();
    void uuidsSortByTimeAndRoundTrip();
    void refusesUuidOfAnotherVersion();
    void redactsNumbersThatIdentifyPeople();
    void boundedJsonRefusesHostileInput_data();
    void boundedJsonRefusesHostileInput();
    void readerKeepsTheFirstFailure();
    void readerRefusesInexactIntegers();
};

void TestBase::errorKindsSurviveTheirNames()
{
    for (int kind = 0; kind <= int(ErrorKind::Internal); ++kind)
        QCOMPARE(errorKindFromName(errorKindName(ErrorKind(kind))), ErrorKind(kind));
    QCOMPARE(errorKindFromName(u"from-the-future"_s), ErrorKind::Internal);
}

void TestBase::uuidsSortByTimeAndRoundTrip()
{
    const QByteArray earlier = makeUuidV7(1'795'000'000'000);
    const QByteArray later = makeUuidV7(1'795'000'000'001);
    QCOMPARE_LT(earlier, later);
    QCOMPARE(uuidV7FromString(uuidToString(earlier)), earlier);
    QVERIFY(makeUuidV7(1) != makeUuidV7(1));
}

void TestBase::refusesUuidOfAnotherVersion()
{
    QVERIFY(uuidV7FromString(u"2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"_s).isEmpty());
    QVERIFY(uuidV7FromString(u"garbage"_s).isEmpty());
}

void TestBase::redactsNumbersThatIdentifyPeople()
{
    QCOMPARE(redacted(u"call 15400000001 now"_s), u"call <mobile> now"_s);
    QCOMPARE(redacted(u"id 42999919900307002X."_s), u"id <id>."_s);
    QCOMPARE(redacted(u"trace 115400000001ab"_s), u"trace 115400000001ab"_s);
    QCOMPARE(redacted(QString(5000, u'x')).size(), 2000);
}

void TestBase::boundedJsonRefusesHostileInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::newRow("too large") << QByteArray("{\"a\":\"") + QByteArray(200, 'x') + "\"}"
                               << u"json.too-large"_s;
    QTest::newRow("too deep") << QByteArray(40, '[') << u"json.depth"_s;
    QTest::newRow("cut off") << QByteArray("{\"a\":") << u"json.syntax"_s;
    QTest::newRow("array") << QByteArray("[1]") << u"json.not-object"_s;
    QTest::newRow("empty") << QByteArray() << u"json.syntax"_s;
}

void TestBase::boundedJsonRefusesHostileInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    const auto parsed = parseJsonObject(bytes, 100);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, code);
}

void TestBase::readerKeepsTheFirstFailure()
{
    JsonReader in(parseJsonObject(R"({"n":"7","s":"abc"})", 100).value());
    (void)in.int64(u"n"_s, 0, 10);
    (void)in.string(u"s"_s, 2);
    QVERIFY(in.error());
    QVERIFY(in.error()->detail.startsWith(u"n:"_s));
}

void TestBase::readerRefusesInexactIntegers()
{
    JsonReader exact(parseJsonObject(R"({"n":9223372036854775807})", 100).value());
    QCOMPARE(exact.int64(u"n"_s, 0, std::numeric_limits<qint64>::max()),
             std::numeric_limits<qint64>::max());
    QVERIFY(!exact.error());
    JsonReader fraction(parseJsonObject(R"({"n":1.5})", 100).value());
    (void)fraction.int64(u"n"_s, 0, 10);
    QVERIFY(fraction.error());
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"
