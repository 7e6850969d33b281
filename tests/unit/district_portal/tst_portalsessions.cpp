// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"
#include "portalfixture.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using test::PortalFixture;

protocol::OpResult PortalFixture::apply(const KioskCaller &kiosk, const QString &kind,
                                        const QByteArray &body)
{
    protocol::Operation op;
    op.opId = base::uuidToString(base::makeUuidV7(clock.wallMs()));
    op.lane = u"w"_s;
    op.kind = kind;
    op.body = body;
    op.wallMs = clock.wallMs();
    op.ageMs = 0;
    op.bootId = u"b"_s;
    const auto reply = ops->apply(kiosk.device.toString(), kiosk.station, {0, {op}}).result();
    if (!reply)
        qFatal("ops: %s", qUtf8Printable(reply.error().code));
    QCoreApplication::processEvents();
    return reply->results.constFirst();
}

namespace {

QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void settle()
{
    QCoreApplication::processEvents();
}

} // namespace

class TestPortalSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticketOpensOneSession()
    {
        PortalFixture fixture;
        auto &portal = *fixture.portal;
        const auto ticket = portal.createTicket(fixture.kioskA).result();
        QCOMPARE(portal.readTicket(ticket->id, fixture.kioskA).result()->ticket.state,
                 Ticket::State::Created);
        QVERIFY(portal.scanTicket(ticket->id, 3).result().ok());
        QCOMPARE(portal.confirmTicket(ticket->id, 3, ticket->matchCode).result().error().code,
                 u"consent.required"_s);
        fixture.agree(3);
        QCOMPARE(portal.confirmTicket(ticket->id, 4, ticket->matchCode).result().error().code,
                 u"consent.required"_s);
        fixture.agree(4);
        QCOMPARE(portal.confirmTicket(ticket->id, 4, ticket->matchCode).result().error().code,
                 u"ticket.taken"_s);
        QVERIFY(portal.confirmTicket(ticket->id, 3, ticket->matchCode).result().ok());
        QCOMPARE(portal.readTicket(ticket->id, fixture.kioskB).result().error().code,
                 u"ticket.unknown"_s);
        const auto first = portal.readTicket(ticket->id, fixture.kioskA).result();
        QVERIFY(first.ok() && first->session);
        QCOMPARE(first->session->worker(), base::WorkerId(u"W3"_s));
        const auto again = portal.readTicket(ticket->id, fixture.kioskA).result();
        QCOMPARE(again->session->id, first->session->id);
        QCOMPARE(again->session->maskedName, first->session->maskedName);

        settle();
        QVERIFY(portal.isOpen(base::WorkerId(u"W3"_s), fixture.kioskA.device));
        QVERIFY(!portal.isOpen(base::WorkerId(u"W3"_s), fixture.kioskB.device));
        QVERIFY(!portal.find(first->session->id, fixture.kioskB.device));
        const auto row = QJsonDocument::fromJson(fixture.row(u"w:W3"_s, u"worker"_s, u"W3"_s));
        QCOMPARE(row["name_masked"_L1].toString(), first->session->maskedName);
        QVERIFY(!fixture.row(u"w:W3"_s, u"consent"_s, u"login_profile"_s).isEmpty());

        fixture.clock.advance(kTicketRepeatMs);
        QCOMPARE(portal.readTicket(ticket->id, fixture.kioskA).result().error().code,
                 u"ticket.used"_s);
        QVERIFY(*portal.closeSession(first->session->id, fixture.kioskA, u"logout"_s).result());
        QVERIFY(!*portal.closeSession(first->session->id, fixture.kioskA, u"logout"_s).result());
        settle();
        QVERIFY(!portal.isOpen(base::WorkerId(u"W3"_s), fixture.kioskA.device));
        QVERIFY(fixture.row(u"w:W3"_s, u"worker"_s, u"W3"_s).isEmpty());
        QCOMPARE(*portal.firstBrokenAudit().result(), 0);
    }

    void wrongNumberIsStoredAsCancelled()
    {
        PortalFixture fixture;
        fixture.agree(3);
        auto &portal = *fixture.portal;
        const auto ticket = portal.createTicket(fixture.kioskA).result();
        const QString wrong = ticket->matchCode == "10"_L1 ? u"11"_s : u"10"_s;
        QCOMPARE(portal.confirmTicket(ticket->id, 3, wrong).result().error().code,
                 u"ticket.wrong-number"_s);
        QCOMPARE(portal.confirmTicket(ticket->id, 3, ticket->matchCode).result().error().code,
                 u"ticket.cancelled"_s);
        QCOMPARE(portal.readTicket(ticket->id, fixture.kioskA).result()->ticket.state,
                 Ticket::State::Cancelled);
    }

    void codeOpensOneSessionPerDevice()
    {
        PortalFixture fixture;
        fixture.agree(3);
        auto &portal = *fixture.portal;
        const auto phone = fixture.phoneKey(3);
        const auto token = fixture.token(phone, 3);
        const auto first = portal.openSession(token, fixture.kioskA).result();
        QVERIFY(first.ok());
        QCOMPARE(first->expiresMs, fixture.clock.wallMs() + kKioskSessionMs);
        QCOMPARE(portal.openSession(token, fixture.kioskA).result()->id, first->id);
        QCOMPARE(portal.openSession(token, fixture.kioskB).result().error().code,
                 u"token.replayed"_s);
        QVERIFY(*portal.closeSession(first->id, fixture.kioskA, u"logout"_s).result());
        QCOMPARE(portal.openSession(token, fixture.kioskA).result().error().code,
                 u"token.replayed"_s); // over the shoulder, after log-out
        QCOMPARE(portal.openSession(fixture.token(phone, 3, 2), fixture.kioskA)
                         .result()
                         .error()
                         .code,
                 u"token.other-station"_s);

        const auto second = portal.openSession(fixture.token(phone, 3), fixture.kioskA).result();
        const auto other = portal.openSession(fixture.token(phone, 3), fixture.kioskA).result();
        QVERIFY(second->id != other->id);
        settle();
        QVERIFY(!portal.find(second->id, fixture.kioskA.device)); // replaced
        QVERIFY(portal.find(other->id, fixture.kioskA.device).has_value());

        fixture.clock.advance(kKioskSessionMs);
        QVERIFY(!portal.find(other->id, fixture.kioskA.device));
        QCOMPARE(*portal.closeExpiredSessions().result(), 1);
        QCOMPARE(*portal.closeExpiredSessions().result(), 0);
        QVERIFY(portal.revokeKey(3, QString::fromLatin1(protocol::keyIdOf(phone.publicKey).toHex()))
                        .result()
                        .ok());
        QCOMPARE(portal.openSession(fixture.token(phone, 3), fixture.kioskA).result().error().code,
                 u"token.unknown-key"_s);
    }

    void openSessionsSurviveARestart()
    {
        PortalFixture fixture;
        fixture.agree(3);
        const auto session =
                fixture.portal->openSession(fixture.token(fixture.phoneKey(3), 3), fixture.kioskA)
                        .result();
        fixture.reopen();
        const auto found = fixture.portal->find(session->id, fixture.kioskA.device);
        QVERIFY(found.has_value());
        QCOMPARE(found->maskedName, session->maskedName);
    }

    void withdrawalEndsEverything()
    {
        PortalFixture fixture;
        fixture.agree(3);
        auto &portal = *fixture.portal;
        const auto phone = fixture.phoneKey(3);
        const auto session = portal.openSession(fixture.token(phone, 3), fixture.kioskA).result();
        QList<base::SessionId> ended;
        portal.onSessionClosed([&](const base::SessionId &id) { ended.append(id); });
        QVERIFY(portal.decideConsent(3, u"login_profile"_s, 1, false).result().ok());
        settle();
        QCOMPARE(ended, QList{session->id});
        QVERIFY(portal.profile(3).result()->keys.isEmpty());
        QVERIFY(!portal.find(session->id, fixture.kioskA.device));
    }

    void offlineLogInIsTheSameSessionWhenToldAgain()
    {
        PortalFixture fixture;
        fixture.agree(3);
        const auto phone = fixture.phoneKey(3);
        const QString code = protocol::encodeLoginToken(fixture.token(phone, 3));
        const qint64 openedAt = fixture.clock.wallMs();
        fixture.clock.advance(5 * 60'000); // far older than any code may be online
        const QByteArray body = json({{u"token"_s, code}, {u"opened_at"_s, openedAt}});
        const auto first = fixture.apply(fixture.kioskA, u"session.opened"_s, body);
        QCOMPARE(first.status, protocol::OpResult::Status::Applied);
        QCOMPARE(first.answer["worker"_L1].toString(), u"W3"_s);
        const base::SessionId id(first.answer["session"_L1].toString());
        QCOMPARE(fixture.portal->find(id, fixture.kioskA.device)->expiresMs,
                 openedAt + kKioskSessionMs);
        const auto again = fixture.apply(fixture.kioskA, u"session.opened"_s, body);
        QCOMPARE(again.answer["session"_L1].toString(), id.toString());
        const auto elsewhere = fixture.apply(fixture.kioskB, u"session.opened"_s, body);
        QCOMPARE(elsewhere.status, protocol::OpResult::Status::Rejected);
        QCOMPARE(elsewhere.code, u"token.replayed"_s);

        const auto closed = fixture.apply(fixture.kioskA, u"session.closed"_s,
                                          json({{u"session"_s, id.toString()},
                                                {u"worker"_s, u"W3"_s},
                                                {u"reason"_s, u"idle"_s}}));
        QCOMPARE(closed.answer["was_open"_L1].toBool(), true);
        QVERIFY(!fixture.portal->find(id, fixture.kioskA.device));
    }

    void offlineLogInLongAgoIsClosedAtOnce()
    {
        PortalFixture fixture;
        fixture.agree(3);
        const auto phone = fixture.phoneKey(3);
        const QString code = protocol::encodeLoginToken(fixture.token(phone, 3));
        const QByteArray body =
                json({{u"token"_s, code}, {u"opened_at"_s, fixture.clock.wallMs()}});
        fixture.clock.advance(3600'000);
        const auto result = fixture.apply(fixture.kioskA, u"session.opened"_s, body);
        QCOMPARE(result.status, protocol::OpResult::Status::Applied);
        QVERIFY(!fixture.portal->isOpen(base::WorkerId(u"W3"_s), fixture.kioskA.device));
        QVERIFY(fixture.row(u"w:W3"_s, u"worker"_s, u"W3"_s).isEmpty());
    }

    void refusesForgedOperations()
    {
        PortalFixture fixture;
        fixture.agree(3);
        auto token = fixture.token(fixture.phoneKey(3), 3);
        token.signature[0] = char(token.signature.at(0) ^ 1);
        const QByteArray body = json({{u"token"_s, protocol::encodeLoginToken(token)},
                                      {u"opened_at"_s, fixture.clock.wallMs()}});
        const auto forged = fixture.apply(fixture.kioskA, u"session.opened"_s, body);
        QCOMPARE(forged.status, protocol::OpResult::Status::Rejected);
        QCOMPARE(forged.code, u"token.forged"_s);
        QCOMPARE(fixture.apply(fixture.kioskA, u"session.closed"_s, "{}").code, u"op.body"_s);
    }

    void kioskRecordsConsentsOfItsWorkersOnly()
    {
        PortalFixture fixture;
        fixture.agree(3);
        const QByteArray body = json({{u"worker"_s, u"W3"_s},
                                      {u"group"_s, u"social_insurance"_s},
                                      {u"version"_s, 2},
                                      {u"at"_s, fixture.clock.wallMs()}});
        QCOMPARE(fixture.apply(fixture.kioskA, u"consent.given"_s, body).code,
                 u"consent.no-session"_s);
        QVERIFY(fixture.portal->openSession(fixture.token(fixture.phoneKey(3), 3), fixture.kioskA)
                        .result()
                        .ok());
        QCOMPARE(fixture.apply(fixture.kioskB, u"consent.given"_s, body).code,
                 u"consent.no-session"_s);
        QCOMPARE(fixture.apply(fixture.kioskA, u"consent.given"_s, body).status,
                 protocol::OpResult::Status::Applied);
        const QByteArray row = fixture.row(u"w:W3"_s, u"consent"_s, u"social_insurance"_s);
        QVERIFY(QJsonDocument::fromJson(row)["given"_L1].toBool());
        const auto access = fixture.portal
                                    ->admitQuery({fixture.kioskA.device, 3, u"S02/query"_s,
                                                  u"social_insurance"_s, 2, u"name"_s, u"t"_s})
                                    .result();
        QVERIFY(access->consentCurrent);
        QCOMPARE(access->name, domain::samplePerson(3).name);
        QVERIFY(fixture.apply(fixture.kioskA, u"consent.withdrawn"_s, body).status ==
                protocol::OpResult::Status::Applied);
        const auto refused = fixture.portal
                                     ->admitQuery({fixture.kioskA.device, 3, u"S02/query"_s,
                                                   u"social_insurance"_s, 2, u"name"_s, u"t"_s})
                                     .result();
        QVERIFY(!refused->consentCurrent);
        QVERIFY(refused->name.isEmpty() && refused->idNumber.isEmpty());
        QCOMPARE(firstBrokenConsent(*fixture.portal->consentChain().result()), std::nullopt);
        QCOMPARE(*fixture.portal->firstBrokenAudit().result(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPortalSessions)
#include "tst_portalsessions.moc"
