// SPDX-License-Identifier: Apache-2.0
#include "support/districtprocess.h"
#include "support/testkiosk.h"

#include <QJsonArray>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;

/// Who gets in: enrolment, signatures, replay, revocation, clocks.
class TestDistrictAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(), m_server.errors().constData());
        m_kiosk = std::make_unique<test::TestKiosk>(m_server.port());
        QCOMPARE(m_kiosk->enrol(m_server.enrolCode(u"ST01"_s)).status, 200);
    }

    void enrolmentAnswersWhatAKioskNeeds()
    {
        test::TestKiosk kiosk(m_server.port());
        const auto reply = kiosk.enrol(m_server.enrolCode(u"ST02"_s));
        QCOMPARE(reply.status, 200);
        const QJsonObject body = reply.json();
        QVERIFY(kiosk.deviceId.startsWith("K-"_L1));
        QCOMPARE(kiosk.station, u"ST02"_s);
        QCOMPARE(body.value("district"_L1).toInteger(), 420303);
        const auto open = [&](const QJsonValue &value) {
            return crypto::openSealed(kiosk.keys,
                                      QByteArray::fromBase64(value.toString().toLatin1()));
        };
        QCOMPARE(open(body.value("gateway"_L1).toObject().value("secret_sealed"_L1))->size(), 32);
        QCOMPARE(open(body.value("cache_key_sealed"_L1))->size(), 32);
        QVERIFY(!body.value("issuer_keys"_L1).toArray().isEmpty());
        QCOMPARE(kiosk.call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
    }

    void enrolmentRefusals()
    {
        test::TestKiosk kiosk(m_server.port());
        auto reply = kiosk.enrol(u"AAAAAAAA"_s);
        QCOMPARE(reply.status, 403);
        QCOMPARE(reply.code(), u"enrol.code-invalid"_s);
        const QString code = m_server.enrolCode(u"ST03"_s);
        QCOMPARE(kiosk.enrol(code).status, 200);
        test::TestKiosk second(m_server.port());
        reply = second.enrol(code);
        QCOMPARE(reply.status, 409);
        QCOMPARE(reply.code(), u"enrol.code-used"_s);
        // Signed by another key than the one handed in.
        test::TestKiosk liar(m_server.port());
        const QByteArray stolen = kiosk.keys.publicKey;
        liar.deviceId = u"enrol"_s;
        reply = liar.call("POST", "/v1/enrol",
                          QJsonObject{{u"code"_s, m_server.enrolCode(u"ST03"_s)},
                                      {u"public_key"_s, QString::fromLatin1(stolen.toBase64())}});
        QCOMPARE(reply.code(), u"signature.invalid"_s);
        QVERIFY(m_server.enrolCode(u"ST99"_s).isEmpty());
    }

    void guessingCodesIsSlowedDown()
    {
        test::TestKiosk kiosk(m_server.port());
        QString code;
        for (int i = 0; i < 20 && code != u"enrol.too-many"; ++i)
            code = kiosk.enrol(u"ZZZZZZZZ"_s).code();
        QCOMPARE(code, u"enrol.too-many"_s);
    }

    void unsignedAndForgedRequests()
    {
        auto reply = m_kiosk->call("POST", "/v1/heartbeat", QByteArray("{}"));
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.json().value("server_time"_L1).toInteger() > 0);
        m_kiosk->client.send(
                "POST /v1/heartbeat HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
        reply = m_kiosk->client.receive();
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.code(), u"signature.missing"_s);
        QVERIFY(!reply.json().value("trace_id"_L1).toString().isEmpty());

        const QByteArray good = m_kiosk->signedRequest("POST", "/v1/heartbeat", "{}");
        const auto refused = [&](QByteArray bytes, const QByteArray &from, const QByteArray &to) {
            if (!bytes.contains(from))
                return u"nothing to change"_s;
            m_kiosk->client.send(bytes.replace(from, to));
            return m_kiosk->client.receive().code();
        };
        QCOMPARE(refused(good, "\r\n\r\n{}", "\r\n\r\n[]"), u"signature.digest"_s);
        QCOMPARE(refused(good, "/v1/heartbeat ", "/v1/heartbeat?x=1 "), u"signature.invalid"_s);
        QCOMPARE(refused(good, "Host: 127", "Host: 128"), u"signature.invalid"_s);
        QCOMPARE(refused(good, "Signature: rp=:", "Signature: rp=:A"), u"signature.invalid"_s);
        QCOMPARE(refused(good, "Signature: ", "Signature: x\r\nSignature: "),
                 u"signature.invalid"_s);
        QCOMPARE(refused(good, m_kiosk->deviceId.toLatin1(), "K-0000000000000000"),
                 u"signature.unknown-key"_s);
        QCOMPARE(refused(good, "alg=\"ed25519\"", "alg=\"hmac-sha256\""), u"signature.invalid"_s);
        // None of them has used up the nonce of the good one.
        m_kiosk->client.send(good);
        QCOMPARE(m_kiosk->client.receive().status, 200);
    }

    void replayIsRefusedEvenAfterTheServerWasKilled()
    {
        const QByteArray request = m_kiosk->signedRequest("POST", "/v1/heartbeat", "{}");
        m_kiosk->client.send(request);
        QCOMPARE(m_kiosk->client.receive().status, 200);
        m_kiosk->client.send(request);
        auto reply = m_kiosk->client.receive();
        QCOMPARE(reply.status, 409);
        QCOMPARE(reply.code(), u"signature.replayed"_s);
        m_server.kill();
        QVERIFY2(m_server.start(), m_server.errors().constData());
        QVERIFY(m_kiosk->client.connect());
        m_kiosk->client.send(request);
        QCOMPARE(m_kiosk->client.receive().code(), u"signature.replayed"_s);
        QCOMPARE(m_kiosk->call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
    }

    void clockOutsideTheWindow_data()
    {
        QTest::addColumn<qint64>("skew");
        QTest::addColumn<QString>("code");
        QTest::newRow("a little slow") << -280LL << QString();
        QTest::newRow("a little fast") << 280LL << QString();
        QTest::newRow("slow") << -330LL << u"signature.clock"_s;
        QTest::newRow("fast") << 330LL << u"signature.clock"_s;
        QTest::newRow("a day back") << -86'400LL << u"signature.clock"_s;
        QTest::newRow("a day ahead") << 86'400LL << u"signature.clock"_s;
    }
    void clockOutsideTheWindow()
    {
        QFETCH(qint64, skew);
        QFETCH(QString, code);
        m_kiosk->client.send(m_kiosk->signedRequest("POST", "/v1/heartbeat", "{}", skew));
        const auto reply = m_kiosk->client.receive();
        QCOMPARE(reply.code(), code);
        QCOMPARE(reply.status, code.isEmpty() ? 200 : 401);
        const qint64 told = reply.json().value("server_time"_L1).toInteger();
        QVERIFY(qAbs(told - QDateTime::currentMSecsSinceEpoch()) < 60'000);
    }

    void closedKeysAreRefused()
    {
        test::TestKiosk first(m_server.port());
        QCOMPARE(first.enrol(m_server.enrolCode(u"ST04"_s)).status, 200);
        test::TestKiosk second(m_server.port());
        QCOMPARE(second.enrol(m_server.enrolCode(u"ST04"_s)).status, 200);
        // The station has a new kiosk, so the old one is out …
        auto reply = first.call("POST", "/v1/heartbeat", QByteArray("{}"));
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.code(), u"signature.revoked"_s);
        QCOMPARE(second.call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
        // … and staff can close one while the server runs.
        (void)m_server.ctl(
                {u"revoke"_s, u"--device"_s, second.deviceId, u"--reason"_s, u"stolen"_s});
        QTRY_COMPARE(second.call("POST", "/v1/heartbeat", QByteArray("{}")).code(),
                     u"signature.revoked"_s);
        m_server.kill();
        QVERIFY2(m_server.start(), m_server.errors().constData());
        QVERIFY(second.client.connect());
        QCOMPARE(second.call("POST", "/v1/heartbeat", QByteArray("{}")).code(),
                 u"signature.revoked"_s);
    }

    void twoKiosksWithOneIdentityNoticeEachOther()
    {
        test::TestKiosk clone(m_server.port());
        clone.keys = m_kiosk->keys;
        clone.deviceId = m_kiosk->deviceId;
        QVERIFY(m_kiosk->client.connect());
        // Both hold at the head of a bucket that stays empty.
        const QByteArray poll =
                R"({"proto":1,"schema":1,"cursors":{"s:ST01":[0,0]},"wait_ms":20000,"max_bytes":65536})";
        m_kiosk->client.send(m_kiosk->signedRequest("POST", "/v1/sync", poll));
        QTRY_VERIFY(metric("riderport_held_pulls") == 1);
        clone.client.send(clone.signedRequest("POST", "/v1/sync", poll));
        const auto reply = m_kiosk->client.receive();
        QCOMPARE(reply.status, 409);
        QCOMPARE(reply.code(), u"sync.superseded"_s);
        QVERIFY(metric("riderport_superseded_pulls") >= 1);
        QTRY_VERIFY(m_server.errors().contains("sync.superseded"));
        clone.client.abort();
        QTRY_VERIFY(metric("riderport_held_pulls") == 0);
    }

    void metricsStayOnThisMachine()
    {
        test::RawClient client(m_server.port());
        client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(client.receive().status, 200);
        client.send("GET /metrics HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.1.2.3\r\n\r\n");
        QCOMPARE(client.receive().status, 404);
        client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(client.receive().body, R"({"status":"ok"})"_ba);
    }

    void logNamesRoutesAndDevicesOnly()
    {
        const QByteArray log = m_server.errors();
        QVERIFY(log.contains("POST /v1/heartbeat status=200"));
        QVERIFY(log.contains(m_kiosk->deviceId.toLatin1()));
        QVERIFY(!log.contains("x=1"));
        for (const QByteArray &line : log.split('\n'))
            QVERIFY(line.isEmpty() || QJsonDocument::fromJson(line).isObject());
    }

    void endsGracefullyWithHeldPulls()
    {
        test::TestKiosk kiosk(m_server.port());
        QCOMPARE(kiosk.enrol(m_server.enrolCode(u"ST05"_s)).status, 200);
        kiosk.client.send(kiosk.signedRequest(
                "POST", "/v1/sync",
                R"({"proto":1,"schema":1,"cursors":{"s:ST05":[0,0]},"wait_ms":20000})"));
        QTRY_VERIFY(metric("riderport_held_pulls") == 1);
        m_server.requestStop();
        QCOMPARE(kiosk.client.receive().status, 200);
        QCOMPARE(m_server.waitForExit(), 0);
    }

private:
    double metric(const QByteArray &name)
    {
        test::RawClient client(m_server.port());
        client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
        for (const QByteArray &line : client.receive().body.split('\n')) {
            if (line.startsWith(QByteArray(name + ' ')))
                return line.sliced(name.size() + 1).toDouble();
        }
        return -1;
    }

    test::DistrictProcess m_server;
    std::unique_ptr<test::TestKiosk> m_kiosk;
};

QTEST_GUILESS_MAIN(TestDistrictAccess)
#include "tst_district_access.moc"
