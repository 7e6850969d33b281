// SPDX-License-Identifier: Apache-2.0
#include "gatewaybench.h"
#include "simulatorprocess.h"

#include <QJsonArray>
#include <QTcpServer>
#include <QTest>

using namespace riderport;
using namespace riderport::district;
using namespace riderport::test;
using namespace Qt::StringLiterals;
using Ask = GatewayBench::Ask;

namespace {

// Short enough to test, long enough for a busy machine.
constexpr UpstreamLimits kLimits{3000, 1500, 6000, 2, 20, 6};

QMutex logMutex;
QByteArray logged;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &message)
{
    const QMutexLocker lock(&logMutex);
    logged += message.toUtf8() + '\n';
}

} // namespace

/// Real HTTP on both sides: a kiosk's signed calls, the gateway, the simulated bureaus in a process
/// of their own.
class TestGateway : public QObject
{
    Q_OBJECT

private:
    SimulatorProcess m_sim;
    std::unique_ptr<GatewayBench> m_bench;
    QtMessageHandler m_previous = nullptr;

    // The bureaus' state carries over; the gateway's does not.
    void freshBench(const UpstreamLimits &limits = kLimits)
    {
        m_bench = std::make_unique<GatewayBench>(limits);
        QVERIFY(m_bench->start());
        useBureaus({u"A"_s, u"B"_s});
        for (quint64 subject = 1; subject <= 4; ++subject)
            m_bench->openSession(subject);
    }

    void useBureaus(const QStringList &families)
    {
        const QJsonObject answer = m_sim.control("GET", u"/upstreams"_s);
        auto endpoints =
                readUpstreamEndpoints(QJsonDocument(answer).toJson(QJsonDocument::Compact));
        QVERIFY(endpoints.ok());
        for (const QString &family : endpoints->keys()) {
            if (!families.contains(family))
                endpoints->remove(family);
        }
        m_bench->pool.setEndpoints(*endpoints);
    }

    GatewayBench::Answer ask(quint64 subject)
    {
        Ask question;
        question.subject = subject;
        return m_bench->ask(question);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_sim.start());
        QVERIFY(m_sim.ready().value(u"sms"_s).toString().endsWith(u"/sms"));
        m_previous = qInstallMessageHandler(keepLog);
    }
    void cleanupTestCase()
    {
        qInstallMessageHandler(m_previous);
        m_bench.reset();
        m_sim.stop();
        QCOMPARE(m_sim.exitCode(), 0);
        // What people are called, their numbers and their amounts appear in no log.
        const QByteArray log = logged + m_sim.log();
        for (quint64 subject = 1; subject <= 4; ++subject) {
            const auto person = domain::samplePerson(subject);
            QVERIFY(!log.contains(person.name.toUtf8()));
            QVERIFY(!log.contains(person.idNumber.toUtf8()));
            QVERIFY(!log.contains(person.mobile.toUtf8()));
        }
        QVERIFY(!log.contains("secret-1"));
        QVERIFY(log.contains("UPSTREAM_DOWN")); // the log was really looked at
    }
    void init()
    {
        m_sim.clearScript();
        freshBench();
    }

    void socialInsuranceRecordFromTheProvince()
    {
        Ask question;
        question.trace = "00000000000000c1";
        const auto answer = m_bench->ask(question);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.code(), u"OK"_s);
        QCOMPARE(answer.json.value(u"source_system"_s).toString(), u"hb-hrss-sim"_s);
        QCOMPARE(answer.json.value(u"demo"_s).toBool(), true);
        QCOMPARE(answer.json.value(u"notice"_s).toString(), QString());
        QCOMPARE(answer.json.value(u"trace_id"_s).toString(), u"00000000000000c1"_s);
        QVERIFY(QDateTime::fromString(answer.json.value(u"data_as_of"_s).toString(), Qt::ISODate)
                        .isValid());
        const QJsonArray persons =
                answer.json.value(u"data"_s).toObject().value(u"persons"_s).toArray();
        QCOMPARE(persons.size(), 1);
        const QJsonArray rows = persons.at(0).toObject().value(u"rows"_s).toArray();
        QCOMPARE(rows.size(), 2);
        const QJsonArray records = rows.at(0).toObject().value(u"records"_s).toArray();
        QCOMPARE(records.size(), 12);
        const QJsonObject record = records.at(0).toObject();
        QCOMPARE(record.value(u"aae003"_s).toString(), m_bench->month(-1));
        // 8 % of the base to the account, 16 % by the employer
        const qint64 base = record.value(u"aae180"_s).toInteger();
        QVERIFY(base > 0);
        QCOMPARE(record.value(u"personal_fen"_s).toInteger(), (base * 8 + 50) / 100);
        QCOMPARE(record.value(u"employer_fen"_s).toInteger(), (base * 16 + 50) / 100);

        const auto person = domain::samplePerson(1);
        const QByteArray bytes = QJsonDocument(answer.json).toJson();
        QVERIFY(!bytes.contains(person.idNumber.toUtf8()));
        QVERIFY(!bytes.contains(person.name.toUtf8()));
        QVERIFY(!bytes.contains(person.employer.toUtf8()));
        QCOMPARE(m_bench->records.admitted.size(), 1);
        QCOMPARE(m_bench->records.admitted.at(0).fields, u"aac002,aac003,idcard,name"_s);
        QCOMPARE(m_bench->records.outcomes, QStringList{u"OK"_s});
    }

    void arrearsSeveralRegionsNotEnrolled()
    {
        QCOMPARE(ask(2).json.value(u"notice"_s).toString(), u"ARREARS"_s);
        const auto regions = ask(3);
        QCOMPARE(regions.json.value(u"notice"_s).toString(), u"MULTI_ACCOUNT"_s);
        QCOMPARE(regions.json.value(u"data"_s).toObject().value(u"persons"_s).toArray().size(), 2);
        const auto nobody = ask(4);
        QCOMPARE(nobody.status, 200);
        QCOMPARE(nobody.code(), u"NOT_ENROLLED"_s);
        QVERIFY(nobody.json.value(u"message"_s).toString().contains(u"12333"));
        QVERIFY(!nobody.json.contains(u"data"_s));
    }

    void theCityStandsInAndWritesGbk()
    {
        useBureaus({u"B"_s});
        const auto answer = ask(2);
        QCOMPARE(answer.code(), u"OK"_s);
        QCOMPARE(answer.json.value(u"source_system"_s).toString(), u"sy-hrss-sim"_s);
        QCOMPARE(answer.json.value(u"notice"_s).toString(), u"ARREARS"_s);
        // Both bureaus say the same, whatever their words.
        useBureaus({u"A"_s});
        m_bench->gateway.onSessionClosed(base::SessionId(m_bench->openSession(2)));
        const auto province = ask(2);
        QCOMPARE(province.json.value(u"source_system"_s).toString(), u"hb-hrss-sim"_s);
        QCOMPARE(province.json.value(u"data"_s), answer.json.value(u"data"_s));
    }

    void errorsOfBothBureaus_data()
    {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QString>("code");
        for (const auto *family : {"A", "B"}) {
            for (const auto *code :
                 {"NOT_ENROLLED", "ARREARS", "MULTI_ACCOUNT", "IDENTITY_MISMATCH",
                  "DUPLICATE_APPLICATION", "OUT_OF_WINDOW", "NOT_ELIGIBLE", "MATERIAL_MISSING",
                  "UPSTREAM_DOWN", "RATE_LIMITED"})
                QTest::addRow("%s %s", family, code)
                        << QString::fromLatin1(family) << QString::fromLatin1(code);
        }
    }
    void errorsOfBothBureaus()
    {
        QFETCH(QString, family);
        QFETCH(QString, code);
        useBureaus({family});
        QVERIFY(m_sim.script({{u"upstream"_s, family}, {u"error"_s, code}}));
        const auto answer = ask(1);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.code(), code);
        QVERIFY(!answer.json.value(u"message"_s).toString().isEmpty());
        QCOMPARE(m_bench->records.outcomes, QStringList{code});
        // A failure is not kept: the next question is asked again.
        QCOMPARE(ask(1).code(), u"OK"_s);
    }

    void misbehaviour_data()
    {
        QTest::addColumn<QJsonObject>("fault");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QJsonObject &fault, const QString &code) {
            QTest::newRow(name) << fault << code;
        };
        const QString down = u"UPSTREAM_DOWN"_s;
        row("another person", {{u"error"_s, u"FOREIGN_PERSON"_s}}, down);
        row("garbage", {{u"garbage"_s, true}}, down);
        row("unknown error", {{u"error"_s, u"UNKNOWN_ERROR"_s}}, down);
        row("hang", {{u"hang"_s, true}}, u"TIMEOUT"_s);
        row("GBK undeclared", {{u"gbk"_s, true}}, u"OK"_s);
        row("unknown codes", {{u"error"_s, u"UNKNOWN_CODES"_s}}, u"OK"_s);
        row("fields omitted", {{u"error"_s, u"OMIT_FIELDS"_s}}, u"OK"_s);
        row("slow", {{u"latency_ms"_s, 200}}, u"OK"_s);
        row("one 500", {{u"error"_s, u"HTTP_500"_s}}, u"OK"_s);
        row("two drops", {{u"drop"_s, true}, {u"count"_s, 2}}, u"OK"_s);
        // Qt itself repeats a request or two when a kept connection breaks off.
        row("many drops", {{u"drop"_s, true}, {u"count"_s, 100}}, down);
        row("secret expired", {{u"error"_s, u"SECRET_EXPIRED"_s}}, u"OK"_s);
    }
    void misbehaviour()
    {
        QFETCH(QJsonObject, fault);
        QFETCH(QString, code);
        useBureaus({u"A"_s});
        QVERIFY(m_sim.script(fault));
        const auto answer = ask(1);
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.code(), code);
        const QByteArray bytes = QJsonDocument(answer.json).toJson();
        QVERIFY(!bytes.contains("429999"));
    }

    void staleDataIsShownAndSaid()
    {
        QVERIFY(m_sim.script({{u"error"_s, u"STALE"_s}}));
        const auto answer = ask(1);
        QCOMPARE(answer.code(), u"OK"_s);
        QCOMPARE(answer.json.value(u"notice"_s).toString(), u"DATA_STALE"_s);
    }

    void theSecondSourceStandsInForASilentOne()
    {
        QVERIFY(m_sim.script({{u"upstream"_s, u"A"_s}, {u"hang"_s, true}}));
        const auto answer = ask(1);
        QCOMPARE(answer.code(), u"OK"_s);
        QCOMPARE(answer.json.value(u"source_system"_s).toString(), u"sy-hrss-sim"_s);
    }

    void nobodyListening()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QUrl url(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
        closed.close();
        m_bench->pool.setEndpoints({{u"B"_s, {url, u"c"_s, "k", true}}});
        const auto answer = ask(1);
        QCOMPARE(answer.code(), u"UPSTREAM_DOWN"_s);
        QVERIFY(answer.json.value(u"retry_after_s"_s).toInt() > 0);
    }

    void wrongCredentialsAreRefusedByTheBureau()
    {
        const QJsonObject answer = m_sim.control("GET", u"/upstreams"_s);
        auto endpoints =
                readUpstreamEndpoints(QJsonDocument(answer).toJson(QJsonDocument::Compact));
        for (const QString &family : {u"A"_s, u"B"_s}) {
            UpstreamEndpoint endpoint = endpoints->value(family);
            endpoint.key = "wrong";
            m_bench->pool.setEndpoints({{family, endpoint}});
            QCOMPARE(ask(1).code(), u"UPSTREAM_DOWN"_s);
        }
    }

    void breakerOpensAndRecovers()
    {
        useBureaus({u"B"_s});
        QVERIFY(m_sim.script(
                {{u"upstream"_s, u"B"_s}, {u"error"_s, u"UPSTREAM_DOWN"_s}, {u"count"_s, 20}}));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(ask(1).code(), u"UPSTREAM_DOWN"_s);
        QCOMPARE(m_bench->pool.state(u"B"_s), CircuitBreaker::State::Open);
        const qint64 asked = m_sim.asked(u"B"_s);
        const auto refused = ask(1);
        QCOMPARE(refused.code(), u"UPSTREAM_DOWN"_s);
        QVERIFY(refused.json.value(u"retry_after_s"_s).toInt() <= 30);
        QCOMPARE(m_sim.asked(u"B"_s), asked); // not even asked
        m_bench->clock.advance(CircuitBreaker::kOpenMs);
        QCOMPARE(ask(1).code(), u"OK"_s);
        QCOMPARE(m_bench->pool.state(u"B"_s), CircuitBreaker::State::Closed);
    }

    void bulkheadTurnsTheSurplusAway()
    {
        UpstreamLimits narrow = kLimits;
        narrow.maxConcurrent = 2;
        freshBench(narrow);
        useBureaus({u"B"_s});
        QVERIFY(m_sim.script({{u"latency_ms"_s, 600}, {u"count"_s, 2}}));
        QList<QNetworkReply *> replies;
        for (quint64 subject = 1; subject <= 3; ++subject) {
            Ask question;
            question.subject = subject;
            replies.append(m_bench->send(question));
        }
        QStringList codes;
        for (QNetworkReply *reply : replies)
            codes.append(m_bench->await(reply).code());
        codes.sort();
        QCOMPARE(codes, (QStringList{u"OK"_s, u"OK"_s, u"RATE_LIMITED"_s}));
    }

    void manyAtOnceShareOneSecret_data()
    {
        QTest::addColumn<bool>("expired");
        QTest::newRow("at the start") << false;
        QTest::newRow("after it expired") << true;
    }
    void manyAtOnceShareOneSecret()
    {
        QFETCH(bool, expired);
        useBureaus({u"A"_s});
        if (expired) {
            QCOMPARE(ask(1).code(), u"OK"_s);
            QVERIFY(m_sim.script({{u"error"_s, u"SECRET_EXPIRED"_s}}));
        }
        QList<QNetworkReply *> replies;
        for (quint64 subject = 21; subject <= 25; ++subject) {
            m_bench->openSession(subject);
            Ask question;
            question.subject = subject;
            replies.append(m_bench->send(question));
        }
        QStringList codes;
        for (QNetworkReply *reply : replies)
            codes.append(m_bench->await(reply).code());
        codes.sort();
        // 24 is not enrolled, and that is an answer, too.
        QCOMPARE(codes, (QStringList{u"NOT_ENROLLED"_s, u"OK"_s, u"OK"_s, u"OK"_s, u"OK"_s}));
    }

    void aNameTheBureauDoesNotKnow()
    {
        m_bench->records.name = u"李四"_s;
        QCOMPARE(ask(1).code(), u"IDENTITY_MISMATCH"_s);
    }

    void simulatorMarksItsMessages()
    {
        m_sim.control("POST", u"/sms"_s, {{u"to"_s, u"15400000001"_s}, {u"text"_s, u"验证码"_s}});
        const QJsonObject outbox = m_sim.control("GET", u"/sms"_s);
        QCOMPARE(outbox.value(u"mark"_s).toString(), u"演示"_s);
        const QJsonObject message = outbox.value(u"messages"_s).toArray().last().toObject();
        QCOMPARE(message.value(u"to"_s).toString(), u"15400000001"_s);
        QCOMPARE(message.value(u"demo"_s).toBool(), true);
        QVERIFY(!m_sim.script({{u"error"_s, u"nonsense"_s}}));
        QVERIFY(!m_sim.script({{u"unknown"_s, true}}));
    }
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
