// SPDX-License-Identifier: Apache-2.0
#include "gatewaybench.h"
#include "simulatorprocess.h"

#include <QTest>

using namespace riderport;
using namespace riderport::district;
using namespace riderport::test;
using namespace Qt::StringLiterals;
using Ask = GatewayBench::Ask;

/// What the gateway promises about callers and about what it keeps, over real HTTP and a simulator
/// process.
class TestGatewayRules : public QObject
{
    Q_OBJECT

private:
    SimulatorProcess m_sim;
    std::unique_ptr<GatewayBench> m_bench;

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_sim.start()); }
    void init()
    {
        m_sim.clearScript();
        m_bench = std::make_unique<GatewayBench>(UpstreamLimits{});
        QVERIFY(m_bench->start());
        const QJsonObject answer = m_sim.control("GET", u"/upstreams"_s);
        const auto endpoints =
                readUpstreamEndpoints(QJsonDocument(answer).toJson(QJsonDocument::Compact));
        QVERIFY(endpoints.ok());
        m_bench->pool.setEndpoints({{u"B"_s, endpoints->value(u"B"_s)}});
        for (quint64 subject = 1; subject <= 2; ++subject)
            m_bench->openSession(subject);
    }

    void resultsAreKeptTenMinutesOrUntilLogOut()
    {
        Ask question;
        question.trace = "00000000000000f1";
        QCOMPARE(m_bench->ask(question).code(), u"OK"_s);
        const qint64 asked = m_sim.asked(u"B"_s);
        question.trace = "00000000000000f2";
        const auto again = m_bench->ask(question);
        QCOMPARE(again.code(), u"OK"_s);
        QCOMPARE(again.json.value(u"trace_id"_s).toString(), u"00000000000000f2"_s);
        QCOMPARE(m_sim.asked(u"B"_s), asked);
        QCOMPARE(m_bench->records.outcomes, (QStringList{u"OK"_s, u"cache"_s}));

        const base::SessionId session(m_bench->openSession(1));
        for (const auto &trace : {u"00000000000000f1"_s, u"00000000000000f2"_s})
            QVERIFY(m_bench->gateway.handoffResult(session, u"S02"_s, trace));
        QVERIFY(!m_bench->gateway.handoffResult(base::SessionId(m_bench->openSession(2)), u"S02"_s,
                                                u"00000000000000f1"_s));
        Ask other = question;
        other.params = {{u"types"_s, u"110"_s},
                        {u"from"_s, m_bench->month(-2)},
                        {u"to"_s, m_bench->month(-1)}};
        QCOMPARE(m_bench->ask(other).code(), u"OK"_s);
        QCOMPARE(m_sim.asked(u"B"_s), asked + 1);

        m_bench->gateway.onSessionClosed(session);
        QVERIFY(!m_bench->gateway.handoffResult(session, u"S02"_s, u"00000000000000f1"_s));
        QCOMPARE(m_bench->ask(question).code(), u"OK"_s);
        QCOMPARE(m_sim.asked(u"B"_s), asked + 2);
        m_bench->clock.advance(10 * 60'000);
        QCOMPARE(m_bench->ask(question).code(), u"OK"_s);
        QCOMPARE(m_sim.asked(u"B"_s), asked + 3);
    }

    void aLogOutOnTheWayLeavesNothingBehind()
    {
        QVERIFY(m_sim.script({{u"latency_ms"_s, 300}}));
        Ask question;
        question.trace = "00000000000000e1";
        QNetworkReply *reply = m_bench->send(question);
        QTRY_COMPARE(m_bench->records.admitted.size(), 1);
        const QString session = m_bench->openSession(1);
        m_bench->callers.sessions.remove(session);
        QCOMPARE(m_bench->await(reply).code(), u"OK"_s);
        QVERIFY(!m_bench->gateway.handoffResult(base::SessionId(session), u"S02"_s,
                                                u"00000000000000e1"_s));
    }

    void contractViolations()
    {
        const qint64 before = m_sim.asked(u"B"_s);
        const auto refusal = [this](const Ask &question, int status, const char *code) {
            const auto answer = m_bench->ask(question);
            QCOMPARE(answer.code(), QString::fromLatin1(code));
            QCOMPARE(answer.status, status);
        };
        Ask question;
        question.secret = "other";
        refusal(question, 401, "gateway.sign");
        question = {};
        question.timeOffset = -301'000;
        refusal(question, 401, "gateway.clock");
        const auto skewed = m_bench->ask(question);
        QVERIFY(std::abs(skewed.json.value(u"server_time"_s).toInteger() -
                         m_bench->clock.wallMs()) < 60'000);
        question = {};
        question.subject = 99;
        refusal(question, 401, "gateway.session");
        question = {};
        question.consentVersion = 2;
        refusal(question, 403, "gateway.consent");
        question = {};
        question.params = {
                {u"types"_s, u"110"_s}, {u"from"_s, u"202601"_s}, {u"to"_s, u"202501"_s}};
        refusal(question, 400, "gateway.params");
        question.params = {{u"types"_s, u"110"_s},
                           {u"from"_s, u"202601"_s},
                           {u"to"_s, u"202601"_s},
                           {u"idcard"_s, u"429999199003070011"_s}};
        refusal(question, 400, "gateway.params");
        m_bench->openSession(1, 1);
        refusal({}, 403, "gateway.level");
        m_bench->openSession(1, 2);
        m_bench->records.consented = false;
        refusal({}, 403, "gateway.consent");
        QCOMPARE(m_sim.asked(u"B"_s), before);
    }

    void aReplayedCallIsRefused()
    {
        Ask question;
        question.nonce = QByteArray(32, 'e');
        QCOMPARE(m_bench->ask(question).code(), u"OK"_s);
        const auto replayed = m_bench->ask(question);
        QCOMPARE(replayed.status, 409);
        QCOMPARE(replayed.code(), u"gateway.replayed"_s);
    }

    void nothingIsHandedOutWithoutItsAuditEntry()
    {
        m_bench->records.auditFails = true;
        const auto answer = m_bench->ask({});
        QCOMPARE(answer.code(), u"storage.full"_s);
        QVERIFY(!answer.json.contains(u"data"_s));
    }
};

QTEST_GUILESS_MAIN(TestGatewayRules)
#include "tst_gatewayrules.moc"
