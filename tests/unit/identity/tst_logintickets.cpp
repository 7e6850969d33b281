// SPDX-License-Identifier: Apache-2.0
#include "loginbench.h"

using namespace riderport;
using namespace riderport::identity;
using namespace Qt::StringLiterals;
using TicketView = LoginState::Ticket;
using Step = TicketStatus::State;

class TestLoginTickets : public test::LoginBench
{
    Q_OBJECT
private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }
    void nothingRunsBeforeStart();
    void ticketLogsIn();
    void ticketExpiresAndIsRenewed();
    void ticketCancelledByThePhone();
    void stopTakesTheTicketBack();
    void lateTicketOfAClosedPageIsTakenBack();
    void ticketNeedsTheLink();
    void lostPollKeepsTheTicket();
    void revokedDeviceIsSaid();
};

void TestLoginTickets::nothingRunsBeforeStart()
{
    QVERIFY(m_district->tickets.empty());
    QVERIFY(!m_scanner->running);
    show(m_codes.code());
    QVERIFY(!m_flow->state().verifying);
    m_flow->start();
    QVERIFY(m_scanner->running);
    QVERIFY(m_cameraCodes->running);
    QVERIFY(m_flow->state().scannerReady);
    QCOMPARE(m_flow->state().camera, LoginState::CameraView::Absent);
    QCOMPARE(m_flow->state().stationUrl, u"https://d.example/s/ST01"_s);
    m_flow->stop();
    QVERIFY(!m_scanner->running);
    QVERIFY(!m_flow->state().scannerReady);
}

void TestLoginTickets::ticketLogsIn()
{
    m_flow->start();
    QCOMPARE(m_flow->state().ticket, TicketView::Requesting);
    QVERIFY(m_flow->state().ticketUrl.isEmpty());
    giveTicket();
    QCOMPARE(m_flow->state().ticketUrl, u"https://d.example/l/t1"_s);
    QCOMPARE(m_flow->state().matchCode, u"47"_s);
    QCOMPARE(m_flow->state().ticketSecondsLeft, 120);
    QCOMPARE(m_district->lastKnown, Step::Created);
    m_district->statuses.back().answer(TicketStatus{Step::Created, {}}); // the hold ran out
    QTRY_COMPARE(m_district->statuses.size(), size_t(2));
    m_district->statuses.back().answer(TicketStatus{Step::Scanned, {}});
    QTRY_COMPARE(m_flow->state().ticket, TicketView::Scanned);
    QCOMPARE(m_flow->state().matchCode, u"47"_s);
    QCOMPARE(m_district->lastKnown, Step::Scanned);
    m_district->statuses.back().answer(TicketStatus{Step::Confirmed, serverWorker()});
    QTRY_COMPARE(m_loggedIn->count(), 1);
    QCOMPARE(m_loggedIn->at(0).at(0).value<domain::WorkerIdentity>(), serverWorker());
    QVERIFY(m_flow->state().ticketUrl.isEmpty());
    m_flow->stop();
    QVERIFY(m_district->cancelled.isEmpty()); // consumed, nothing to take back
}

void TestLoginTickets::ticketExpiresAndIsRenewed()
{
    m_flow->start();
    giveTicket();
    m_clock->advance(60'500);
    m_flow->check();
    QCOMPARE(m_flow->state().ticketSecondsLeft, 60);
    m_clock->jumpWall(-86'400'000); // no effect: the countdown is monotonic
    m_flow->check();
    QCOMPARE(m_flow->state().ticketSecondsLeft, 60);
    m_clock->advance(59'500);
    m_flow->check();
    QCOMPARE(m_flow->state().ticket, TicketView::Expired);
    QVERIFY(m_flow->state().ticketUrl.isEmpty());
    QCOMPARE(m_district->tickets.size(), size_t(2));
    // The answer of the dead ticket's long poll must not log anybody in.
    m_district->statuses.front().answer(TicketStatus{Step::Confirmed, serverWorker()});
    giveTicket(u"t2"_s);
    QCOMPARE(m_flow->state().ticketUrl, u"https://d.example/l/t2"_s);
    QCOMPARE(m_loggedIn->count(), 0);
}

void TestLoginTickets::ticketCancelledByThePhone()
{
    m_flow->start();
    giveTicket();
    m_district->statuses.back().answer(TicketStatus{Step::Cancelled, {}});
    QTRY_COMPARE(m_flow->state().ticket, TicketView::Cancelled);
    QVERIFY(m_flow->state().ticketUrl.isEmpty());
    m_flow->renewTicket();
    QCOMPARE(m_flow->state().ticket, TicketView::Requesting);
    giveTicket(u"t2"_s);
}

void TestLoginTickets::stopTakesTheTicketBack()
{
    m_flow->start();
    giveTicket();
    m_flow->stop();
    QCOMPARE(m_district->cancelled, QStringList{u"t1"_s});
    QCOMPARE(m_flow->state().ticket, TicketView::None);
    QVERIFY(m_flow->state().ticketUrl.isEmpty());
    QVERIFY(m_flow->state().matchCode.isEmpty());
    m_district->statuses.back().answer(TicketStatus{Step::Confirmed, serverWorker()});
    QCoreApplication::processEvents();
    QCOMPARE(m_loggedIn->count(), 0);
}

void TestLoginTickets::lateTicketOfAClosedPageIsTakenBack()
{
    m_flow->start();
    m_flow->stop();
    m_district->tickets.back().answer(Ticket{base::TicketId(u"t9"_s), u"u"_s, u"11"_s, 120'000});
    QTRY_COMPARE(m_district->cancelled, QStringList{u"t9"_s});
    QCOMPARE(m_flow->state().ticket, TicketView::None);
}

void TestLoginTickets::ticketNeedsTheLink()
{
    offline();
    m_flow->start();
    QCOMPARE(m_flow->state().ticket, TicketView::Offline);
    QVERIFY(m_district->tickets.empty());
    m_flow->setOnline(true);
    QCOMPARE(m_flow->state().ticket, TicketView::Requesting);
    m_district->tickets.back().answer(error(base::ErrorKind::Offline, u"transport.refused"_s));
    QTRY_COMPARE(m_flow->state().ticket, TicketView::Offline);
    QVERIFY(refusal().isEmpty());
    m_clock->advance(5'000);
    m_flow->check();
    giveTicket();
    offline();
    QCOMPARE(m_flow->state().ticket, TicketView::Offline);
    QVERIFY(m_flow->state().ticketUrl.isEmpty());
}

void TestLoginTickets::lostPollKeepsTheTicket()
{
    m_flow->start();
    giveTicket();
    m_district->statuses.back().answer(error(base::ErrorKind::Timeout, u"transport.timeout"_s));
    QCoreApplication::processEvents();
    QCOMPARE(m_flow->state().ticket, TicketView::Showing);
    m_clock->advance(1'000);
    m_flow->check();
    QCOMPARE(m_district->statuses.size(), size_t(2));
    m_district->statuses.back().answer(TicketStatus{Step::Confirmed, serverWorker()});
    QTRY_COMPARE(m_loggedIn->count(), 1);
}

void TestLoginTickets::revokedDeviceIsSaid()
{
    m_flow->start();
    m_district->tickets.back().answer(error(base::ErrorKind::Unauthorized, u"signature.revoked"_s));
    QTRY_COMPARE(refusal(), u"signature.revoked"_s);
    QCOMPARE(m_flow->state().ticket, TicketView::None);
    m_flow->dismissRefusal();
    QVERIFY(refusal().isEmpty());
}

QTEST_GUILESS_MAIN(TestLoginTickets)
#include "tst_logintickets.moc"
