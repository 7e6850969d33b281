// SPDX-License-Identifier: Apache-2.0
#include "crypto/aescbc.h"
#include "crypto/smcrypto.h"

#include <QTest>

using namespace riderport::crypto;
using namespace Qt::StringLiterals;

class TestSmCrypto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sm3OfStandardExample()
    {
        QCOMPARE(sm3("abc").toHex(),
                 "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        QCOMPARE(sm3("").toHex(),
                 "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    }

    void hmacOfSharedMessage()
    {
        const QByteArray message = "s_demo_0001rid-demo-00011794537600000";
        QCOMPARE(hmacSm3("demo-app-secret", message).toHex(),
                 "12891c5103d672592c97091f72521c92ae3122858b8386f30b5e381f34c20172");
        QCOMPARE(hmacSha256("demo-app-secret", message).toBase64(),
                 "emv10IH5jRV+MOFh9WlycwN+FD9/7YoRx99CtNCfg78=");
        QCOMPARE(sharingSignature("demo-app-secret", "s_demo_0001", "rid-demo-0001",
                                  "1794537600000"),
                 "emv10IH5jRV+MOFh9WlycwN+FD9/7YoRx99CtNCfg78=");
    }

    void hmacSha256OfRfc4231()
    {
        QCOMPARE(hmacSha256(QByteArray(20, '\x0b'), "Hi There").toHex(),
                 "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    void hmacTakesAnEmptyKey()
    {
        QCOMPARE(hmacSha256("", "").toHex(),
                 "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    void gatewaySignOfContractExample()
    {
        GatewaySignInput input{"POST",
                               "/gw/v1/S02/query",
                               "",
                               R"({"from":"202411","to":"202610"})",
                               "1794537600000",
                               "00112233445566778899aabbccddeeff"};
        QCOMPARE(sm3(input.body).toHex(),
                 "31569bcf4e9d740ab57095c5ebfb457859cdf5bd2592ed2cf6c71959790d7b63");
        QCOMPARE(gatewaySign("demo-device-secret", input),
                 "1df9656bbff01252f4cfb6e0f34ec753a3d7a2a104ce322988c95826f0c896d7");
    }

    void gatewaySignCoversEveryPart()
    {
        const GatewaySignInput base{"POST", "/a", "x=1", "{}", "1", "n"};
        const QByteArray sign = gatewaySign("k", base);
        for (QByteArray GatewaySignInput::*part :
             {&GatewaySignInput::method, &GatewaySignInput::path, &GatewaySignInput::query,
              &GatewaySignInput::body, &GatewaySignInput::timestampMs, &GatewaySignInput::nonce}) {
            GatewaySignInput changed = base;
            changed.*part += '0';
            QVERIFY(gatewaySign("k", changed) != sign);
        }
        QVERIFY(gatewaySign("l", base) != sign);
    }

    void queryIsSortedByItem()
    {
        QCOMPARE(sortedQuery("b=2&a=1&&a=0"), "a=0&a=1&b=2");
        QCOMPARE(sortedQuery(""), "");
    }

    void tifSignatureOfContractExample()
    {
        QCOMPARE(tifSignature("1794537600", "demo-token", "n0nce001"),
                 "9a27213e576f0330b5b9cc3d11c55b4b1f9ff741c53a8b7cd41a96db5c57bc17");
    }

    void aesCbcOfNistExample()
    {
        // SP 800-38A F.2.1, first block, followed by the padding block this mode adds.
        const QByteArray key = QByteArray::fromHex("2b7e151628aed2a6abf7158809cf4f3c");
        const QByteArray iv = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
        const QByteArray plain = QByteArray::fromHex("6bc1bee22e409f96e93d7e117393172a");
        const QByteArray cipher = QByteArray::fromHex("7649abac8119b246cee98e9b12e9197d"
                                                      "8964e0b149c10b7b682e6e39aaeb731c");
        const auto opened = aesCbcDecrypt(key, iv + cipher);
        QVERIFY(opened.ok());
        QCOMPARE(*opened, plain);
    }

    void aesCbcRoundTripAndDamage()
    {
        const QByteArray key(16, 'k');
        const QByteArray sealed = aesCbcEncrypt(key, "short-lived");
        QCOMPARE(aesCbcDecrypt(key, sealed).value(), "short-lived");
        QVERIFY(aesCbcEncrypt(key, "short-lived") != sealed);
        const auto truncated = aesCbcDecrypt(key, sealed.left(20));
        QVERIFY(!truncated.ok());
        QCOMPARE(truncated.error().code, u"aes.open"_s);
        QVERIFY(!aesCbcDecrypt("short", sealed).ok());
        QVERIFY(!aesCbcDecrypt(key, {}).ok());
    }
};

QTEST_APPLESS_MAIN(TestSmCrypto)
#include "tst_smcrypto.moc"
