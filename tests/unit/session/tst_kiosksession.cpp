// SPDX-License-Identifier: Apache-2.0
#include "session/kiosksession.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace riderport;
using namespace riderport::session;
using namespace Qt::StringLiterals;
using Phase = SessionState::Phase;

namespace {

domain::WorkerIdentity worker(const QString &id = u"W1"_s)
{
    domain::WorkerIdentity identity;
    identity.id = base::WorkerId(id);
    identity.maskedName = u"张*军"_s;
    identity.authLevel = 2;
    return identity;
}

class Recorder final : public Wipeable
{
public:
    Recorder(QString name, QStringList &log, Session &session)
        : m_name(std::move(name))
        , m_log(log)
        , m_session(session)
    {}
    void wipe() override
    {
        m_log.append(m_name + (m_session.state().worker ? u"+worker"_s : QString()));
        if (remove != nullptr)
            m_session.removeWipeable(remove);
        if (endAgain)
            m_session.end(EndReason::Fault);
    }
    Wipeable *remove = nullptr;
    bool endAgain = false;

private:
    QString m_name;
    QStringList &m_log;
    Session &m_session;
};

} // namespace

class TestKioskSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void firstTouchOpensGuestAndIdleClosesIt();
    void warnsThenExpiresAtTheAnnouncedSecond();
    void countsDownEverySecond();
    void activityInTheWarningDoesNothing();
    void extendsTwelveTimes();
    void hardLimitEndsEvenABusySession();
    void hardLimitIsAnnounced();
    void formPagesGetMoreTime();
    void leavingAFormGivesHalfTheShorterTime();
    void slowModeDoublesIdleAndCountdownButNotTheLimit();
    void wipesInOrderBeforeAnybodyHears();
    void survivesRemovalAndReentryDuringTheWipe();
    void logOutLeadsToGuest();
    void secondWorkerReplacesTheFirst();
    void lateConfirmationIsDropped();
    void wallClockJumpsChangeNothing();
    void sleepThroughTheCountdownEndsTheSession();
    void lateTouchDoesNotRescueAnExpiredSession();
    void timerWakesByItself();

private:
    void pass(qint64 ms)
    {
        m_clock->advance(ms);
        m_session->check();
    }
    std::unique_ptr<test::FakeClock> m_clock;
    std::unique_ptr<KioskSession> m_session;
};

void TestKioskSession::init()
{
    m_session.reset();
    m_clock = std::make_unique<test::FakeClock>();
    m_session = std::make_unique<KioskSession>(*m_clock);
}

void TestKioskSession::firstTouchOpensGuestAndIdleClosesIt()
{
    QCOMPARE(m_session->state().phase, Phase::Attract);
    m_session->noteActivity();
    QCOMPARE(m_session->state().phase, Phase::Guest);
    QSignalSpy ended(m_session.get(), &Session::ended);
    pass(59'999);
    QCOMPARE(m_session->state().phase, Phase::Guest);
    m_session->noteActivity();
    pass(59'999);
    QCOMPARE(m_session->state().phase, Phase::Guest);
    pass(1);
    QCOMPARE(m_session->state().phase, Phase::Attract);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended.at(0).at(0).value<EndReason>(), EndReason::IdleTimeout);
}

void TestKioskSession::warnsThenExpiresAtTheAnnouncedSecond()
{
    m_session->begin(worker());
    QCOMPARE(m_session->state().phase, Phase::Active);
    pass(89'999);
    QCOMPARE(m_session->state().phase, Phase::Active);
    pass(1);
    QCOMPARE(m_session->state().phase, Phase::Warning);
    QCOMPARE(m_session->state().secondsLeft, 30);
    QVERIFY(m_session->state().worker.has_value());
    pass(29'999);
    QCOMPARE(m_session->state().phase, Phase::Warning);
    QCOMPARE(m_session->state().secondsLeft, 1);
    QSignalSpy ended(m_session.get(), &Session::ended);
    pass(1);
    QCOMPARE(m_session->state().phase, Phase::Attract);
    QVERIFY(!m_session->state().worker);
    QCOMPARE(m_session->state().secondsLeft, 0);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended.at(0).at(0).value<EndReason>(), EndReason::IdleTimeout);
}

void TestKioskSession::countsDownEverySecond()
{
    m_session->begin(worker());
    pass(90'000);
    QSignalSpy changed(m_session.get(), &Session::stateChanged);
    for (int second = 29; second >= 1; --second) {
        pass(1'000);
        QCOMPARE(m_session->state().secondsLeft, second);
    }
    QCOMPARE(changed.count(), 29);
}

void TestKioskSession::activityInTheWarningDoesNothing()
{
    m_session->begin(worker());
    pass(90'000);
    pass(10'000);
    m_session->noteActivity();
    QCOMPARE(m_session->state().phase, Phase::Warning);
    pass(20'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
}

void TestKioskSession::extendsTwelveTimes()
{
    SessionPolicy policy;
    policy.hardLimitMs = 24LL * 3'600'000;
    m_session = std::make_unique<KioskSession>(*m_clock, policy);
    m_session->begin(worker());
    for (int round = 0; round < 12; ++round) {
        pass(90'000);
        QCOMPARE(m_session->state().phase, Phase::Warning);
        pass(29'000);
        m_session->extend();
        QCOMPARE(m_session->state().phase, Phase::Active);
        QCOMPARE(m_session->state().secondsLeft, 0);
        QVERIFY(m_session->state().worker.has_value());
    }
    pass(89'999);
    QCOMPARE(m_session->state().phase, Phase::Active);
}

void TestKioskSession::hardLimitEndsEvenABusySession()
{
    m_session->begin(worker());
    QSignalSpy ended(m_session.get(), &Session::ended);
    for (int second = 1; second < 900; ++second) {
        pass(1'000);
        if (m_session->state().phase == Phase::Warning)
            m_session->extend();
        m_session->noteActivity();
        QVERIFY(m_session->state().worker.has_value());
    }
    pass(1'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended.at(0).at(0).value<EndReason>(), EndReason::HardLimit);
}

void TestKioskSession::hardLimitIsAnnounced()
{
    m_session->begin(worker());
    for (int i = 0; i < 29; ++i) {
        pass(30'000);
        m_session->noteActivity();
    }
    QCOMPARE(m_session->state().phase, Phase::Warning); // at 870 s
    QCOMPARE(m_session->state().secondsLeft, 30);
    m_session->extend();
    QCOMPARE(m_session->state().phase, Phase::Active);
    pass(20'000);
    QCOMPARE(m_session->state().phase, Phase::Active); // said once
    pass(10'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
}

void TestKioskSession::formPagesGetMoreTime()
{
    m_session->begin(worker());
    m_session->setFormOpen(true);
    pass(149'999);
    QCOMPARE(m_session->state().phase, Phase::Active);
    pass(1);
    QCOMPARE(m_session->state().phase, Phase::Warning);
}

void TestKioskSession::leavingAFormGivesHalfTheShorterTime()
{
    m_session->begin(worker());
    m_session->setFormOpen(true);
    pass(140'000);
    m_session->setFormOpen(false);
    m_session->check();
    QCOMPARE(m_session->state().phase, Phase::Active);
    pass(45'000);
    QCOMPARE(m_session->state().phase, Phase::Warning);
}

void TestKioskSession::slowModeDoublesIdleAndCountdownButNotTheLimit()
{
    m_session->setSlow(true);
    m_session->begin(worker());
    pass(179'999);
    QCOMPARE(m_session->state().phase, Phase::Active);
    pass(1);
    QCOMPARE(m_session->state().phase, Phase::Warning);
    QCOMPARE(m_session->state().secondsLeft, 60);
    m_session->extend();
    for (int i = 0; i < 7; ++i) {
        pass(100'000);
        m_session->extend();
        m_session->noteActivity();
    }
    QVERIFY(m_session->state().worker.has_value()); // 880 s
    pass(20'000);
    QVERIFY(!m_session->state().worker);
}

void TestKioskSession::wipesInOrderBeforeAnybodyHears()
{
    QStringList log;
    Recorder first(u"first"_s, log, *m_session);
    Recorder second(u"second"_s, log, *m_session);
    Recorder third(u"third"_s, log, *m_session);
    m_session->addWipeable(&first);
    m_session->addWipeable(&second);
    m_session->addWipeable(&third);
    m_session->addWipeable(&second); // registered once only
    m_session->begin(worker());
    connect(m_session.get(), &Session::stateChanged, this, [&log] { log.append(u"changed"_s); });
    connect(m_session.get(), &Session::ended, this, [&log] { log.append(u"ended"_s); });
    m_session->end(EndReason::LoggedOut);
    QCOMPARE(log, (QStringList{u"first"_s, u"second"_s, u"third"_s, u"changed"_s, u"ended"_s}));
}

void TestKioskSession::survivesRemovalAndReentryDuringTheWipe()
{
    QStringList log;
    Recorder first(u"first"_s, log, *m_session);
    Recorder second(u"second"_s, log, *m_session);
    first.remove = &second;
    first.endAgain = true;
    m_session->addWipeable(&first);
    m_session->addWipeable(&second);
    m_session->begin(worker());
    QSignalSpy ended(m_session.get(), &Session::ended);
    m_session->end(EndReason::LoggedOut);
    QCOMPARE(log, QStringList{u"first"_s});
    QCOMPARE(ended.count(), 1);
}

void TestKioskSession::logOutLeadsToGuest()
{
    m_session->begin(worker());
    m_session->end(EndReason::LoggedOut);
    QCOMPARE(m_session->state().phase, Phase::Guest);
    QVERIFY(!m_session->state().worker);
    pass(60'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
}

void TestKioskSession::secondWorkerReplacesTheFirst()
{
    QStringList log;
    Recorder recorder(u"wiped"_s, log, *m_session);
    m_session->addWipeable(&recorder);
    QSignalSpy ended(m_session.get(), &Session::ended);
    m_session->begin(worker(u"W1"_s));
    m_session->begin(worker(u"W2"_s));
    QCOMPARE(log, QStringList{u"wiped"_s});
    QCOMPARE(ended.at(0).at(0).value<EndReason>(), EndReason::Replaced);
    QCOMPARE(m_session->state().worker->id.toString(), u"W2"_s);
    QCOMPARE(m_session->state().phase, Phase::Active);
}

void TestKioskSession::lateConfirmationIsDropped()
{
    auto identity = worker(u"W1"_s);
    m_session->begin(identity);
    identity.session = base::SessionId(u"abc"_s);
    m_session->confirm(identity);
    QCOMPARE(m_session->state().worker->session.toString(), u"abc"_s);
    m_session->end(EndReason::LoggedOut);
    m_session->confirm(identity);
    QVERIFY(!m_session->state().worker);
    m_session->begin(worker(u"W2"_s));
    m_session->confirm(identity);
    QCOMPARE(m_session->state().worker->id.toString(), u"W2"_s);
}

void TestKioskSession::wallClockJumpsChangeNothing()
{
    m_session->begin(worker());
    m_clock->jumpWall(86'400'000);
    m_session->check();
    QCOMPARE(m_session->state().phase, Phase::Active);
    m_clock->jumpWall(-2 * 86'400'000LL);
    pass(90'000);
    QCOMPARE(m_session->state().phase, Phase::Warning);
    m_clock->jumpWall(-86'400'000);
    pass(30'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
}

void TestKioskSession::sleepThroughTheCountdownEndsTheSession()
{
    m_session->begin(worker());
    pass(3'600'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
    m_session->begin(worker());
    pass(125'000);
    QCOMPARE(m_session->state().phase, Phase::Attract);
    m_session->begin(worker());
    pass(110'000); // the warning counts from when it was due
    QCOMPARE(m_session->state().phase, Phase::Warning);
    QCOMPARE(m_session->state().secondsLeft, 10);
}

void TestKioskSession::lateTouchDoesNotRescueAnExpiredSession()
{
    m_session->begin(worker());
    m_clock->advance(90'000 + 30'000);
    m_session->noteActivity();
    QVERIFY(!m_session->state().worker);
    m_session->begin(worker());
    pass(90'000);
    m_clock->advance(30'000);
    m_session->extend();
    QVERIFY(!m_session->state().worker);
}

void TestKioskSession::timerWakesByItself()
{
    SessionPolicy policy;
    policy.guestIdleMs = 1;
    const base::SystemClock clock;
    KioskSession session(clock, policy);
    session.noteActivity();
    QTRY_COMPARE(session.state().phase, Phase::Attract);
}

QTEST_GUILESS_MAIN(TestKioskSession)
#include "tst_kiosksession.moc"
