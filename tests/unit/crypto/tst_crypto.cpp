// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "crypto/signing.h"

#include <QSet>
#include <QTest>

using namespace riderport::crypto;
using namespace Qt::StringLiterals;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

} // namespace

class TestCrypto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digests()
    {
        // FIPS 180-4, "abc" and the empty message.
        QCOMPARE(sha256Hex("abc"),
                 u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
        QCOMPARE(sha256Hex({}),
                 u"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s);
        QVERIFY(constantTimeEqual("abc", "abc"));
        QVERIFY(!constantTimeEqual("abc", "abd"));
        QVERIFY(!constantTimeEqual("abc", "abcd"));
        QVERIFY(constantTimeEqual({}, {}));
    }

    void signaturesOfTheStandard_data()
    {
        // RFC 8032, 7.1, tests 1 to 3.
        QTest::addColumn<QByteArray>("seed");
        QTest::addColumn<QByteArray>("publicKey");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("1")
                << hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
                << hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
                << QByteArray()
                << hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                       "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        QTest::newRow("2")
                << hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                << hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                << hex("72")
                << hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                       "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        QTest::newRow("3")
                << hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
                << hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
                << hex("af82")
                << hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                       "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }
    void signaturesOfTheStandard()
    {
        QFETCH(QByteArray, seed);
        QFETCH(QByteArray, publicKey);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, signature);
        const auto keys = keyPairFromSeed(seed);
        QVERIFY(keys.ok());
        QCOMPARE(keys->publicKey, publicKey);
        QCOMPARE(sign(keys->secretKey, message), signature);
        QVERIFY(verify(publicKey, message, signature));
        QVERIFY(!verify(publicKey, message + 'x', signature));
        QByteArray bent = signature;
        bent[10] = char(bent.at(10) ^ 1);
        QVERIFY(!verify(publicKey, message, bent));
        QVERIFY(!verify(publicKey, message, signature.chopped(1)));
        QVERIFY(!verify(publicKey.chopped(1), message, signature));
        QVERIFY(!keyPairFromSeed(seed.chopped(1)).ok());
    }

    void sealedValuesStayInTheirPlace()
    {
        const SealKey key = SealKey::generate();
        const QByteArray sealed = seal(key, "张小军", "worker|W1|name|v1");
        QVERIFY(!sealed.contains("张"));
        QVERIFY(sealed != seal(key, "张小军", "worker|W1|name|v1"));
        QCOMPARE(*open(key, sealed, "worker|W1|name|v1"), "张小军"_ba);
        QCOMPARE(open(key, sealed, "worker|W2|name|v1").error().code, u"seal.open"_s);
        QCOMPARE(open(SealKey::generate(), sealed, "worker|W1|name|v1").error().code,
                 u"seal.open"_s);
        for (const qsizetype cut : {0, 1, 24, 39}) {
            QCOMPARE(open(key, sealed.first(cut), "worker|W1|name|v1").error().code,
                     u"seal.open"_s);
        }
        QByteArray bent = sealed;
        bent[bent.size() - 1] = char(bent.back() ^ 1);
        QVERIFY(!open(key, bent, "worker|W1|name|v1").ok());
    }

    void keysDeriveByPurpose()
    {
        auto key = SealKey::fromBytes(QByteArray(32, '\1'));
        QVERIFY(key.ok());
        QCOMPARE(key->derive("a").bytes(), key->derive("a").bytes());
        QVERIFY(key->derive("a").bytes() != key->derive("b").bytes());
        QCOMPARE(SealKey::fromBytes("short").error().code, u"key.length"_s);
        const QByteArray index = blindIndex(*key, "15400000001");
        QCOMPARE(index.size(), 16);
        QCOMPARE(index, blindIndex(*key, "15400000001"));
        QVERIFY(index != blindIndex(*key, "15400000002"));
        QVERIFY(index != blindIndex(key->derive("x"), "15400000001"));
        key->destroy();
        QVERIFY(!key->isValid());
    }

    void boxesOpenForTheirHolderOnly()
    {
        const KeyPair holder = generateKeyPair();
        const auto box = sealTo(holder.publicKey, "secret");
        QVERIFY(box.ok());
        QCOMPARE(*openSealed(holder, *box), "secret"_ba);
        QCOMPARE(openSealed(generateKeyPair(), *box).error().code, u"box.open"_s);
        QCOMPARE(openSealed(holder, box->chopped(1)).error().code, u"box.open"_s);
        QCOMPARE(sealTo("no key", "secret").error().code, u"box.key"_s);
    }

    void randomness()
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 1000; ++i)
            seen.insert(randomBytes(16));
        QCOMPARE(seen.size(), 1000);
        QCOMPARE(randomHex(8).size(), 16);
        QSet<quint32> below;
        for (int i = 0; i < 1000; ++i)
            below.insert(randomBelow(7));
        QCOMPARE(below.size(), 7);
        const QString text = randomText(2000, QLatin1String("abc"));
        QCOMPARE(text.size(), 2000);
        for (const QChar c : u"abc"_s)
            QVERIFY(text.count(c) > 400);
        QCOMPARE(text.count(u'a') + text.count(u'b') + text.count(u'c'), 2000);
    }
};

QTEST_APPLESS_MAIN(TestCrypto)
#include "tst_crypto.moc"
