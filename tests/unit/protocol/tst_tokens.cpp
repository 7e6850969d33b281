// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing.h"
#include "protocol/base45.h"
#include "protocol/logintoken.h"
#include "protocol/phonekeycertificate.h"

#include <QTest>

using namespace riderport;
using namespace riderport::protocol;
using namespace Qt::StringLiterals;

class TestTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void base45OfTheStandard_data()
    {
        // RFC 9285, 4.3 and 4.4.
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("AB") << "AB"_ba << u"BB8"_s;
        QTest::newRow("Hello!!") << "Hello!!"_ba << u"%69 VD92EX0"_s;
        QTest::newRow("base-45") << "base-45"_ba << u"UJCLQE7W581"_s;
        QTest::newRow("ietf!") << "ietf!"_ba << u"QED8WEX0"_s;
        QTest::newRow("empty") << ""_ba << u""_s;
    }
    void base45OfTheStandard()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(base45Encode(bytes), text);
        QCOMPARE(*base45Decode(text), bytes);
    }

    void base45Refusals()
    {
        // Length 1 mod 3, a foreign character, lower case, and groups above their range (RFC 9285,
        // 6).
        for (const char16_t *bad : {u"A", u"BB8A", u"BB!", u"bb8", u"GGW", u"::", u"ZZZ", u"中B8"})
            QCOMPARE(base45Decode(bad).error().code, u"base45.invalid"_s);
        QVERIFY(base45Decode(u"FGW").ok()); // FFFF
    }

    void base45RoundTripsEverySize()
    {
        QByteArray bytes;
        for (int i = 0; i < 300; ++i) {
            QCOMPARE(*base45Decode(base45Encode(bytes)), bytes);
            bytes.append(char(i * 37));
        }
    }

    void tokenHasItsLayout()
    {
        const auto keys = *crypto::keyPairFromSeed(QByteArray(32, 'p'));
        LoginToken token;
        token.kid = keyIdOf(keys.publicKey);
        token.subject = 0x0102030405060708;
        token.audience = {420303, 7};
        token.issued = 1'795'000'000;
        token.nonce = "abcd";
        token = signLoginToken(token, keys.secretKey);
        const QString text = encodeLoginToken(token);
        QCOMPARE(text.size(), kLoginTokenTextSize);
        QVERIFY(text.startsWith("K1:"_L1));
        const QByteArray raw = *base45Decode(QStringView(text).sliced(3));
        QCOMPARE(raw.size(), kLoginTokenSize);
        QCOMPARE(raw.first(26).toHex(), "01" + token.kid.toHex() + "0102030405060708" + "669cf007" +
                                                "6afd86c0" + "1e" + "61626364");
        QCOMPARE(*decodeLoginToken(text), token);
        QByteArray signedBytes = loginTokenSignedBytes(token);
        QCOMPARE(signedBytes, QByteArray("riderport-login-v1\0", 19) + raw.first(26));
        QVERIFY(crypto::verify(keys.publicKey, signedBytes, token.signature));
        QCOMPARE(Audience::unpack(token.audience.packed()), token.audience);
    }

    void tokenRefusals()
    {
        LoginToken token;
        token.kid = "1234";
        token.nonce = "abcd";
        token.signature = QByteArray(64, 's');
        const QString good = encodeLoginToken(token);
        const auto code = [](const QString &text) {
            const auto result = decodeLoginToken(text);
            return result ? QString() : result.error().code;
        };
        QCOMPARE(code(good), QString());
        QCOMPARE(code(good + u'0'), u"token.too-long"_s);
        QCOMPARE(code(QString(100'000, u'A')), u"token.too-long"_s);
        for (qsizetype cut = 0; cut < good.size(); ++cut)
            QCOMPARE(code(good.first(cut)), u"token.malformed"_s);
        QCOMPARE(code(u"K2:"_s + good.sliced(3)), u"token.version"_s);
        QCOMPARE(code(u"https://example.org"_s), u"token.malformed"_s);
        QByteArray raw = *base45Decode(QStringView(good).sliced(3));
        raw[0] = 2;
        QCOMPARE(code(u"K1:"_s + base45Encode(raw)), u"token.version"_s);
    }

    void certificateBindsKeyAndSubject()
    {
        const auto issuer = crypto::generateKeyPair();
        const auto phone = crypto::generateKeyPair();
        PhoneKeyCertificate certificate;
        certificate.publicKey = phone.publicKey;
        certificate.subject = 8470;
        certificate.notBefore = 100;
        certificate.notAfter = 200;
        certificate.authLevel = 2;
        certificate = signPhoneKey(certificate, issuer.publicKey, issuer.secretKey);
        QCOMPARE(certificate.issuerKid, keyIdOf(issuer.publicKey));
        const QByteArray bytes = encodePhoneKey(certificate);
        QCOMPARE(bytes.size(), kPhoneKeyCertificateSize);
        const auto back = decodePhoneKey(bytes);
        QVERIFY(back.ok());
        QCOMPARE(*back, certificate);
        QVERIFY(verifyPhoneKey(*back, issuer.publicKey));
        QVERIFY(!verifyPhoneKey(*back, phone.publicKey));
        // Every byte counts: a changed one is either malformed or no longer signed.
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            QByteArray bent = bytes;
            bent[i] = char(bent.at(i) ^ 0x10);
            const auto decoded = decodePhoneKey(bent);
            QVERIFY2(!decoded || !verifyPhoneKey(*decoded, issuer.publicKey),
                     qPrintable(QString::number(i)));
        }
        QCOMPARE(decodePhoneKey(bytes.chopped(1)).error().code, u"certificate.malformed"_s);
        QCOMPARE(decodePhoneKey(bytes + 'x').error().code, u"certificate.malformed"_s);
    }
};

QTEST_APPLESS_MAIN(TestTokens)
#include "tst_tokens.moc"
