// SPDX-License-Identifier: Apache-2.0
#include "domain/servicedescriptor.h"
#include "gateway/answermapper.h"
#include "gateway/upstreamvalues.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStringEncoder>
#include <QTest>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using As = ValueRule::As;

namespace {

UpstreamOperation operation()
{
    QFile file(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/services/S02.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto descriptor = domain::parseServiceDescriptor(file.readAll());
    return parseUpstream(descriptor->upstream)->value(u"query"_s);
}

const AskedFor kAsked{
        u"张小军"_s,
        u"429999199003070011"_s,
        {{u"types"_s, u"110,310"_s}, {u"from"_s, u"202601"_s}, {u"to"_s, u"202610"_s}},
        QDateTime(QDate(2026, 11, 23), QTime(4, 0), Qt::UTC)};

QJsonObject sharingAnswer()
{
    return QJsonDocument::fromJson(
                   R"({"code":"200","message":"成功","data":{"aae036":"20261121101500","persons":[
      {"aac001":"4200000001","aac002":"429999199003070011","aac003":"张小军","aab301":"420303","secret":"不应外传","insured":[
        {"aae140":"110","aac008":"1","aac049":"201503","aae042":"202610","aae201":134,"aae202":"133","arrears":"202604",
         "aae240":"48123.60","details":[
           {"aae003":"202610","aab004":"湖北某物流有限公司（合成）","aae180":"4500.00","aae020":"360.00","aae022":"720.00","aae078":"1"},
           {"aae003":"202512","aab004":"湖北某物流有限公司（合成）","aae180":"4500.00","aae020":"360.00","aae022":"720.00","aae078":"1"}]},
        {"aae140":"210","aac008":"1","details":[]}]}]}})")
            .object();
}

template<typename Change>
QJsonObject withPerson(Change &&change)
{
    QJsonObject answer = sharingAnswer();
    QJsonObject data = answer.value(u"data"_s).toObject();
    QJsonArray persons = data.value(u"persons"_s).toArray();
    QJsonObject person = persons.at(0).toObject();
    change(person);
    persons.replace(0, person);
    data.insert(u"persons"_s, persons);
    answer.insert(u"data"_s, data);
    return answer;
}

base::Result<MappedAnswer> map(const QJsonObject &answer)
{
    const UpstreamOperation op = operation();
    return mapAnswer(op, op.sources.at(0), answer, kAsked);
}

QJsonValue norm(As as, const QJsonValue &value)
{
    return normalisedValue(as, value);
}

} // namespace

class TestAnswerMapper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsAndMasks()
    {
        const auto mapped = map(sharingAnswer());
        QVERIFY(mapped.ok());
        QCOMPARE(mapped->code, u"OK"_s);
        QCOMPARE(mapped->notice, u"ARREARS"_s);
        QCOMPARE(mapped->asOf, QDateTime(QDate(2026, 11, 21), QTime(2, 15), Qt::UTC));
        const QJsonObject person = mapped->data.value(u"persons"_s).toArray().at(0).toObject();
        QCOMPARE(person.value(u"aac003"_s).toString(), u"张*军"_s);
        QCOMPARE(person.value(u"aac002"_s).toString(), u"429***********0011"_s);
        // Unemployment was not asked for; neither is December 2025.
        const QJsonArray rows = person.value(u"rows"_s).toArray();
        QCOMPARE(rows.size(), 1);
        const QJsonObject pension = rows.at(0).toObject();
        QCOMPARE(pension.value(u"account_balance_fen"_s).toInteger(), 4812360);
        QCOMPARE(pension.value(u"months_actual"_s).toInteger(), 133);
        QCOMPARE(pension.value(u"region"_s).toString(), u"420303"_s);
        const QJsonArray records = pension.value(u"records"_s).toArray();
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.at(0).toObject().value(u"employer"_s).toString(), u"湖北***公司"_s);
        QCOMPARE(records.at(0).toObject().value(u"personal_fen"_s).toInteger(), 36000);
        QCOMPARE(records.at(0).toObject().value(u"aae140"_s).toString(), u"110"_s);
        // Nothing the mapping does not name gets through.
        const QByteArray bytes = QJsonDocument(mapped->data).toJson();
        QVERIFY(!bytes.contains("不应外传"));
        QVERIFY(!bytes.contains("429999199003070011"));
        QVERIFY(!bytes.contains("张小军"));
        QVERIFY(!bytes.contains("某物流"));
    }

    void anotherPersonsRecordIsRefused()
    {
        const auto mapped = map(withPerson(
                [](QJsonObject &person) { person.insert(u"aac002"_s, u"42999919900307002X"_s); }));
        QVERIFY(!mapped.ok());
        QCOMPARE(mapped.error().code, u"upstream.foreign-person"_s);
        const auto missing =
                map(withPerson([](QJsonObject &person) { person.remove(u"aac002"_s); }));
        QVERIFY(!missing.ok());
        QCOMPARE(missing.error().code, u"upstream.answer"_s);
    }

    void anotherNameIsAMismatch()
    {
        const auto mapped =
                map(withPerson([](QJsonObject &person) { person.insert(u"aac003"_s, u"李四"_s); }));
        QVERIFY(mapped.ok());
        QCOMPARE(mapped->code, u"IDENTITY_MISMATCH"_s);
        QVERIFY(mapped->data.isEmpty());
    }

    void liesAndOmissions()
    {
        const auto mapped = map(withPerson([](QJsonObject &person) {
            person.remove(u"aab301"_s);
            person.insert(u"insured"_s,
                          QJsonArray{QJsonObject{{u"aae140"_s, u"110"_s},
                                                 {u"aac008"_s, u"77"_s},
                                                 {u"aac049"_s, u"201513"_s},
                                                 {u"aae201"_s, -5},
                                                 {u"aae240"_s, u"48123.601"_s},
                                                 {u"arrears"_s, u"202604,soon,202699"_s},
                                                 {u"details"_s, QJsonArray{}}}});
        }));
        QVERIFY(mapped.ok());
        QCOMPARE(mapped->droppedValues, 3);
        const QJsonObject row = mapped->data.value(u"persons"_s)
                                        .toArray()
                                        .at(0)
                                        .toObject()
                                        .value(u"rows"_s)
                                        .toArray()
                                        .at(0)
                                        .toObject();
        QCOMPARE(row.value(u"aac008"_s).toString(), u"77"_s); // unknown codes pass, named as such
        QVERIFY(!row.contains(u"first_month"_s));
        QVERIFY(!row.contains(u"months_total"_s));
        QVERIFY(!row.contains(u"account_balance_fen"_s));
        QVERIFY(!row.contains(u"region"_s));
        QCOMPARE(row.value(u"arrears_months"_s).toArray(), QJsonArray{u"202604"_s});
    }

    void aListThatIsNoListIsRefused()
    {
        const auto mapped = map(
                withPerson([](QJsonObject &person) { person.insert(u"insured"_s, u"none"_s); }));
        QVERIFY(!mapped.ok());
        QCOMPARE(mapped.error().code, u"upstream.answer"_s);
    }

    void nothingFoundMeansNotEnrolled()
    {
        const auto mapped = map(
                withPerson([](QJsonObject &person) { person.insert(u"insured"_s, QJsonArray{}); }));
        QVERIFY(mapped.ok());
        QCOMPARE(mapped->code, u"NOT_ENROLLED"_s);
    }

    void theFutureIsNotBelieved()
    {
        QJsonObject answer = sharingAnswer();
        QJsonObject data = answer.value(u"data"_s).toObject();
        data.insert(u"aae036"_s, u"20991231000000"_s);
        answer.insert(u"data"_s, data);
        QCOMPARE(map(answer)->asOf, kAsked.now);
    }

    void errorCodes_data()
    {
        QTest::addColumn<int>("source");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("code");
        const auto row = [](int source, const char *answer, const char *code) {
            QTest::newRow(answer) << source << QByteArray(answer) << QString::fromLatin1(code);
        };
        row(0, R"({"code":"300","message":"未查询到参保信息"})", "NOT_ENROLLED");
        row(0, R"({"code":"300","message":"姓名与证件号不一致"})", "IDENTITY_MISMATCH");
        row(0, R"({"code":"api-429","message":""})", "RATE_LIMITED");
        row(0, R"({"code":"300","message":"系统维护中"})", "UPSTREAM_DOWN");
        row(0, R"({"code":"300","message":"天知道"})", "UPSTREAM_DOWN");
        row(0, R"({"code":"catalog-123"})", "UPSTREAM_DOWN");
        row(1, R"({"status":40401,"msg":""})", "NOT_ENROLLED");
        row(1, R"({"status":"40301"})", "OUT_OF_WINDOW");
        row(1, R"({"status":12345})", "UPSTREAM_DOWN");
    }
    void errorCodes()
    {
        QFETCH(int, source);
        QFETCH(QByteArray, answer);
        QFETCH(QString, code);
        const UpstreamOperation op = operation();
        const auto mapped = mapAnswer(op, op.sources.at(source),
                                      QJsonDocument::fromJson(answer).object(), kAsked);
        QVERIFY(mapped.ok());
        QCOMPARE(mapped->code, code);
        QVERIFY(mapped->data.isEmpty());
    }

    void anAnswerWithoutCodeIsRefused() { QCOMPARE(map({}).error().code, u"upstream.answer"_s); }

    void encodings()
    {
        const QString text = u"{\"msg\":\"未查询到参保信息\"}"_s;
        QStringEncoder encoder("GB18030");
        const QByteArray gbk = encoder(text);
        QCOMPARE(readUpstreamJson(text.toUtf8(), "application/json")->value(u"msg"_s).toString(),
                 u"未查询到参保信息"_s);
        for (const auto &type : {"application/json;charset=GBK", "application/json",
                                 "application/json; charset=utf-8"})
            QCOMPARE(readUpstreamJson(gbk, type)->value(u"msg"_s).toString(),
                     u"未查询到参保信息"_s);
        QVERIFY(!readUpstreamJson("<html>", "text/html").ok());
        QVERIFY(!readUpstreamJson(QByteArray("\xff\xff\xff\xff{"), "").ok());
        QVERIFY(!readUpstreamJson({}, "").ok());
    }

    void values()
    {
        QCOMPARE(fenFromYuan(u"4500.00"_s), 450000);
        QCOMPARE(fenFromYuan(u"0.1"_s), 10);
        QCOMPARE(fenFromYuan(u"-0.05"_s), -5);
        for (const auto &bad :
             {u"1.234"_s, u"1e3"_s, u"1,000.00"_s, QString(), u"."_s, u"9999999999999"_s})
            QVERIFY2(!fenFromYuan(bad), qPrintable(bad));
        QCOMPARE(norm(As::Yuan, 4812.6).toInteger(), 481260); // 4812.6 has no exact double
        QCOMPARE(norm(As::Yuan, 0.29).toInteger(), 29);
        QVERIFY(norm(As::Fen, 12.5).isUndefined());
        QVERIFY(norm(As::Fen, u"abc"_s).isUndefined());
        QCOMPARE(norm(As::Month, u"2026-10"_s).toString(), u"202610"_s);
        QCOMPARE(norm(As::Month, 202610).toString(), u"202610"_s);
        QCOMPARE(norm(As::Date, u"20261005"_s).toString(), u"2026-10-05"_s);
        QVERIFY(norm(As::Date, u"20261305"_s).isUndefined());
        QCOMPARE(norm(As::Flag, u"1"_s), QJsonValue(true));
        QVERIFY(norm(As::Flag, 2).isUndefined());
        QVERIFY(norm(As::Code, u"<b>"_s).isUndefined());
        QCOMPARE(norm(As::Text, u" 张\u202e\x07军 "_s).toString(), u"张军"_s);
        QVERIFY(norm(As::Count, -1).isUndefined());
    }

    void serviceHours()
    {
        UpstreamSource source;
        source.opens = QTime(8, 0);
        source.closes = QTime(20, 0);
        const auto at = [&source](int hour, int minute) { // China time
            return secondsUntilOpen(source, QDateTime(QDate(2026, 11, 23), QTime(hour, minute),
                                                      Qt::OffsetFromUTC, 8 * 3600)
                                                    .toUTC());
        };
        QCOMPARE(at(8, 0), 0);
        QCOMPARE(at(19, 59), 0);
        QCOMPARE(at(7, 0), 3600);
        QCOMPARE(at(20, 0), 12 * 3600);
        source.opens = QTime(0, 0);
        source.closes = QTime();
        QCOMPARE(at(23, 59), 0);
    }

    void mappingsAreStrict()
    {
        const auto parse = [](const char *json) {
            return parseUpstream(QJsonDocument::fromJson(json).object());
        };
        QCOMPARE(parse("{}").error().code, u"mapping.invalid"_s);
        QVERIFY(!parse(R"({"operations":{"query":{"sources":[]}}})").ok());
        QVERIFY(!parse(R"({"operations":{},"extra":1})").ok());
        const char *good =
                R"({"operations":{"q":{"sources":[{"family":"A","system":"s","service":"x","path":"/p",
            "request":{"a":"subject.name"},"answer":{"code":"c","ok":["0"],"data":{"k":{"from":"f","as":"text"}}}}]}}})";
        QVERIFY(parse(good).ok());
        QByteArray bad = good;
        QVERIFY(!parse(bad.replace("subject.name", "subject.mobile").constData()).ok());
        bad = good;
        QVERIFY(!parse(bad.replace("\"as\":\"text\"", "\"as\":\"magic\"").constData()).ok());
        bad = good;
        QVERIFY(!parse(bad.replace("\"family\":\"A\"", "\"family\":\"Z\"").constData()).ok());
        bad = good;
        QVERIFY(!parse(bad.replace("\"from\":\"f\"", "\"form\":\"f\"").constData()).ok());
    }
};

QTEST_APPLESS_MAIN(TestAnswerMapper)
#include "tst_answermapper.moc"
