// SPDX-License-Identifier: Apache-2.0
#include "services/resultrenderer.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <limits>

using namespace riderport;
using namespace riderport::services;
using namespace Qt::StringLiterals;
using Descriptor = domain::ServiceDescriptor;

namespace {

Descriptor socialInsurance()
{
    QFile file(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/services/S02.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return domain::parseServiceDescriptor(file.readAll()).value();
}

QJsonObject answer()
{
    return QJsonDocument::fromJson(R"({
        "code":"OK","data_as_of":"2026-11-12T02:10:00+08:00","source_system":"hb-hrss-sim","demo":true,
        "notice":"ARREARS","trace_id":"t1","data":{"persons":[{
          "aac003":"张*军","aac002":"429***********0011","region":"420303",
          "rows":[{"aae140":"110","aac008":"1","region":"420303","first_month":"201503","last_month":"202610",
                   "months_total":134,"months_actual":133,"arrears_months":["202604"],"account_balance_fen":4812360,
                   "records":[{"aae003":"202610","employer":"湖北***公司","aae180":450000,"personal_fen":36000,
                               "employer_fen":72000,"flag":"1","aae140":"110"},
                              {"aae003":"202609","aae140":"110","flag":"7"}]},
                  {"aae140":"888","aac008":"9","arrears_months":[],"records":[]}]}]}})")
            .object();
}

Descriptor::Field field(Descriptor::Format format)
{
    Descriptor::Field result;
    result.key = u"k"_s;
    result.format = format;
    return result;
}

QString zh(Descriptor::Format format, const QJsonValue &value)
{
    return fieldText(field(format), value).zh;
}

} // namespace

class TestResultRenderer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void socialInsuranceRecord()
    {
        const auto rendered = renderAnswer(socialInsurance(), answer());
        QVERIFY(rendered.ok());
        QCOMPARE(rendered->noticeCode, u"ARREARS"_s);
        QCOMPARE(rendered->sourceSystem, u"hb-hrss-sim"_s);
        QVERIFY(rendered->demo);
        QCOMPARE(rendered->dataAsOf, QDateTime(QDate(2026, 11, 11), QTime(18, 10), Qt::UTC));
        QCOMPARE(rendered->sections.size(), 4);

        const ResultSection &person = rendered->sections.at(0);
        QCOMPARE(person.fields.size(), 3);
        QCOMPARE(person.fields.at(0).text.zh, u"张*军"_s);
        QCOMPARE(person.fields.at(2).text.en, u"Zhangwan"_s);

        const ResultSection &pension = rendered->sections.at(1);
        QCOMPARE(pension.title.en, u"Employee pension"_s);
        const auto named = [&pension](const QString &key) {
            for (const ResultValue &value : pension.fields) {
                if (value.key == key)
                    return value;
            }
            return ResultValue{};
        };
        QCOMPARE(named(u"aac008"_s).text.zh, u"正常参保"_s);
        QCOMPARE(named(u"last_month"_s).text.zh, u"2026年10月"_s);
        QCOMPARE(named(u"last_month"_s).text.en, u"Oct 2026"_s);
        QCOMPARE(named(u"months_total"_s).text.zh, u"134个月"_s);
        QCOMPARE(named(u"months_total"_s).text.en, u"134 months"_s);
        QVERIFY(named(u"arrears_months"_s).attention);
        QCOMPARE(named(u"arrears_months"_s).text.en, u"Apr 2026"_s);
        QCOMPARE(named(u"account_balance_fen"_s).text.zh, u"¥48,123.60"_s);
        QVERIFY(named(u"account_balance_fen"_s).hiddenUntilTouched);

        const ResultSection &table = rendered->sections.at(3);
        QCOMPARE(table.kind, Descriptor::Section::Kind::Table);
        QCOMPARE(table.rows.size(), 2);
        QCOMPARE(table.rows.at(0).size(), 7);
        QCOMPARE(table.rows.at(0).at(3).text.zh, u"¥4,500.00"_s);
        QCOMPARE(table.rows.at(1).size(), 7);
        QVERIFY(table.rows.at(1).at(3).text.isEmpty());
        QCOMPARE(table.rows.at(1).at(6).text.zh, u"其他(7)"_s);
    }

    void unknownCodesAreNamedAsSuch()
    {
        const auto rendered = renderAnswer(socialInsurance(), answer());
        const ResultSection &odd = rendered->sections.at(2);
        QCOMPARE(odd.title.zh, u"其他(888)"_s);
        QCOMPARE(odd.title.en, u"Other (888)"_s);
        QCOMPARE(odd.fields.size(), 1);
        QCOMPARE(odd.fields.at(0).text.zh, u"其他(9)"_s);
        QVERIFY(!odd.fields.at(0).attention);
    }

    void money()
    {
        QCOMPARE(moneyText(0), u"¥0.00"_s);
        QCOMPARE(moneyText(5), u"¥0.05"_s);
        QCOMPARE(moneyText(99999), u"¥999.99"_s);
        QCOMPARE(moneyText(123456), u"¥1,234.56"_s);
        QCOMPARE(moneyText(100000000), u"¥1,000,000.00"_s);
        QCOMPARE(moneyText(-123456), u"-¥1,234.56"_s);
        QCOMPARE(moneyText(9007199254740993), u"¥90,071,992,547,409.93"_s);
        QCOMPARE(moneyText(std::numeric_limits<qint64>::min()), u"-¥92,233,720,368,547,758.08"_s);
    }

    void moneyFromJsonIsExact()
    {
        const QJsonObject object = QJsonDocument::fromJson(R"({"v":9007199254740993})").object();
        QCOMPARE(zh(Descriptor::Format::Money, object.value(u"v"_s)), u"¥90,071,992,547,409.93"_s);
        QCOMPARE(zh(Descriptor::Format::Money, 12.5), QString());
        QCOMPARE(zh(Descriptor::Format::Money, u"12"_s), QString());
    }

    void otherFormats()
    {
        using Format = Descriptor::Format;
        QCOMPARE(zh(Format::Percent, 800), u"8%"_s);
        QCOMPARE(zh(Format::Percent, 262), u"2.62%"_s);
        QCOMPARE(zh(Format::Percent, 150), u"1.5%"_s);
        QCOMPARE(zh(Format::Percent, -5), u"-0.05%"_s);
        QCOMPARE(zh(Format::Date, u"2026-10-05"_s), u"2026年10月5日"_s);
        QCOMPARE(fieldText(field(Format::Date), u"2026-10-05"_s).en, u"5 Oct 2026"_s);
        QCOMPARE(zh(Format::Date, u"yesterday"_s), QString());
        QCOMPARE(zh(Format::Month, 202610), u"2026年10月"_s);
        QCOMPARE(zh(Format::Month, u"202613"_s), QString());
        QCOMPARE(zh(Format::MonthList, QJsonArray({u"202601"_s, u"bad"_s, 202602})),
                 u"2026年1月、2026年2月"_s);
        QCOMPARE(zh(Format::YesNo, true), u"是"_s);
        QCOMPARE(zh(Format::YesNo, 1), QString());
        QCOMPARE(zh(Format::Enum, 3), u"其他(3)"_s);
        QCOMPARE(zh(Format::Enum, QJsonValue()), QString());
    }

    void errorsKeepTheirCode()
    {
        const auto down = renderAnswer(socialInsurance(), {{u"code"_s, u"UPSTREAM_DOWN"_s}});
        QVERIFY(!down.ok());
        QCOMPARE(down.error().code, u"UPSTREAM_DOWN"_s);
        QCOMPARE(down.error().kind, base::ErrorKind::Unavailable);
        QCOMPARE(renderAnswer(socialInsurance(), {}).error().code, u"answer.invalid"_s);
        QCOMPARE(renderAnswer(socialInsurance(), {{u"code"_s, u"OK"_s}}).error().code,
                 u"answer.invalid"_s);
    }

    void silenceAboutDemoMeansDemo()
    {
        QJsonObject object = answer();
        object.remove(u"demo"_s);
        QVERIFY(renderAnswer(socialInsurance(), object)->demo);
        object.insert(u"demo"_s, false);
        QVERIFY(!renderAnswer(socialInsurance(), object)->demo);
    }

    void hugeAnswersAreCut()
    {
        QJsonArray rows;
        for (int i = 0; i < 5000; ++i)
            rows.append(QJsonObject{{u"aae003"_s, u"202610"_s}});
        QJsonObject object = answer();
        object.insert(u"data"_s,
                      QJsonObject{{u"persons"_s,
                                   QJsonObject{{u"rows"_s, QJsonObject{{u"records"_s, rows}}}}}});
        const auto rendered = renderAnswer(socialInsurance(), object);
        QCOMPARE(rendered->sections.size(), 1);
        QCOMPARE(rendered->sections.at(0).rows.size(), 2000);
    }
};

QTEST_APPLESS_MAIN(TestResultRenderer)
#include "tst_resultrenderer.moc"
