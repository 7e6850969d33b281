// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing.h"
#include "protocol/httpsignature.h"

#include <QTest>

using namespace riderport;
using namespace riderport::protocol;
using namespace Qt::StringLiterals;

/// Our profile of RFC 9421 and RFC 9530. The examples of RFC 9421 cover other components, so they
/// are refused by design; what is checked against the texts is the digest and the signature base.
class TestSignatures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digestOfTheStandard()
    {
        // RFC 9530, appendix B: {"hello": "world"} with and without a final line feed.
        QCOMPARE(contentDigestOf("{\"hello\": \"world\"}"),
                 "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"_ba);
        QCOMPARE(contentDigestOf("{\"hello\": \"world\"}\n"),
                 "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"_ba);
        QCOMPARE(contentDigestOf({}), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"_ba);
    }

    void signatureBaseOfTheStandard()
    {
        // Section 2.5, spelt out by hand and signed by hand: verification must agree with it.
        const auto keys = *crypto::keyPairFromSeed(QByteArray(32, 's'));
        const SignedMessage message{"POST", "Example.COM:8443", "/v1/sync", "a=1&b=%20", "{}"};
        SignatureHeaders headers;
        headers.contentDigest = contentDigestOf("{}");
        const QByteArray parameters =
                "(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\");"
                "created=1795000000;expires=1795000060;nonce=\"AAAAAAAAAAAAAAAAAAAAAA\";"
                "keyid=\"K-0123456789abcdef\";alg=\"ed25519\"";
        headers.signatureInput = "rp=" + parameters;
        const QByteArray base = "\"@method\": POST\n"
                                "\"@authority\": example.com:8443\n"
                                "\"@path\": /v1/sync\n"
                                "\"@query\": ?a=1&b=%20\n"
                                "\"content-digest\": " +
                                headers.contentDigest + "\n\"@signature-params\": " + parameters;
        headers.signature = "rp=:" + crypto::sign(keys.secretKey, base).toBase64() + ":";
        const auto verified = verifyMessage(message, headers, keys.publicKey);
        QVERIFY(verified.ok());
        QCOMPARE(verified->created, 1795000000);
        QCOMPARE(verified->keyId, "K-0123456789abcdef"_ba);
    }

    void signedMessagesVerifyAndChangedOnesDoNot()
    {
        const auto keys = crypto::generateKeyPair();
        const SignedMessage message{"POST", "a:1", "/v1/ops", "", "{\"x\":1}"};
        const auto headers = signMessage(message, "K-1", keys.secretKey, 1000);
        const auto good = verifyMessage(message, headers, keys.publicKey);
        QVERIFY(good.ok());
        QCOMPARE(good->expires, 1060);
        QVERIFY(signMessage(message, "K-1", keys.secretKey, 1000).signatureInput !=
                headers.signatureInput);
        const auto code = [&](auto change) {
            SignedMessage m = message;
            SignatureHeaders h = headers;
            change(m, h);
            const auto result = verifyMessage(m, h, keys.publicKey);
            return result ? QString() : result.error().code;
        };
        QCOMPARE(code([](auto &m, auto &) { m.method = "PUT"; }), u"signature.invalid"_s);
        QCOMPARE(code([](auto &m, auto &) { m.authority = "b:1"; }), u"signature.invalid"_s);
        QCOMPARE(code([](auto &m, auto &) { m.path = "/v1/op"; }), u"signature.invalid"_s);
        QCOMPARE(code([](auto &m, auto &) { m.query = "x"; }), u"signature.invalid"_s);
        QCOMPARE(code([](auto &m, auto &) { m.body += ' '; }), u"signature.digest"_s);
        QCOMPARE(code([](auto &, auto &h) { h.contentDigest = contentDigestOf("other"); }),
                 u"signature.digest"_s);
        QCOMPARE(code([](auto &, auto &h) { h.signature.chop(2); }), u"signature.invalid"_s);
        QCOMPARE(code([](auto &, auto &h) { h.signature = "rp=:####:"; }), u"signature.invalid"_s);
        QCOMPARE(code([](auto &, auto &h) {
                     h.signatureInput.replace("created=1000", "created=1001");
                 }),
                 u"signature.invalid"_s);
        QCOMPARE(code([](auto &, auto &h) { h.signatureInput.clear(); }), u"signature.missing"_s);
        QVERIFY(!verifyMessage(message, headers, crypto::generateKeyPair().publicKey).ok());
    }

    void oneSpellingOnly_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("label") << "rp="_ba
                               << "sig1="_ba;
        QTest::newRow("fewer components") << " \"@query\""_ba
                                          << ""_ba;
        QTest::newRow("order") << "\"@method\" \"@authority\""_ba
                               << "\"@authority\" \"@method\""_ba;
        QTest::newRow("algorithm") << "ed25519"_ba
                                   << "rsa-v1_5-sha256"_ba;
        QTest::newRow("space") << ";created"_ba
                               << "; created"_ba;
        QTest::newRow("huge number") << "created=1000"_ba
                                     << "created=100000000000000"_ba;
        QTest::newRow("negative") << "created=1000"_ba
                                  << "created=-1000"_ba;
        QTest::newRow("second label") << "alg=\"ed25519\""_ba
                                      << "alg=\"ed25519\", x=()"_ba;
        QTest::newRow("long key id") << "keyid=\"K-1\""_ba
                                     << "keyid=\"" + QByteArray(41, 'k') + "\"";
        QTest::newRow("line feed") << "alg=\"ed25519\""_ba
                                   << "alg=\"ed25519\"\n"_ba;
    }
    void oneSpellingOnly()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const auto keys = crypto::generateKeyPair();
        QByteArray input =
                signMessage({"GET", "a", "/", "", ""}, "K-1", keys.secretKey, 1000).signatureInput;
        QVERIFY(parseSignatureInput(input).ok());
        QVERIFY(input.contains(from));
        input.replace(from, to);
        QCOMPARE(parseSignatureInput(input).error().code, u"signature.invalid"_s);
    }
};

QTEST_APPLESS_MAIN(TestSignatures)
#include "tst_signatures.moc"
