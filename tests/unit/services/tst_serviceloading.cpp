// SPDX-License-Identifier: Apache-2.0
#include "servicebench.h"

using namespace riderport;
using namespace riderport::services;
using namespace Qt::StringLiterals;

class TestServiceLoading : public test::ServiceBench
{
    Q_OBJECT
private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void freshConsentReachesTheDistrictBeforeTheQuery();
    void queryCarriesTheAnswers();
    void doubleTapAsksOnce();
    void resultIsShownAndDroppedOnTheWayBack();
    void bureauErrorsComeThrough_data();
    void bureauErrorsComeThrough();
    void repeatedTryKeepsTheIdempotencyKey();
    void cancelTakesTheQuestionBack();
    void loadingSecondsAreCounted();
    void waitsForAnUnconfirmedSession();
    void givesUpOnAnUnconfirmedSession();
    void sendsToThePhone();
    void endOfSessionForgetsEverything();
    void lateAnswerReachesNobody();
};

void TestServiceLoading::freshConsentReachesTheDistrictBeforeTheQuery()
{
    m_flow->setWorker(test::worker());
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Consent);
    m_flow->acceptConsent();
    QTRY_COMPARE(step(), Step::Form);
    m_flow->submit();
    QCOMPARE(step(), Step::Loading);
    QCoreApplication::processEvents();
    QVERIFY(m_gateway->queries.isEmpty());
    m_consents->deliveries.back().answer({});
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(good());
    QTRY_COMPARE(step(), Step::Result);
    m_flow->back();
    m_flow->submit(); // the second time nothing has to be delivered
    QTRY_COMPARE(m_gateway->queries.size(), 2);
}

void TestServiceLoading::queryCarriesTheAnswers()
{
    loggedInToForm();
    m_flow->setInput(u"types"_s, u"110,310"_s);
    m_flow->setInput(u"to"_s, u"202610"_s);
    m_flow->setInput(u"unknown"_s, u"x"_s);
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    const GatewayQuery &query = m_gateway->queries.constFirst();
    QCOMPARE(query.service.toString(), u"S02"_s);
    QCOMPARE(query.op, u"query"_s);
    QCOMPARE(query.session.toString(), u"5e55"_s);
    QCOMPARE(query.consentGroup, u"social_insurance"_s);
    QCOMPARE(query.consentVersion, 1);
    QCOMPARE(query.params, (QJsonObject{{u"types"_s, u"110,310"_s},
                                        {u"from"_s, u"202411"_s},
                                        {u"to"_s, u"202610"_s}}));
    QCOMPARE(query.idempotencyKey.size(), 36);
    QCOMPARE(query.traceId.size(), 32);
}

void TestServiceLoading::doubleTapAsksOnce()
{
    loggedInToForm();
    m_flow->submit();
    m_flow->submit();
    QCoreApplication::processEvents();
    QCOMPARE(m_gateway->queries.size(), 1);
}

void TestServiceLoading::resultIsShownAndDroppedOnTheWayBack()
{
    QSignalSpy shown(m_flow.get(), &KioskServiceFlow::resultShown);
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(good());
    QTRY_COMPARE(step(), Step::Result);
    QCOMPARE(m_flow->state().result->traceId, u"trace-1"_s);
    QCOMPARE(m_flow->state().loadingSeconds, 0);
    QCOMPARE(shown.count(), 1);
    m_flow->back();
    QCOMPARE(step(), Step::Form);
    QVERIFY(!m_flow->state().result);
}

void TestServiceLoading::bureauErrorsComeThrough_data()
{
    QTest::addColumn<QString>("code");
    for (const char *code :
         {"NOT_ENROLLED", "UPSTREAM_DOWN", "TIMEOUT", "RATE_LIMITED", "IDENTITY_MISMATCH"})
        QTest::newRow(code) << QString::fromLatin1(code);
}

void TestServiceLoading::bureauErrorsComeThrough()
{
    QFETCH(QString, code);
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(QJsonObject{{u"code"_s, code}});
    QTRY_COMPARE(step(), Step::Failed);
    QCOMPARE(errorCode(), code);
    QVERIFY(!m_flow->state().result);
    m_flow->submit(); // try again
    QTRY_COMPARE(m_gateway->queries.size(), 2);
}

void TestServiceLoading::repeatedTryKeepsTheIdempotencyKey()
{
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(base::Error{base::ErrorKind::Timeout, u"http.timeout"_s, {}});
    QTRY_COMPARE(step(), Step::Failed);
    m_flow->submit(); // effect unknown: the same question
    QTRY_COMPARE(m_gateway->queries.size(), 2);
    QCOMPARE(m_gateway->queries[1].idempotencyKey, m_gateway->queries[0].idempotencyKey);
    answer(base::Error{base::ErrorKind::Timeout, u"http.timeout"_s, {}});
    QTRY_COMPARE(step(), Step::Failed);
    m_flow->back();
    m_flow->setInput(u"to"_s, u"202609"_s);
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 3);
    QVERIFY(m_gateway->queries[2].idempotencyKey != m_gateway->queries[0].idempotencyKey);
}

void TestServiceLoading::cancelTakesTheQuestionBack()
{
    loggedInToForm();
    m_flow->setInput(u"to"_s, u"202609"_s);
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    m_flow->cancel();
    QVERIFY(m_gateway->cancellation.isCancelled());
    QCOMPARE(step(), Step::Form);
    QCOMPARE(m_flow->state().inputs.value(u"to"_s), u"202609"_s);
    answer(good());
    QCoreApplication::processEvents();
    QCOMPARE(step(), Step::Form);
    QVERIFY(!m_flow->state().result);
}

void TestServiceLoading::loadingSecondsAreCounted()
{
    loggedInToForm();
    m_flow->submit();
    m_clock->advance(2'500);
    m_flow->check();
    QCOMPARE(m_flow->state().loadingSeconds, 2);
    m_clock->jumpWall(3'600'000);
    m_flow->check();
    QCOMPARE(m_flow->state().loadingSeconds, 2);
}

void TestServiceLoading::waitsForAnUnconfirmedSession()
{
    auto worker = test::worker();
    worker.session = {};
    worker.verifiedOffline = true;
    m_consents->given.insert(u"W42/social_insurance/1"_s);
    m_flow->setWorker(worker);
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Form);
    m_flow->submit();
    QCOMPARE(step(), Step::Loading);
    QCoreApplication::processEvents();
    QVERIFY(m_gateway->queries.isEmpty());
    m_flow->setWorker(test::worker());
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    QCOMPARE(m_gateway->queries.constFirst().session.toString(), u"5e55"_s);
}

void TestServiceLoading::givesUpOnAnUnconfirmedSession()
{
    auto worker = test::worker();
    worker.session = {};
    m_consents->given.insert(u"W42/social_insurance/1"_s);
    m_flow->setWorker(worker);
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Form);
    m_flow->submit();
    m_clock->advance(10'000);
    m_flow->check();
    QCOMPARE(step(), Step::Failed);
    QCOMPARE(errorCode(), u"service.unconfirmed"_s);
    m_flow->setWorker(test::worker());
    QCoreApplication::processEvents();
    QVERIFY(m_gateway->queries.isEmpty());
}

void TestServiceLoading::sendsToThePhone()
{
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(good());
    QTRY_COMPARE(step(), Step::Result);
    m_flow->sendToPhone();
    QVERIFY(m_flow->state().phoneUrlPending);
    m_gateway->handoffs.back().answer(base::Error{base::ErrorKind::Timeout, u"http.timeout"_s, {}});
    QTRY_VERIFY(!m_flow->state().phoneUrlPending);
    QCOMPARE(step(), Step::Result);
    QCOMPARE(errorCode(), u"http.timeout"_s);
    m_flow->sendToPhone();
    QVERIFY(errorCode().isEmpty());
    m_gateway->handoffs.back().answer(u"https://d.example/h/1"_s);
    QTRY_COMPARE(m_flow->state().phoneUrl, u"https://d.example/h/1"_s);
    m_flow->back();
    QVERIFY(m_flow->state().phoneUrl.isEmpty());
}

void TestServiceLoading::endOfSessionForgetsEverything()
{
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(good());
    QTRY_COMPARE(step(), Step::Result);
    m_flow->setWorker(std::nullopt);
    QCOMPARE(step(), Step::Guide);
    QVERIFY(!m_flow->state().result);
    QVERIFY(m_flow->state().inputs.isEmpty());
    m_flow->close();
    QCOMPARE(step(), Step::Closed);
    QVERIFY(!m_flow->state().descriptor);
}

void TestServiceLoading::lateAnswerReachesNobody()
{
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    m_flow->setWorker(std::nullopt);
    QVERIFY(m_gateway->cancellation.isCancelled());
    auto other = test::worker();
    other.id = base::WorkerId(u"W43"_s);
    m_flow->setWorker(other);
    answer(good());
    QCoreApplication::processEvents();
    QVERIFY(!m_flow->state().result);
    QVERIFY(step() != Step::Result);
}

QTEST_GUILESS_MAIN(TestServiceLoading)
#include "tst_serviceloading.moc"
