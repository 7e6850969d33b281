// SPDX-License-Identifier: Apache-2.0
#include "crypto/smcrypto.h"
#include "gateway/gatewaycontract.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using base::ErrorKind;

namespace {

constexpr qint64 kNow = 1'795'000'000'000;
const GatewayDevice kDevice{base::DeviceId(u"K-0011223344556677"_s), u"app-1"_s};
const QByteArray kBody =
        R"({"service":"S02","op":"query","params":{"types":"110"},)"
        R"("consent":{"group":"social_insurance","version":1},"idempotency_key":null})";

void set(httpd::HttpRequest &request, const QByteArray &name, const QByteArray &value)
{
    for (auto &header : request.headers) {
        if (header.first == name)
            header.second = value;
    }
}

httpd::HttpRequest signedRequest(const QByteArray &body = kBody, qint64 timestamp = kNow,
                                 const QByteArray &nonce = "00112233445566778899aabbccddeeff",
                                 const QByteArray &secret = "secret-1")
{
    httpd::HttpRequest request;
    request.method = "POST";
    request.path = "/gw/v1/S02/query";
    request.body = body;
    request.traceId = "trace-1";
    request.parameters = {{"service", "S02"}, {"op", "query"}};
    const QByteArray time = QByteArray::number(timestamp);
    request.headers = {{"x-app-key", "app-1"},
                       {"x-timestamp", time},
                       {"x-nonce", nonce},
                       {"x-sign-type", "HMAC-SM3"},
                       {"x-session", "0123456789abcdef0123456789abcdef"},
                       {"x-sign", crypto::gatewaySign(secret, {request.method, request.path, "",
                                                               body, time, nonce})}};
    return request;
}

QString codeOf(const base::Result<GatewayCall> &call)
{
    return call ? u"ok"_s : call.error().code;
}

} // namespace

class TestGatewayContract : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsAProperRequest()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        const auto call = checkGatewayRequest(signedRequest(), kDevice, "secret-1", kNow, nonces);
        QVERIFY(call.ok());
        QCOMPARE(call->service, u"S02"_s);
        QCOMPARE(call->operation, u"query"_s);
        QCOMPARE(call->params.value(u"types"_s), u"110"_s);
        QCOMPARE(call->consentVersion, 1);
        QCOMPARE(call->session.toString(), u"0123456789abcdef0123456789abcdef"_s);
        QCOMPARE(call->trace, u"trace-1"_s);
    }

    void refusesWrongSignatures_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("other app key") << QByteArray("x-app-key") << QByteArray("app-2");
        QTest::newRow("no app key") << QByteArray("x-app-key") << QByteArray();
        QTest::newRow("md5") << QByteArray("x-sign-type") << QByteArray("MD5");
        QTest::newRow("short sign") << QByteArray("x-sign") << QByteArray("00");
        QTest::newRow("wrong sign") << QByteArray("x-sign") << QByteArray(64, '0');
        QTest::newRow("moved time") << QByteArray("x-timestamp") << QByteArray::number(kNow + 1000);
        QTest::newRow("no time") << QByteArray("x-timestamp") << QByteArray("now");
        QTest::newRow("other nonce") << QByteArray("x-nonce") << QByteArray(32, '1');
        QTest::newRow("short nonce") << QByteArray("x-nonce") << QByteArray("1234");
    }
    void refusesWrongSignatures()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        httpd::HttpRequest request = signedRequest();
        set(request, header, value);
        const auto call = checkGatewayRequest(request, kDevice, "secret-1", kNow, nonces);
        QCOMPARE(codeOf(call), u"gateway.sign"_s);
        QCOMPARE(call.error().kind, ErrorKind::Unauthorized);
    }

    void refusesChangedBodyPathAndQuery()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        httpd::HttpRequest request = signedRequest();
        request.body += ' ';
        QCOMPARE(codeOf(checkGatewayRequest(request, kDevice, "secret-1", kNow, nonces)),
                 u"gateway.sign"_s);
        request = signedRequest();
        request.query = "x=1";
        QCOMPARE(codeOf(checkGatewayRequest(request, kDevice, "secret-1", kNow, nonces)),
                 u"gateway.sign"_s);
        request = signedRequest();
        request.path = "/gw/v1/S04/query";
        QCOMPARE(codeOf(checkGatewayRequest(request, kDevice, "secret-1", kNow, nonces)),
                 u"gateway.sign"_s);
    }

    void aDeviceWithoutSecretSignsNothing()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        const auto request = signedRequest(kBody, kNow, QByteArray(32, 'a'), "");
        QCOMPARE(codeOf(checkGatewayRequest(request, kDevice, {}, kNow, nonces)),
                 u"gateway.sign"_s);
    }

    void clockSkewOfFiveMinutes()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        const auto at = [&](qint64 wall, char nonce) {
            return codeOf(checkGatewayRequest(signedRequest(kBody, kNow, QByteArray(32, nonce)),
                                              kDevice, "secret-1", wall, nonces));
        };
        QCOMPARE(at(kNow + 300'000, 'a'), u"ok"_s);
        QCOMPARE(at(kNow - 300'000, 'b'), u"ok"_s);
        QCOMPARE(at(kNow + 300'001, 'c'), u"gateway.clock"_s);
        QCOMPARE(at(kNow - 300'001, 'd'), u"gateway.clock"_s);
    }

    void replayIsRefusedForTenMinutes()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        QVERIFY(checkGatewayRequest(signedRequest(), kDevice, "secret-1", kNow, nonces).ok());
        clock.advance(599'999);
        const auto replayed =
                checkGatewayRequest(signedRequest(), kDevice, "secret-1", kNow, nonces);
        QCOMPARE(codeOf(replayed), u"gateway.replayed"_s);
        QCOMPARE(replayed.error().kind, ErrorKind::Replay);
        clock.advance(1);
        QVERIFY(nonces.take(kDevice.id, "00112233445566778899aabbccddeeff"));
    }

    void noncesBelongToDevices()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        QVERIFY(nonces.take(base::DeviceId(u"K-1"_s), "n"));
        QVERIFY(nonces.take(base::DeviceId(u"K-2"_s), "n"));
        QVERIFY(!nonces.take(base::DeviceId(u"K-1"_s), "n"));
    }

    void aForgedRequestDoesNotUseUpTheNonce()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        httpd::HttpRequest forged = signedRequest();
        set(forged, "x-sign", QByteArray(64, '0'));
        QCOMPARE(codeOf(checkGatewayRequest(forged, kDevice, "secret-1", kNow, nonces)),
                 u"gateway.sign"_s);
        QVERIFY(checkGatewayRequest(signedRequest(), kDevice, "secret-1", kNow, nonces).ok());
    }

    void refusesWrongBodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("no consent") << QByteArray(R"({"service":"S02","op":"query","params":{}})");
        QTest::newRow("consent version")
                << QByteArray(R"({"service":"S02","op":"query","params":{},)"
                              R"("consent":{"group":"g","version":"1"}})");
        QTest::newRow("number as parameter")
                << QByteArray(R"({"service":"S02","op":"query","params":{"a":1},)"
                              R"("consent":{"group":"g","version":1}})");
        QTest::newRow("other service than the path")
                << QByteArray(R"({"service":"S04","op":"query","params":{},)"
                              R"("consent":{"group":"g","version":1}})");
        QTest::newRow("other operation")
                << QByteArray(R"({"service":"S02","op":"reveal","params":{},)"
                              R"("consent":{"group":"g","version":1}})");
        QTest::newRow("huge") << QByteArray(70'000, ' ');
    }
    void refusesWrongBodies()
    {
        QFETCH(QByteArray, body);
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        const auto call =
                checkGatewayRequest(signedRequest(body), kDevice, "secret-1", kNow, nonces);
        QCOMPARE(codeOf(call), u"gateway.body"_s);
        QCOMPARE(call.error().kind, ErrorKind::Invalid);
    }

    void refusesAMissingSession()
    {
        test::FakeClock clock(kNow);
        GatewayNonces nonces(clock);
        httpd::HttpRequest request = signedRequest();
        set(request, "x-session", "1");
        QCOMPARE(codeOf(checkGatewayRequest(request, kDevice, "secret-1", kNow, nonces)),
                 u"gateway.session"_s);
    }
};

QTEST_APPLESS_MAIN(TestGatewayContract)
#include "tst_gatewaycontract.moc"
