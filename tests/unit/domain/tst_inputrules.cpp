// SPDX-License-Identifier: Apache-2.0
#include "domain/inputrules.h"

#include <QFile>
#include <QTest>

using namespace riderport::domain;
using namespace Qt::StringLiterals;
using Input = ServiceDescriptor::Input;

namespace {

const QDate kToday(2026, 11, 23);

ServiceDescriptor socialInsurance()
{
    QFile file(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/services/S02.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return parseServiceDescriptor(file.readAll()).value();
}

bool accepts(Input::Type type, const QString &value)
{
    ServiceDescriptor descriptor;
    Input input;
    input.key = u"x"_s;
    input.type = type;
    descriptor.inputs = {input};
    return inputErrors(descriptor, {{u"x"_s, value}}, kToday).isEmpty();
}

} // namespace

class TestInputRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void months()
    {
        QCOMPARE(monthFromText(u"202610"_s), 202610);
        for (const auto &bad : {u"202613"_s, u"202600"_s, u"2026-1"_s, u"20261"_s, u"2026100"_s,
                                u"202610\n"_s, u"２０２６１０"_s, QString()})
            QCOMPARE(monthFromText(bad), 0);
        QCOMPARE(addMonths(202611, -23), 202412);
        QCOMPARE(addMonths(202611, 2), 202701);
        QCOMPARE(addMonths(202601, -1), 202512);
        QCOMPARE(monthSpan(202411, 202610), 24);
        QCOMPARE(monthSpan(202610, 202610), 1);
        QCOMPARE(monthSpan(202611, 202610), 0);
        QCOMPARE(monthText(202610).zh, u"2026年10月"_s);
        QCOMPARE(monthText(202610).en, u"Oct 2026"_s);
    }

    void defaultsCoverTwentyFourMonths()
    {
        const auto values = defaultInputs(socialInsurance(), kToday);
        QCOMPARE(values.value(u"types"_s), u"110,310"_s);
        QCOMPARE(values.value(u"from"_s), u"202412"_s);
        QCOMPARE(values.value(u"to"_s), u"202611"_s);
        QCOMPARE(monthSpan(202412, 202611), 24);
        QVERIFY(inputErrors(socialInsurance(), values, kToday).isEmpty());
    }

    void monthRange_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QStringList>("wrong");
        QTest::newRow("one month") << u"202610"_s << u"202610"_s << QStringList();
        QTest::newRow("60 months") << u"202201"_s << u"202612"_s << QStringList();
        QTest::newRow("61 months") << u"202112"_s << u"202612"_s << QStringList{u"from"_s};
        QTest::newRow("backwards") << u"202610"_s << u"202609"_s << QStringList{u"from"_s};
        QTest::newRow("earliest") << u"199001"_s << u"199112"_s << QStringList();
        QTest::newRow("too early") << u"198912"_s << u"199001"_s << QStringList{u"from"_s};
        QTest::newRow("a year ahead") << u"202611"_s << u"202711"_s << QStringList();
        QTest::newRow("more ahead") << u"202611"_s << u"202712"_s << QStringList{u"to"_s};
        QTest::newRow("both wrong") << u"x"_s << u"202613"_s << QStringList{u"from"_s, u"to"_s};
        QTest::newRow("missing") << QString() << u"202610"_s << QStringList{u"from"_s};
    }
    void monthRange()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QStringList, wrong);
        const auto errors =
                inputErrors(socialInsurance(),
                            {{u"types"_s, u"110"_s}, {u"from"_s, from}, {u"to"_s, to}}, kToday);
        QCOMPARE(QStringList(errors.keys()), wrong);
        for (const LocalText &text : errors)
            QVERIFY(!text.zh.isEmpty() && !text.en.isEmpty());
    }

    void sets()
    {
        const auto wrong = [](const QString &types) {
            return inputErrors(
                           socialInsurance(),
                           {{u"types"_s, types}, {u"from"_s, u"202601"_s}, {u"to"_s, u"202610"_s}},
                           kToday)
                    .contains(u"types"_s);
        };
        QVERIFY(!wrong(u"110"_s));
        QVERIFY(!wrong(u"110,390"_s));
        QVERIFY(wrong(u"110,110"_s));
        QVERIFY(wrong(u"110,999"_s));
        QVERIFY(wrong(u"110,"_s));
        QVERIFY(wrong({}));
    }

    void unknownKeysAreRefused()
    {
        auto values = defaultInputs(socialInsurance(), kToday);
        values.insert(u"aac002"_s, u"429999199003070011"_s);
        QCOMPARE(inputErrors(socialInsurance(), values, kToday).keys(), QStringList{u"aac002"_s});
    }

    void otherTypes()
    {
        using Type = Input::Type;
        QVERIFY(accepts(Type::IdNumber, u"429999199003070011"_s));
        QVERIFY(accepts(Type::IdNumber, u"42999919900307002X"_s));
        for (const auto &bad :
             {u"429999199003070012"_s, u"429999198502290014"_s, u"440524188001010014"_s,
              u"42999919901307001X"_s, u"4299"_s, u"429999209003070011"_s})
            QVERIFY2(!accepts(Type::IdNumber, bad), qPrintable(bad));
        QVERIFY(accepts(Type::Mobile, u"15400000001"_s));
        QVERIFY(!accepts(Type::Mobile, u"12400000001"_s));
        QVERIFY(!accepts(Type::Mobile, u"154000000011"_s));
        QVERIFY(accepts(Type::Amount, u"12.50"_s));
        for (const auto &bad : {u"0"_s, u"0.00"_s, u"-1"_s, u"1.234"_s, u"123456789"_s, u"1e3"_s})
            QVERIFY2(!accepts(Type::Amount, bad), qPrintable(bad));
        QVERIFY(accepts(Type::Date, u"2026-02-28"_s));
        QVERIFY(!accepts(Type::Date, u"2026-02-29"_s));
        QVERIFY(accepts(Type::Text, u"张湾区汉江路"_s));
        QVERIFY(!accepts(Type::Text, u"<b>"_s));
        QVERIFY(!accepts(Type::Text, u"a\x07"_s));
        QVERIFY(!accepts(Type::Text, QString(501, u'字')));
    }
};

QTEST_APPLESS_MAIN(TestInputRules)
#include "tst_inputrules.moc"
