// SPDX-License-Identifier: Apache-2.0
#include "servicebench.h"

using namespace riderport;
using namespace riderport::services;
using namespace Qt::StringLiterals;

class TestServiceSteps : public test::ServiceBench
{
    Q_OBJECT
private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void opensTheGuideWithoutLogIn();
    void asksForLogInThenConsentThenForm();
    void knownConsentIsNotAskedAgain();
    void decliningConsentBlocksNothing();
    void unwrittenConsentIsAFailure();
    void badAnswersStayOnTheForm();
    void offlineIsRefusedBeforeLogIn();
    void offlineQueuesWhenTheDescriptorSaysSo();
    void weakLogInIsRefused();
    void descriptorChangesDoNotReachARunningVisit();
    void withdrawnConsentIsAskedAgain();
};

void TestServiceSteps::opensTheGuideWithoutLogIn()
{
    m_flow->open(base::ServiceId(u"S02"_s));
    QCOMPARE(step(), Step::Guide);
    QCOMPARE(m_flow->state().descriptor->id.toString(), u"S02"_s);
    m_flow->back();
    QCOMPARE(step(), Step::Closed);
    m_flow->open(base::ServiceId(u"S99"_s));
    QCOMPARE(step(), Step::Failed);
    QCOMPARE(errorCode(), u"service.unknown"_s);
    m_flow->back();
    QCOMPARE(step(), Step::Closed);
}

void TestServiceSteps::asksForLogInThenConsentThenForm()
{
    QSignalSpy loginNeeded(m_flow.get(), &ServiceFlow::loginNeeded);
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QCOMPARE(step(), Step::NeedLogin);
    QCOMPARE(loginNeeded.count(), 1);
    m_flow->setWorker(test::worker());
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Consent);
    QVERIFY(m_consents->recorded.isEmpty());
    m_flow->acceptConsent();
    QTRY_COMPARE(step(), Step::Form);
    QCOMPARE(m_consents->recorded, QStringList{u"W42/social_insurance/1"_s});
    QCOMPARE(m_flow->state().inputs.value(u"from"_s), u"202411"_s);
}

void TestServiceSteps::knownConsentIsNotAskedAgain()
{
    loggedInToForm();
    QVERIFY(m_consents->recorded.isEmpty());
}

void TestServiceSteps::decliningConsentBlocksNothing()
{
    m_flow->setWorker(test::worker());
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Consent);
    m_flow->declineConsent();
    QCOMPARE(step(), Step::Guide);
    QVERIFY(m_consents->recorded.isEmpty());
    m_flow->open(base::ServiceId(u"S03"_s)); // needs none
    m_flow->proceed();
    QCOMPARE(step(), Step::Loading);
}

void TestServiceSteps::unwrittenConsentIsAFailure()
{
    m_consents->failure = base::Error{base::ErrorKind::Storage, u"storage.full"_s, {}};
    m_flow->setWorker(test::worker());
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Consent);
    m_flow->acceptConsent();
    QTRY_COMPARE(step(), Step::Failed);
    QCOMPARE(errorCode(), u"storage.full"_s);
    QVERIFY(m_gateway->queries.isEmpty());
}

void TestServiceSteps::badAnswersStayOnTheForm()
{
    loggedInToForm();
    m_flow->setInput(u"from"_s, u"bad"_s);
    m_flow->submit();
    QCOMPARE(step(), Step::Form);
    QVERIFY(m_flow->state().inputErrors.contains(u"from"_s));
    QVERIFY(m_gateway->queries.isEmpty());
    m_flow->setInput(u"from"_s, u"202501"_s);
    QVERIFY(m_flow->state().inputErrors.isEmpty());
    m_flow->back(); // back keeps answers
    QCOMPARE(step(), Step::Guide);
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Form);
    QCOMPARE(m_flow->state().inputs.value(u"from"_s), u"202501"_s);
}

void TestServiceSteps::offlineIsRefusedBeforeLogIn()
{
    m_flow->setOnline(false);
    QSignalSpy loginNeeded(m_flow.get(), &ServiceFlow::loginNeeded);
    m_flow->open(base::ServiceId(u"S02"_s));
    QCOMPARE(step(), Step::Guide);
    m_flow->proceed();
    QCOMPARE(step(), Step::Failed);
    QCOMPARE(errorCode(), u"service.offline"_s);
    QCOMPARE(m_flow->state().error->kind, base::ErrorKind::Offline);
    QCOMPARE(loginNeeded.count(), 0);
    m_flow->back();
    QCOMPARE(step(), Step::Guide);
    // The link fails while the form is open.
    m_flow->setOnline(true);
    loggedInToForm();
    m_flow->setOnline(false);
    m_flow->submit();
    QCOMPARE(errorCode(), u"service.offline"_s);
    m_flow->setOnline(true);
    m_flow->submit();
    QCOMPARE(step(), Step::Loading);
}

void TestServiceSteps::offlineQueuesWhenTheDescriptorSaysSo()
{
    m_catalogue->list[0].offline = domain::ServiceDescriptor::Offline::Queue;
    loggedInToForm();
    m_flow->setOnline(false);
    m_flow->submit();
    QTRY_COMPARE(step(), Step::Queued);
    QCOMPARE(m_consents->queued, QStringList{u"W42/S02"_s});
    QVERIFY(m_gateway->queries.isEmpty());
}

void TestServiceSteps::weakLogInIsRefused()
{
    auto worker = test::worker();
    worker.authLevel = 1;
    m_flow->setWorker(worker);
    m_flow->open(base::ServiceId(u"S02"_s));
    m_flow->proceed();
    QCOMPARE(step(), Step::Failed);
    QCOMPARE(errorCode(), u"service.level"_s);
}

void TestServiceSteps::descriptorChangesDoNotReachARunningVisit()
{
    m_flow->open(base::ServiceId(u"S02"_s));
    m_catalogue->list.clear();
    QCOMPARE(m_flow->state().descriptor->id.toString(), u"S02"_s);
    m_flow->setWorker(test::worker());
    m_flow->proceed();
    QTRY_COMPARE(step(), Step::Consent);
}

void TestServiceSteps::withdrawnConsentIsAskedAgain()
{
    loggedInToForm();
    m_flow->submit();
    QTRY_COMPARE(m_gateway->queries.size(), 1);
    answer(base::Error{base::ErrorKind::Forbidden, u"gateway.consent"_s, {}});
    QTRY_COMPARE(step(), Step::Consent);
}

QTEST_GUILESS_MAIN(TestServiceSteps)
#include "tst_servicesteps.moc"
