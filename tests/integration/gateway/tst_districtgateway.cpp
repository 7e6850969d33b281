// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"
#include "crypto/smcrypto.h"
#include "domain/inputrules.h"
#include "domain/sampleperson.h"
#include "protocol/logintoken.h"
#include "simulatorprocess.h"
#include "support/districtprocess.h"
#include "support/testkiosk.h"

#include <QJsonArray>
#include <QNetworkCookieJar>
#include <QRegularExpression>
#include <QTest>

using namespace riderport;
using namespace riderport::test;
using namespace Qt::StringLiterals;

/// The main job of the product, server side, with nothing faked: a phone signs in by text message,
/// agrees, shows a log-in code; the kiosk opens a session with it and asks for the social-insurance
/// record. Server and bureaus are processes of their own.
class TestDistrictGateway : public QObject
{
    Q_OBJECT

private:
    static constexpr quint64 kSubject = 7; // in arrears

    SimulatorProcess m_sim;
    std::unique_ptr<DistrictProcess> m_server;
    std::unique_ptr<TestKiosk> m_kiosk;
    QNetworkAccessManager m_phone;
    QString m_appKey;
    QByteArray m_secret;
    QString m_session;

    QJsonObject phone(const QByteArray &verb, const QString &path, const QJsonObject &body = {})
    {
        QNetworkRequest request(QUrl(m_server->url().toString() + path));
        request.setRawHeader("Content-Type", "application/json");
        request.setRawHeader("X-Riderport", "1");
        QNetworkReply *reply = m_phone.sendCustomRequest(
                request, verb,
                verb == "POST" ? QJsonDocument(body).toJson(QJsonDocument::Compact) : QByteArray());
        QSignalSpy finished(reply, &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(30'000);
        const QByteArray answer = reply->readAll();
        reply->deleteLater();
        return QJsonDocument::fromJson(answer).object();
    }

    QString lastSmsCode()
    {
        const QJsonArray messages = m_sim.control("GET", u"/sms"_s).value(u"messages"_s).toArray();
        static const QRegularExpression digits(u"[0-9]{6}"_s);
        return digits.match(messages.last().toObject().value(u"text"_s).toString()).captured();
    }

    QJsonObject agree(const QString &group, bool given = true)
    {
        return phone("POST", u"/p/v1/consents"_s,
                     {{u"group"_s, group}, {u"version"_s, 1}, {u"given"_s, given}});
    }

    static QString month(int offset)
    {
        const QDate today = QDateTime::currentDateTimeUtc().toOffsetFromUtc(8 * 3600).date();
        return QString::number(domain::addMonths(today.year() * 100 + today.month(), offset));
    }

    RawReply ask(const QByteArray &nonce = crypto::randomHex(16).toLatin1())
    {
        const QByteArray path = "/gw/v1/S02/query";
        const QJsonObject json{{u"service"_s, u"S02"_s},
                               {u"op"_s, u"query"_s},
                               {u"params"_s, QJsonObject{{u"types"_s, u"110,310"_s},
                                                         {u"from"_s, month(-24)},
                                                         {u"to"_s, month(-1)}}},
                               {u"consent"_s, QJsonObject{{u"group"_s, u"social_insurance"_s},
                                                          {u"version"_s, 1}}}};
        const QByteArray body = QJsonDocument(json).toJson(QJsonDocument::Compact);
        const QByteArray time = QByteArray::number(QDateTime::currentMSecsSinceEpoch());
        const QByteArray headers =
                "\r\nX-App-Key: " + m_appKey.toLatin1() + "\r\nX-Timestamp: " + time +
                "\r\nX-Nonce: " + nonce + "\r\nX-Sign-Type: HMAC-SM3\r\nX-Sign: " +
                crypto::gatewaySign(m_secret, {"POST", path, "", body, time, nonce}) +
                "\r\nX-Session: " + m_session.toLatin1() + "\r\nX-Trace-Id: 00000000000000aa";
        QByteArray request = m_kiosk->signedRequest("POST", path, body);
        request.insert(request.indexOf("\r\nContent-Length"), headers);
        m_kiosk->client.send(request);
        return m_kiosk->client.receive(60'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_sim.start());
        m_server = std::make_unique<DistrictProcess>(
                QStringList{u"--upstreams"_s, m_sim.ready().value(u"control"_s).toString(),
                            u"--sms"_s, m_sim.ready().value(u"sms"_s).toString()});
        QVERIFY2(m_server->start(), m_server->errors().constData());
        m_kiosk = std::make_unique<TestKiosk>(m_server->port());
        const RawReply enrolled = m_kiosk->enrol(m_server->enrolCode(u"ST01"_s));
        QCOMPARE(enrolled.status, 200);
        const QJsonObject gateway = enrolled.json().value(u"gateway"_s).toObject();
        m_appKey = gateway.value(u"app_key"_s).toString();
        const auto secret = crypto::openSealed(
                m_kiosk->keys,
                QByteArray::fromBase64(gateway.value(u"secret_sealed"_s).toString().toLatin1()));
        QVERIFY(secret.ok());
        m_secret = *secret;
    }
    void cleanupTestCase()
    {
        if (!m_server)
            return;
        QCOMPARE(m_server->terminate(), 0);
        const auto person = domain::samplePerson(kSubject);
        const QByteArray log = m_server->errors() + m_sim.log();
        QVERIFY(log.contains("riderport.gateway")); // the log was really looked at
        for (const QString &secret : {person.name, person.idNumber, person.mobile})
            QVERIFY(!log.contains(secret.toUtf8()));
        QVERIFY(!log.contains(m_secret.toHex()));
    }

    void phoneSignsInAndKioskOpensASession()
    {
        const QString mobile = domain::samplePerson(kSubject).mobile;
        QVERIFY(phone("POST", u"/p/v1/sms"_s, {{u"mobile"_s, mobile}}).value(u"sent"_s).toBool());
        QTRY_VERIFY(!lastSmsCode().isEmpty());
        QVERIFY(phone("POST", u"/p/v1/login"_s, {{u"mobile"_s, mobile}, {u"code"_s, lastSmsCode()}})
                        .value(u"signed_in"_s)
                        .toBool());
        QVERIFY(!agree(u"login_profile"_s).contains(u"error"_s));
        const auto keys = crypto::generateKeyPair();
        const QJsonObject grant =
                phone("POST", u"/p/v1/keys"_s,
                      {{u"public_key"_s, QString::fromLatin1(keys.publicKey.toBase64())}});
        QVERIFY(grant.contains(u"certificate"_s));
        protocol::LoginToken token;
        token.kid = QByteArray::fromHex(grant.value(u"kid"_s).toString().toLatin1());
        token.subject = kSubject;
        token.audience = {420303, 1};
        token.issued = quint32(QDateTime::currentSecsSinceEpoch());
        token.nonce = crypto::randomBytes(4);
        const QString text =
                protocol::encodeLoginToken(protocol::signLoginToken(token, keys.secretKey));
        const RawReply opened =
                m_kiosk->call("POST", "/v1/sessions", QJsonObject{{u"token"_s, text}});
        QCOMPARE(opened.status, 200);
        m_session = opened.json().value(u"session"_s).toString();
        QVERIFY(!m_session.isEmpty());
    }

    void nothingWithoutTheBureausOwnConsent()
    {
        const RawReply refused = ask();
        QCOMPARE(refused.status, 403);
        QCOMPARE(refused.code(), u"gateway.consent"_s);
        QCOMPARE(m_sim.asked(u"A"_s), 0);
    }

    void theRecordArrives()
    {
        QVERIFY(!agree(u"social_insurance"_s).contains(u"error"_s));
        const RawReply answer = ask();
        QCOMPARE(answer.status, 200);
        const QJsonObject json = answer.json();
        QCOMPARE(json.value(u"code"_s).toString(), u"OK"_s);
        QCOMPARE(json.value(u"notice"_s).toString(), u"ARREARS"_s);
        QVERIFY(json.value(u"demo"_s).toBool());
        const QJsonObject person =
                json.value(u"data"_s).toObject().value(u"persons"_s).toArray().at(0).toObject();
        QCOMPARE(person.value(u"aac002"_s).toString().count(u'*'), 11);
        const QJsonObject pension = person.value(u"rows"_s).toArray().at(0).toObject();
        QCOMPARE(pension.value(u"records"_s).toArray().size(), 24);
        QVERIFY(!answer.body.contains(domain::samplePerson(kSubject).idNumber.toUtf8()));
    }

    void aReplayIsRefused()
    {
        const QByteArray nonce(32, 'b');
        QCOMPARE(ask(nonce).status, 200);
        const RawReply replayed = ask(nonce);
        QCOMPARE(replayed.status, 409);
        QCOMPARE(replayed.code(), u"gateway.replayed"_s);
    }

    void theResultGoesToThePhone()
    {
        const RawReply handoff = m_kiosk->call("POST", "/v1/handoffs",
                                               QJsonObject{{u"session"_s, m_session},
                                                           {u"service"_s, u"S02"_s},
                                                           {u"trace_id"_s, u"00000000000000aa"_s}});
        QCOMPARE(handoff.status, 200);
        const QString id = handoff.json().value(u"url"_s).toString().section(u"/h/"_s, 1);
        QVERIFY(!id.isEmpty());
        const QByteArray shown = QJsonDocument(phone("GET", u"/p/v1/handoffs/"_s + id)).toJson();
        QVERIFY(shown.contains("aae140"));
    }

    void withdrawalAndLogOutEndIt()
    {
        QVERIFY(!agree(u"social_insurance"_s, false).contains(u"error"_s));
        QCOMPARE(ask().code(), u"gateway.consent"_s);
        QVERIFY(!agree(u"social_insurance"_s).contains(u"error"_s));
        QCOMPARE(ask().status, 200);
        QCOMPARE(m_kiosk->call("DELETE", "/v1/sessions/" + m_session.toLatin1()).status, 200);
        const RawReply refused = ask();
        QCOMPARE(refused.status, 401);
        QCOMPARE(refused.code(), u"gateway.session"_s);
    }
};

QTEST_GUILESS_MAIN(TestDistrictGateway)
#include "tst_districtgateway.moc"
