// SPDX-License-Identifier: Apache-2.0
#include "loginbench.h"

using namespace riderport;
using namespace riderport::identity;
using namespace Qt::StringLiterals;

class TestLoginCodes : public test::LoginBench
{
    Q_OBJECT
private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void onlineCodeIsOpenedByTheServer();
    void serverRefusalIsShown();
    void offlineCodeBeginsAtOnceAndIsJournalled();
    void silentServerDoesNotHoldTheWorkerUp();
    void replayIsRefusedOnlineAndOffline();
    void unwritableReplayStoreLetsNobodyIn();
    void unwritableJournalLetsNobodyIn();
    void unknownKeyAsksTheServerOnlyWhenOnline();
    void cameraDoesNotRepeatARefusalWhileTheCodeStays();
    void confirmsInTheBackground();
    void oldCodeWaitsForTheJournal();
    void refusalAfterwardsEndsTheSession();
    void forgottenWorkerIsNotConfirmed();
    void cameraRunsOnlyWhereItIsWanted();
};

void TestLoginCodes::onlineCodeIsOpenedByTheServer()
{
    m_flow->start();
    show(m_codes.code());
    QVERIFY(m_flow->state().verifying);
    QTRY_COMPARE(m_district->codes, QStringList{m_codes.code()});
    QCOMPARE(m_loggedIn->count(), 0);
    m_district->sessions.back().answer(serverWorker());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    QCOMPARE(m_loggedIn->at(0).at(0).value<domain::WorkerIdentity>(), serverWorker());
    QVERIFY(m_journal->recorded.isEmpty());
    QVERIFY(!m_flow->state().verifying);
}

void TestLoginCodes::serverRefusalIsShown()
{
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_district->sessions.size(), size_t(1));
    m_district->sessions.back().answer(error(base::ErrorKind::Replay, u"token.replayed"_s));
    QTRY_COMPARE(refusal(), u"token.replayed"_s);
    QCOMPARE(m_loggedIn->count(), 0);
}

void TestLoginCodes::offlineCodeBeginsAtOnceAndIsJournalled()
{
    offline();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    const auto worker = m_loggedIn->at(0).at(0).value<domain::WorkerIdentity>();
    QCOMPARE(worker.id.toString(), u"W42"_s);
    QCOMPARE(worker.authLevel, 2);
    QVERIFY(worker.verifiedOffline);
    QVERIFY(worker.session.isEmpty());
    QCOMPARE(m_journal->recorded, QStringList{m_codes.code()});
    QVERIFY(m_district->codes.isEmpty());
}

void TestLoginCodes::silentServerDoesNotHoldTheWorkerUp()
{
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_district->sessions.size(), size_t(1));
    m_clock->advance(2'999);
    m_flow->check();
    QCoreApplication::processEvents();
    QCOMPARE(m_loggedIn->count(), 0);
    m_clock->advance(1);
    m_flow->check();
    QTRY_COMPARE(m_loggedIn->count(), 1);
    QCOMPARE(m_journal->recorded.size(), 1);
    m_district->sessions.back().answer(serverWorker()); // too late for the judge
    QCoreApplication::processEvents();
    QCOMPARE(m_loggedIn->count(), 1);
}

void TestLoginCodes::replayIsRefusedOnlineAndOffline()
{
    offline();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    m_flow->stop();
    m_flow->start();
    m_clock->advance(5'000);
    show(m_codes.code());
    QTRY_COMPARE(refusal(), u"token.replayed"_s);
    m_flow->setOnline(true);
    m_flow->stop();
    m_flow->start();
    m_clock->advance(5'000);
    show(m_codes.code());
    QTRY_COMPARE(refusal(), u"token.replayed"_s);
    QCOMPARE(m_loggedIn->count(), 1);
}

void TestLoginCodes::unwritableReplayStoreLetsNobodyIn()
{
    offline();
    m_used->failure = error(base::ErrorKind::Storage, u"storage.full"_s);
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(refusal(), u"storage.full"_s);
    QCOMPARE(m_loggedIn->count(), 0);
}

void TestLoginCodes::unwritableJournalLetsNobodyIn()
{
    offline();
    m_journal->failure = error(base::ErrorKind::Storage, u"storage.full"_s);
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(refusal(), u"storage.full"_s);
    QCOMPARE(m_loggedIn->count(), 0);
    QVERIFY(!m_flow->state().verifying);
}

void TestLoginCodes::unknownKeyAsksTheServerOnlyWhenOnline()
{
    m_keys->material.certificate.clear();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_district->sessions.size(), size_t(1));
    m_district->sessions.back().answer(serverWorker());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    // A copy of that code must not open the same session for the next person.
    m_clock->advance(5'000);
    show(m_codes.code());
    QTRY_COMPARE(m_district->sessions.size(), size_t(2));
    m_district->sessions.back().answer(serverWorker());
    QTRY_COMPARE(refusal(), u"token.replayed"_s);

    offline();
    auto fresh = m_codes.token();
    fresh.nonce = "new!";
    show(m_codes.code(fresh));
    QTRY_COMPARE(refusal(), u"token.unknown-key"_s);
    QCOMPARE(m_loggedIn->count(), 1);
}

void TestLoginCodes::cameraDoesNotRepeatARefusalWhileTheCodeStays()
{
    offline();
    m_flow->start();
    m_clock->advance(90'000); // the code is old now
    for (int i = 0; i < 5; ++i) {
        m_cameraCodes->show(m_codes.code());
        QCoreApplication::processEvents();
        if (i == 0) {
            QCOMPARE(refusal(), u"token.expired"_s);
            m_flow->dismissRefusal();
        }
        QVERIFY(refusal().isEmpty());
        m_clock->advance(2'100);
    }
    m_clock->advance(3'000);
    m_cameraCodes->show(m_codes.code());
    QTRY_COMPARE(refusal(), u"token.expired"_s);
}

void TestLoginCodes::confirmsInTheBackground()
{
    offline();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    m_flow->stop();
    QSignalSpy confirmed(m_flow.get(), &LoginFlow::confirmed);
    m_flow->setOnline(true);
    QCOMPARE(m_district->codes, QStringList{m_codes.code()});
    m_district->sessions.back().answer(serverWorker());
    QTRY_COMPARE(confirmed.count(), 1);
    const auto worker = confirmed.at(0).at(0).value<domain::WorkerIdentity>();
    QCOMPARE(worker.session.toString(), u"5e55"_s);
    QVERIFY(!worker.verifiedOffline);
}

void TestLoginCodes::oldCodeWaitsForTheJournal()
{
    offline();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    QSignalSpy confirmed(m_flow.get(), &LoginFlow::confirmed);
    QSignalSpy refused(m_flow.get(), &KioskLoginFlow::refusedLater);
    m_clock->advance(300'000);
    m_flow->setOnline(true);
    m_district->sessions.back().answer(error(base::ErrorKind::Expired, u"token.expired"_s));
    QCoreApplication::processEvents();
    QCOMPARE(confirmed.count() + refused.count(), 0);
    auto worker = serverWorker();
    worker.session = base::SessionId(u"beef"_s);
    Q_EMIT m_journal->accepted(u"K1:SOMEBODYELSE"_s, serverWorker());
    QCOMPARE(confirmed.count(), 0);
    Q_EMIT m_journal->accepted(m_codes.code(), worker);
    QTRY_COMPARE(confirmed.count(), 1);
    QCOMPARE(confirmed.at(0).at(0).value<domain::WorkerIdentity>().session.toString(), u"beef"_s);
    QCOMPARE(refused.count(), 0);
}

void TestLoginCodes::refusalAfterwardsEndsTheSession()
{
    offline();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    QSignalSpy refused(m_flow.get(), &KioskLoginFlow::refusedLater);
    Q_EMIT m_journal->rejected(u"K1:SOMEBODYELSE"_s,
                               error(base::ErrorKind::Forbidden, u"token.forged"_s));
    QCOMPARE(refused.count(), 0);
    Q_EMIT m_journal->rejected(m_codes.code(),
                               error(base::ErrorKind::Forbidden, u"token.key-forged"_s));
    QCOMPARE(refused.count(), 1);
    QCOMPARE(refused.at(0).at(0).value<base::Error>().code, u"token.key-forged"_s);
}

void TestLoginCodes::forgottenWorkerIsNotConfirmed()
{
    offline();
    m_flow->start();
    show(m_codes.code());
    QTRY_COMPARE(m_loggedIn->count(), 1);
    QSignalSpy confirmed(m_flow.get(), &LoginFlow::confirmed);
    m_flow->setOnline(true);
    m_flow->forgetWorker();
    m_district->sessions.back().answer(serverWorker());
    Q_EMIT m_journal->accepted(m_codes.code(), serverWorker());
    QCoreApplication::processEvents();
    QCOMPARE(confirmed.count(), 0);
}

void TestLoginCodes::cameraRunsOnlyWhereItIsWanted()
{
    m_flow->setCameraWanted(false);
    m_flow->start();
    QVERIFY(m_scanner->running);
    QVERIFY(!m_cameraCodes->running);
    m_flow->setCameraWanted(true);
    QVERIFY(m_cameraCodes->running);
    m_flow->stop();
    QVERIFY(!m_cameraCodes->running);
    m_flow->setCameraWanted(false);
    m_flow->setCameraWanted(true);
    QVERIFY(!m_cameraCodes->running);
}

QTEST_GUILESS_MAIN(TestLoginCodes)
#include "tst_logincodes.moc"
