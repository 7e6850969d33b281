// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing.h"
#include "portal/consentcatalogue.h"
#include "portal/consentchain.h"
#include "portal/portalrecords.h"
#include "portal/ratelimiter.h"
#include "portal/smsrules.h"
#include "portal/ticketrules.h"
#include "portal/tokenrules.h"

#include <QSet>
#include <QTest>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using State = Ticket::State;

namespace {

constexpr qint64 kNow = 1'795'000'000'000;
const base::DeviceId kDevice(u"K-1"_s);
const base::StationId kStation(u"ST01"_s);

/// A ticket brought to `state` the only way there is: through the rules.
Ticket ticketIn(State state)
{
    Ticket ticket = newTicket(kDevice, kStation, kNow);
    switch (state) {
    case State::Created:
        return ticket;
    case State::Scanned:
        return scanTicket(ticket, 7, kNow).ticket;
    case State::Confirmed:
        return confirmTicket(ticket, 7, ticket.matchCode, kNow).ticket;
    case State::Consumed:
        return readTicket(ticketIn(State::Confirmed), kDevice, base::SessionId(u"s"_s), kNow)
                .ticket;
    case State::Expired:
        return agedTicket(ticket, kNow + kTicketLifeMs);
    case State::Cancelled:
        return cancelTicketByPhone(ticket, 7, kNow).ticket;
    }
    return ticket;
}

QString codeOf(const TicketStep &step)
{
    return step.error ? step.error->code : QString();
}

} // namespace

class TestPortalRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersThreeDifferentNumbers()
    {
        QSet<qsizetype> places;
        for (int i = 0; i < 200; ++i) {
            const Ticket ticket = newTicket(kDevice, kStation, kNow);
            QCOMPARE(ticket.id.toString().size(), 32);
            QCOMPARE(QSet<QString>(ticket.choices.begin(), ticket.choices.end()).size(), 3);
            for (const QString &choice : ticket.choices)
                QCOMPARE(choice.size(), 2);
            places.insert(ticket.choices.indexOf(ticket.matchCode));
        }
        QCOMPARE(places, (QSet<qsizetype>{0, 1, 2})); // the place gives nothing away
    }

    void everyEventInEveryState_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<QString>("event");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("code");
        const auto row = [](State from, const QString &event, State to, const QString &code = {}) {
            const QString name = ticketStateToStored(from) + u' ' + event;
            QTest::newRow(qPrintable(name)) << int(from) << event << int(to) << code;
        };
        const QString used = u"ticket.used"_s;
        const QString expired = u"ticket.expired"_s;
        const QString cancelled = u"ticket.cancelled"_s;
        for (const State open : {State::Created, State::Scanned}) {
            row(open, u"scan"_s, State::Scanned);
            row(open, u"right"_s, State::Confirmed);
            row(open, u"wrong"_s, State::Cancelled, u"ticket.wrong-number"_s);
            row(open, u"notme"_s, State::Cancelled);
            row(open, u"drop"_s, State::Cancelled);
            row(open, u"read"_s, open);
            row(open, u"late"_s, State::Expired, expired);
        }
        row(State::Scanned, u"other"_s, State::Scanned, u"ticket.taken"_s);
        row(State::Created, u"anonymous"_s, State::Scanned);
        row(State::Confirmed, u"scan"_s, State::Confirmed, used);
        row(State::Confirmed, u"right"_s, State::Confirmed); // the first answer was lost
        row(State::Confirmed, u"wrong"_s, State::Confirmed, used);
        row(State::Confirmed, u"other"_s, State::Confirmed, used);
        row(State::Confirmed, u"notme"_s, State::Confirmed, used);
        row(State::Confirmed, u"drop"_s, State::Cancelled);
        row(State::Confirmed, u"read"_s, State::Consumed);
        row(State::Consumed, u"scan"_s, State::Consumed, used);
        row(State::Consumed, u"right"_s, State::Consumed);
        row(State::Consumed, u"wrong"_s, State::Consumed, used);
        row(State::Consumed, u"other"_s, State::Consumed, used);
        row(State::Consumed, u"read"_s, State::Consumed);
        row(State::Consumed, u"drop"_s, State::Consumed, used);
        row(State::Consumed, u"lateread"_s, State::Consumed, used);
        row(State::Expired, u"scan"_s, State::Expired, expired);
        row(State::Expired, u"right"_s, State::Expired, expired);
        row(State::Expired, u"notme"_s, State::Expired);
        row(State::Expired, u"read"_s, State::Expired);
        row(State::Cancelled, u"scan"_s, State::Cancelled, cancelled);
        row(State::Cancelled, u"right"_s, State::Cancelled, cancelled);
        row(State::Cancelled, u"notme"_s, State::Cancelled);
        row(State::Cancelled, u"read"_s, State::Cancelled);
        row(State::Created, u"stranger"_s, State::Created, u"ticket.unknown"_s);
        row(State::Confirmed, u"stranger"_s, State::Confirmed, u"ticket.unknown"_s);
    }

    void everyEventInEveryState()
    {
        QFETCH(int, from);
        QFETCH(QString, event);
        QFETCH(int, to);
        QFETCH(QString, code);
        const Ticket ticket = ticketIn(State(from));
        const base::SessionId session(u"s2"_s);
        const QString wrong = ticket.choices.at(0) == ticket.matchCode ? ticket.choices.at(1)
                                                                       : ticket.choices.at(0);
        const QHash<QString, std::function<TicketStep()>> events{
                {u"scan"_s, [&] { return scanTicket(ticket, 7, kNow + 1); }},
                {u"anonymous"_s, [&] { return scanTicket(ticket, 0, kNow + 1); }},
                {u"other"_s, [&] { return confirmTicket(ticket, 8, ticket.matchCode, kNow + 1); }},
                {u"right"_s, [&] { return confirmTicket(ticket, 7, ticket.matchCode, kNow + 1); }},
                {u"wrong"_s, [&] { return confirmTicket(ticket, 7, wrong, kNow + 1); }},
                {u"late"_s,
                 [&] { return confirmTicket(ticket, 7, ticket.matchCode, kNow + kTicketLifeMs); }},
                {u"notme"_s, [&] { return cancelTicketByPhone(ticket, 7, kNow + 1); }},
                {u"drop"_s, [&] { return cancelTicketByKiosk(ticket, kDevice, kNow + 1); }},
                {u"read"_s, [&] { return readTicket(ticket, kDevice, session, kNow + 1); }},
                {u"lateread"_s,
                 [&] { return readTicket(ticket, kDevice, session, kNow + kTicketRepeatMs); }},
                {u"stranger"_s,
                 [&] { return readTicket(ticket, base::DeviceId(u"K-2"_s), session, kNow + 1); }}};
        const TicketStep step = events.value(event)();
        QCOMPARE(ticketStateToStored(step.ticket.state), ticketStateToStored(State(to)));
        QCOMPARE(codeOf(step), code);
        if (from == int(State::Consumed)) // a repeated reading never makes a second session
            QCOMPARE(step.ticket.session, base::SessionId(u"s"_s));
    }

    void confirmedButUnreadRunsOut()
    {
        const Ticket confirmed = ticketIn(State::Confirmed);
        const auto step =
                readTicket(confirmed, kDevice, base::SessionId(u"s"_s), kNow + kTicketPickUpMs);
        QCOMPARE(step.ticket.state, State::Expired);
        QVERIFY(step.ticket.session.isEmpty());
    }

    void limitsMessages()
    {
        using Kind = SmsVerdict::Kind;
        QCOMPARE(judgeSmsRequest({}, kNow).kind, Kind::Send);
        QCOMPARE(judgeSmsRequest({kNow - 59'999}, kNow).kind, Kind::TooSoon);
        QCOMPARE(judgeSmsRequest({kNow - 59'999}, kNow).retryAfterMs, 1);
        QCOMPARE(judgeSmsRequest({kNow - 60'000}, kNow).kind, Kind::Send);
        QList<qint64> ten;
        for (int i = 1; i <= 10; ++i)
            ten.append(kNow - i * 3600'000LL);
        QCOMPARE(judgeSmsRequest(ten, kNow).kind, Kind::TooMany);
        QCOMPARE(judgeSmsRequest(ten, kNow).retryAfterMs, 14 * 3600'000LL);
        QCOMPARE(judgeSmsRequest(ten.mid(1), kNow).kind, Kind::Send);
        QCOMPARE(judgeSmsRequest(ten, kNow + 14 * 3600'000LL).kind, Kind::Send);
        QCOMPARE(judgeSmsRequest({kNow + 600'000}, kNow).kind, Kind::Send); // clock was set back
    }

    void codeLivesFiveMinutesAndFiveTries()
    {
        using Kind = SmsCheck::Kind;
        const SmsCode fresh{"right", kNow, 0, false};
        SmsCode code = fresh;
        for (int left = 4; left > 0; --left) {
            const SmsCheck check = judgeSmsAttempt(code, "wrong", kNow);
            QCOMPARE(check.kind, Kind::Wrong);
            QCOMPARE(check.triesLeft, left);
        }
        QCOMPARE(judgeSmsAttempt(code, "wrong", kNow).kind, Kind::UsedUp);
        QCOMPARE(judgeSmsAttempt(code, "right", kNow).kind, Kind::UsedUp);
        code = fresh;
        QCOMPARE(judgeSmsAttempt(code, "right", kNow + kSmsCodeLifeMs).kind, Kind::Expired);
        QCOMPARE(judgeSmsAttempt(code, "right", kNow + kSmsCodeLifeMs - 1).kind, Kind::Right);
        QCOMPARE(judgeSmsAttempt(code, "right", kNow + 1).kind, Kind::Expired); // once only
        SmsCode none;
        QCOMPARE(judgeSmsAttempt(none, "", kNow).kind, Kind::Expired);
    }

    void normalisesMobiles()
    {
        for (const QString &good : {u"15400000001"_s, u"+8615400000001"_s, u"0086 154-0000-0001"_s,
                                    u"86 15400000001"_s, u" 154 0000 0001 "_s})
            QCOMPARE(normalisedMobile(good), u"15400000001"_s);
        for (const QString &bad : {u""_s, u"1540000000"_s, u"154000000011"_s, u"12400000001"_s,
                                   u"15400000001x"_s, u"１５４００００００００"_s})
            QCOMPARE(normalisedMobile(bad), QString());
        QSet<QString> codes;
        for (int i = 0; i < 100; ++i) {
            const QString code = randomSmsCode();
            QCOMPARE(code.size(), 6);
            codes.insert(code);
        }
        QVERIFY(codes.size() > 90);
    }

    void consentChainShowsTampering()
    {
        QList<ConsentEntry> chain;
        for (int i = 1; i <= 5; ++i) {
            ConsentEntry entry;
            entry.seq = i;
            entry.worker = base::WorkerId(u"W7"_s);
            entry.group = u"social_insurance"_s;
            entry.version = 1;
            entry.given = i % 2 == 1;
            entry.atMs = kNow + i;
            entry.channel = u"phone"_s;
            entry.previous = chain.isEmpty() ? QByteArray() : chain.constLast().hash;
            entry.hash = consentHash(entry);
            chain.append(entry);
        }
        QCOMPARE(firstBrokenConsent(chain), std::nullopt);
        auto changed = chain;
        changed[2].given = !changed[2].given;
        QCOMPARE(firstBrokenConsent(changed), std::optional<qint64>(3));
        changed[2].hash = consentHash(changed[2]); // a forger would do that, too
        QCOMPARE(firstBrokenConsent(changed), std::optional<qint64>(4));
        auto removed = chain;
        removed.removeAt(1);
        QCOMPARE(firstBrokenConsent(removed), std::optional<qint64>(2));
    }

    void judgesTokens_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<qint64>("age");
        QTest::addColumn<bool>("offline");
        QTest::addColumn<QString>("code");
        QTest::newRow("good") << u""_s << qint64(0) << false << QString();
        QTest::newRow("one step late") << u""_s << qint64(59) << false << QString();
        QTest::newRow("expired") << u""_s << qint64(60) << false << u"token.expired"_s;
        QTest::newRow("one step early") << u""_s << qint64(-30) << false << QString();
        QTest::newRow("future") << u""_s << qint64(-31) << false << u"token.not-yet-valid"_s;
        QTest::newRow("clock") << u""_s << qint64(601) << false << u"token.clock"_s;
        QTest::newRow("offline, old") << u""_s << qint64(90'000) << true << QString();
        QTest::newRow("station") << u"station"_s << qint64(0) << false << u"token.other-station"_s;
        QTest::newRow("district") << u"district"_s << qint64(0) << false
                                  << u"token.foreign-district"_s;
        QTest::newRow("no key") << u"nokey"_s << qint64(0) << false << u"token.unknown-key"_s;
        QTest::newRow("issuer") << u"issuer"_s << qint64(0) << false << u"token.key-forged"_s;
        QTest::newRow("somebody else") << u"subject"_s << qint64(0) << false << u"token.forged"_s;
        QTest::newRow("signature") << u"signature"_s << qint64(0) << true << u"token.forged"_s;
        QTest::newRow("key expired") << u"expired"_s << qint64(0) << true << u"token.key-expired"_s;
    }

    void judgesTokens()
    {
        QFETCH(QString, change);
        QFETCH(qint64, age);
        QFETCH(bool, offline);
        QFETCH(QString, code);
        const auto phone = crypto::generateKeyPair();
        const qint64 at = kNow / 1000;
        TokenKey key;
        key.certificate.publicKey = phone.publicKey;
        key.certificate.subject = 7;
        key.certificate.notBefore = quint32(at - 1'000'000);
        key.certificate.notAfter = quint32(change == "expired"_L1 ? at - 1 : at + 1000);
        key.issuerHolds = change != "issuer"_L1;
        protocol::LoginToken token;
        token.kid = protocol::keyIdOf(phone.publicKey);
        token.subject = change == "subject"_L1 ? 8 : 7;
        token.audience = {change == "district"_L1 ? 420302U : 420303U,
                          quint16(change == "station"_L1 ? 2 : 1)};
        token.issued = quint32(at - age);
        token.nonce = "abcd";
        token = protocol::signLoginToken(token, phone.secretKey);
        if (change == "signature"_L1)
            token.signature[5] = char(token.signature.at(5) ^ 1);
        const auto verdict =
                judgeToken(token, change == "nokey"_L1 ? std::nullopt : std::optional(key),
                           {420303, 1}, at, offline);
        QCOMPARE(verdict ? verdict->code : QString(), code);
    }

    void limitsAddresses()
    {
        RateLimiter limiter(3, 1000);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(limiter.take(u"a"_s, 100), 0);
        QCOMPARE(limiter.take(u"a"_s, 600), 500);
        QCOMPARE(limiter.take(u"b"_s, 600), 0);
        QCOMPARE(limiter.take(u"a"_s, 1100), 0);
    }

    void readsIds()
    {
        QCOMPARE(subjectOf(base::WorkerId(u"W123"_s)), quint64(123));
        for (const QString &bad : {u"123"_s, u"W"_s, u"W0123"_s, u"W-1"_s, u"W+1"_s, u"W1 "_s})
            QCOMPARE(subjectOf(base::WorkerId(bad)), quint64(0));
        QCOMPARE(stationNumberOf(base::StationId(u"ST07"_s)), quint16(7));
        QCOMPARE(stationNumberOf(base::StationId(u"ST0"_s)), quint16(0));
    }

    void loadsTheShippedConsents()
    {
        const auto catalogue =
                ConsentCatalogue::load(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources"_s);
        QVERIFY2(catalogue.ok(), catalogue.ok() ? "" : qPrintable(catalogue.error().detail));
        QVERIFY(catalogue->find(QLatin1String(kLoginConsentGroup)) != nullptr);
        QVERIFY(catalogue->find(u"social_insurance"_s) != nullptr);
        QCOMPARE(catalogue->find(u"nobody"_s), nullptr);
        QCOMPARE(ConsentCatalogue::load(u"/nonexistent"_s).error().code, u"consents.file"_s);
    }
};

QTEST_GUILESS_MAIN(TestPortalRules)
#include "tst_portalrules.moc"
