// SPDX-License-Identifier: Apache-2.0
#include "identity/tokenverifier.h"
#include "logincodes.h"

#include <QTest>

using namespace riderport;
using namespace riderport::identity;
using namespace Qt::StringLiterals;

class TestTokenVerifier : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void acceptsAGoodCode();
    void inspectRefuses_data();
    void inspectRefuses();
    void judgesTheAge_data();
    void judgesTheAge();
    void refusesUnknownKey();
    void refusesForgedKeys();
    void refusesExpiredKeys();
    void refusesForgedCodes();
    void keyProblemsComeBeforeClockProblems();
    void everyFlippedBitIsRefused();

private:
    test::LoginCodes m_codes;
    TokenVerifier m_verifier{test::LoginCodes::kHere};

    [[nodiscard]] QString codeOf(const protocol::LoginToken &token, const KeyMaterial &keys,
                                 qint64 nowS) const
    {
        const auto verdict = TokenVerifier::judge(token, keys, nowS * 1000);
        return verdict ? u"ok"_s : verdict.error().code;
    }
};

void TestTokenVerifier::acceptsAGoodCode()
{
    const auto token = m_verifier.inspect(m_codes.code());
    QVERIFY(token.ok());
    const auto verdict = TokenVerifier::judge(*token, m_codes.keys(), m_codes.nowS * 1000);
    QVERIFY(verdict.ok());
    QCOMPARE(verdict->worker.toString(), u"W42"_s);
    QCOMPARE(verdict->authLevel, 2);
    QCOMPARE(verdict->kid, token->kid);
    QCOMPARE(verdict->nonce, token->nonce);
    QVERIFY(verdict->rememberUntilMs > (m_codes.nowS + 600) * 1000);
}

void TestTokenVerifier::inspectRefuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    const QString good = m_codes.code();
    QTest::newRow("oversized") << good + u"A"_s << u"token.too-long"_s;
    QTest::newRow("huge") << QString(5'000, u'A') << u"token.too-long"_s;
    QTest::newRow("truncated") << good.left(137) << u"token.malformed"_s;
    QTest::newRow("half") << good.left(70) << u"token.malformed"_s;
    QTest::newRow("empty") << QString() << u"token.malformed"_s;
    QTest::newRow("foreign text") << u"https://example.org/"_s << u"token.malformed"_s;
    QTest::newRow("lower case") << good.toLower() << u"token.malformed"_s;
    QTest::newRow("newer") << u"K2:"_s + good.mid(3) << u"token.version"_s;
    auto token = m_codes.token();
    token.audience = {420302, 1};
    QTest::newRow("foreign district") << m_codes.code(token) << u"token.foreign-district"_s;
    token.audience = {420303, 2};
    QTest::newRow("other station") << m_codes.code(token) << u"token.other-station"_s;
}

void TestTokenVerifier::inspectRefuses()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    const auto token = m_verifier.inspect(text);
    QVERIFY(!token.ok());
    QCOMPARE(token.error().code, code);
}

void TestTokenVerifier::judgesTheAge_data()
{
    QTest::addColumn<qint64>("age");
    QTest::addColumn<QString>("code");
    QTest::newRow("fresh") << qint64(0) << u"ok"_s;
    QTest::newRow("end of its step") << qint64(29) << u"ok"_s;
    QTest::newRow("one step late") << qint64(59) << u"ok"_s;
    QTest::newRow("too late") << qint64(60) << u"token.expired"_s;
    QTest::newRow("one step early") << qint64(-30) << u"ok"_s;
    QTest::newRow("too early") << qint64(-31) << u"token.not-yet-valid"_s;
    QTest::newRow("ten minutes late") << qint64(600) << u"token.expired"_s;
    QTest::newRow("our clock is ahead") << qint64(601) << u"token.clock"_s;
    QTest::newRow("our clock is behind") << qint64(-601) << u"token.clock"_s;
    QTest::newRow("a day ahead") << qint64(86'400) << u"token.clock"_s;
    QTest::newRow("a day behind") << qint64(-86'400) << u"token.clock"_s;
}

void TestTokenVerifier::judgesTheAge()
{
    QFETCH(qint64, age);
    QFETCH(QString, code);
    QCOMPARE(codeOf(m_codes.signedToken(m_codes.token()), m_codes.keys(), m_codes.nowS + age),
             code);
    // A phone that gives its codes a long life gains one minute at most.
    auto greedy = m_codes.token();
    greedy.ttl = 255;
    QCOMPARE(codeOf(m_codes.signedToken(greedy), m_codes.keys(), m_codes.nowS + 119), u"ok"_s);
    QCOMPARE(codeOf(m_codes.signedToken(greedy), m_codes.keys(), m_codes.nowS + 120),
             u"token.expired"_s);
}

void TestTokenVerifier::refusesUnknownKey()
{
    KeyMaterial none = m_codes.keys();
    none.certificate.clear();
    QCOMPARE(codeOf(m_codes.signedToken(m_codes.token()), none, m_codes.nowS),
             u"token.unknown-key"_s);
}

void TestTokenVerifier::refusesForgedKeys()
{
    const auto token = m_codes.signedToken(m_codes.token());
    // Certified by somebody who is not an issuer.
    const auto stranger = crypto::keyPairFromSeed(QByteArray(32, 's')).value();
    KeyMaterial keys = m_codes.keys();
    keys.certificate = protocol::encodePhoneKey(
            protocol::signPhoneKey(m_codes.certificate(), stranger.publicKey, stranger.secretKey));
    QCOMPARE(codeOf(token, keys, m_codes.nowS), u"token.key-forged"_s);
    // Claims our issuer, signed by the stranger.
    QByteArray forged = protocol::encodePhoneKey(protocol::signPhoneKey(
            m_codes.certificate(), m_codes.issuer.publicKey, stranger.secretKey));
    keys.certificate = forged;
    QCOMPARE(codeOf(token, keys, m_codes.nowS), u"token.key-forged"_s);
    // A genuine certificate with a lifted level.
    forged = m_codes.keys().certificate;
    forged[1 + 4 + 32 + 8 + 4 + 4] = 3;
    keys.certificate = forged;
    QCOMPARE(codeOf(token, keys, m_codes.nowS), u"token.key-forged"_s);
    // A genuine certificate of another phone under this phone's name.
    auto other = m_codes.certificate();
    other.publicKey = stranger.publicKey;
    QCOMPARE(codeOf(token, m_codes.keys(other), m_codes.nowS), u"token.key-forged"_s);
    keys.certificate = "rubbish";
    QCOMPARE(codeOf(token, keys, m_codes.nowS), u"token.key-forged"_s);
}

void TestTokenVerifier::refusesExpiredKeys()
{
    const auto token = m_codes.signedToken(m_codes.token());
    auto over = m_codes.certificate();
    over.notAfter = quint32(m_codes.nowS - 1);
    QCOMPARE(codeOf(token, m_codes.keys(over), m_codes.nowS), u"token.key-expired"_s);
    auto later = m_codes.certificate();
    later.notBefore = quint32(m_codes.nowS + 1);
    QCOMPARE(codeOf(token, m_codes.keys(later), m_codes.nowS), u"token.key-expired"_s);
}

void TestTokenVerifier::refusesForgedCodes()
{
    const auto stranger = crypto::keyPairFromSeed(QByteArray(32, 's')).value();
    const auto forged = protocol::signLoginToken(m_codes.token(), stranger.secretKey);
    QCOMPARE(codeOf(forged, m_codes.keys(), m_codes.nowS), u"token.forged"_s);
    // A genuine phone that speaks for another worker.
    auto other = m_codes.token();
    other.subject = 43;
    QCOMPARE(codeOf(m_codes.signedToken(other), m_codes.keys(), m_codes.nowS), u"token.forged"_s);
}

void TestTokenVerifier::keyProblemsComeBeforeClockProblems()
{
    const auto stranger = crypto::keyPairFromSeed(QByteArray(32, 's')).value();
    const auto forged = protocol::signLoginToken(m_codes.token(), stranger.secretKey);
    QCOMPARE(codeOf(forged, m_codes.keys(), m_codes.nowS + 3'600), u"token.forged"_s);
}

void TestTokenVerifier::everyFlippedBitIsRefused()
{
    const QByteArray text = m_codes.code().toLatin1();
    const KeyMaterial keys = m_codes.keys();
    int refused = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        QByteArray damaged = text;
        damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
        const auto token = m_verifier.inspect(QString::fromLatin1(damaged));
        if (!token || codeOf(*token, keys, m_codes.nowS) != "ok"_L1)
            ++refused;
    }
    QCOMPARE(refused, int(text.size()));
}

QTEST_GUILESS_MAIN(TestTokenVerifier)
#include "tst_tokenverifier.moc"
