// SPDX-License-Identifier: Apache-2.0
#include "protocol/httpsignature.h"
#include "protocol/zstdcodec.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fakehttptransport.h"
#include "transport/backoff.h"
#include "transport/signedclient.h"

#include <QTest>

using namespace riderport;
using namespace riderport::transport;
using namespace Qt::StringLiterals;
using base::ErrorKind;
using riderport::test::await;
using riderport::test::FakeHttpTransport;

class TestSignedClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void digestIsTheStandardsExample();
    void signsWhatItSends();
    void refusesToSpeakWithoutIdentity();
    void statusBecomesError_data();
    void statusBecomesError();
    void errorBodySpeaksForItself();
    void foreignErrorPageFallsBackToStatus();
    void inflatesWithinBounds();
    void retryAfterIsRead_data();
    void retryAfterIsRead();
    void signsByTheServersClockWhenOursIsWrong();
    void backoffIsFullJitter();
    void backoffHonoursRetryAfter();

private:
    [[nodiscard]] static QByteArray headerOf(const HttpRequest &request, const QByteArray &name)
    {
        for (const auto &header : request.headers) {
            if (header.first == name)
                return header.second;
        }
        return {};
    }
    base::Result<protocol::SignatureParameters> verify(const HttpRequest &request) const
    {
        return protocol::verifyMessage(
                {request.method, "district.test", request.path, request.query, request.body},
                {headerOf(request, "Content-Digest"), headerOf(request, "Signature-Input"),
                 headerOf(request, "Signature")},
                m_keys.publicKey);
    }

    HttpReply m_answer;
    riderport::test::FakeClock m_clock;
    crypto::KeyPair m_keys = crypto::generateKeyPair();
    FakeHttpTransport m_transport{[this](const HttpRequest &) { return m_answer; }};
    std::unique_ptr<SignedClient> m_client;
};

void TestSignedClient::init()
{
    m_answer = {200, {}, "{}"};
    m_transport.requests.clear();
    m_client = std::make_unique<SignedClient>(m_transport, m_clock);
    m_client->setIdentity("K-1", m_keys);
}

void TestSignedClient::digestIsTheStandardsExample()
{
    // RFC 9530, appendix: the body of its first examples.
    QCOMPARE(protocol::contentDigestOf("{\"hello\": \"world\"}"),
             QByteArray("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"));
}

void TestSignedClient::signsWhatItSends()
{
    QVERIFY(await(m_client->call({"POST", "/v1/x", "a=b", "{\"n\":1}", {{"X-Trace-Id", "t"}}}))
                    .ok());
    const HttpRequest sent = m_transport.requests.first();
    const auto verified = verify(sent);
    QVERIFY(verified.ok());
    QCOMPARE(verified->keyId, QByteArray("K-1"));
    QCOMPARE(verified->created, m_clock.wallMs() / 1000);
    QCOMPARE(headerOf(sent, "X-Trace-Id"), QByteArray("t"));
    HttpRequest forged = sent;
    forged.body = "{\"n\":2}";
    QVERIFY(!verify(forged));
    QVERIFY(await(m_client->call({"POST", "/v1/x", "a=b", "{\"n\":1}"})).ok());
    QVERIFY(headerOf(m_transport.requests.at(1), "Signature-Input") !=
            headerOf(sent, "Signature-Input")); // a nonce of its own
}

void TestSignedClient::refusesToSpeakWithoutIdentity()
{
    SignedClient stranger(m_transport, m_clock);
    const auto reply = await(stranger.call({"GET", "/v1/x"}));
    QCOMPARE(reply.error().code, u"signature.no-identity"_s);
    QVERIFY(m_transport.requests.isEmpty());
}

void TestSignedClient::statusBecomesError_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("400") << 400 << ErrorKind::Invalid;
    QTest::newRow("401") << 401 << ErrorKind::Unauthorized;
    QTest::newRow("403") << 403 << ErrorKind::Forbidden;
    QTest::newRow("404") << 404 << ErrorKind::NotFound;
    QTest::newRow("409") << 409 << ErrorKind::Conflict;
    QTest::newRow("413") << 413 << ErrorKind::TooLarge;
    QTest::newRow("422") << 422 << ErrorKind::Invalid;
    QTest::newRow("426") << 426 << ErrorKind::Unsupported;
    QTest::newRow("429") << 429 << ErrorKind::RateLimited;
    QTest::newRow("500") << 500 << ErrorKind::Unavailable;
    QTest::newRow("503") << 503 << ErrorKind::Unavailable;
    QTest::newRow("599") << 599 << ErrorKind::Unavailable;
}

void TestSignedClient::statusBecomesError()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    m_answer = {status, {}, {}};
    const auto reply = await(m_client->call({"GET", "/v1/x"}));
    QCOMPARE(reply.error().kind, kind);
    QCOMPARE(reply.error().code, u"http.status-"_s + QString::number(status));
}

void TestSignedClient::errorBodySpeaksForItself()
{
    const QByteArray body =
            R"({"error":{"kind":"replay","code":"token.replayed","detail":"d"},"trace_id":"t"})";
    m_answer = {409, {}, body};
    QCOMPARE(await(m_client->call({"GET", "/v1/x"})).error(),
             (base::Error{ErrorKind::Replay, u"token.replayed"_s, u"d"_s}));
    m_answer = {409, {{"content-encoding", "zstd"}}, protocol::zstdCompress(body)};
    QCOMPARE(await(m_client->call({"GET", "/v1/x"})).error().code, u"token.replayed"_s);
}

void TestSignedClient::foreignErrorPageFallsBackToStatus()
{
    const QByteArrayList bodies{"<html>",
                                "{",
                                "[]",
                                "{\"error\":1}",
                                "{\"error\":{\"kind\":\"x\"}}",
                                QByteArray(100'000, ' ')};
    for (const QByteArray &body : bodies) {
        m_answer = {502, {}, body};
        QCOMPARE(await(m_client->call({"GET", "/v1/x"})).error().code, u"http.status-502"_s);
    }
}

void TestSignedClient::inflatesWithinBounds()
{
    const QByteArray plain(3'000'000, 'a');
    m_answer = {200, {{"content-encoding", "zstd"}}, protocol::zstdCompress(plain)};
    ApiRequest request{"GET", "/v1/x"};
    QCOMPARE(*await(m_client->call(request)), plain);
    request.maxDecodedBytes = 1'000'000;
    QCOMPARE(await(m_client->call(request)).error().code, u"zstd.too-large"_s);
    request.decode = false;
    const ApiReply raw = await(m_client->exchange(request));
    QCOMPARE(raw.encoding, QByteArray("zstd"));
    QCOMPARE(raw.body, m_answer.body);
    m_answer.headers = {{"content-encoding", "br"}};
    request.decode = true;
    QCOMPARE(await(m_client->call(request)).error().code, u"http.encoding"_s);
    m_answer = {200, {{"content-encoding", "zstd"}}, "not zstd"};
    QCOMPARE(await(m_client->call(request)).error().code, u"zstd.corrupt"_s);
}

void TestSignedClient::retryAfterIsRead_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("seconds") << QByteArray("7") << qint64(7000);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("absent") << QByteArray() << qint64(-1);
    QTest::newRow("negative") << QByteArray("-7") << qint64(-1);
    QTest::newRow("date") << QByteArray("Fri, 31 Dec 1999 23:59:59 GMT") << qint64(-1);
    QTest::newRow("absurd") << QByteArray("999999999999") << qint64(86'400'000);
}

void TestSignedClient::retryAfterIsRead()
{
    QFETCH(QByteArray, header);
    QFETCH(qint64, ms);
    m_answer = {503, {}, {}};
    if (!header.isEmpty())
        m_answer.headers.append({"retry-after", header});
    QCOMPARE(await(m_client->exchange({"GET", "/v1/x"})).retryAfterMs, ms);
}

void TestSignedClient::signsByTheServersClockWhenOursIsWrong()
{
    const qint64 serverTime = m_clock.wallMs() + 86'400'000;
    m_answer = {401,
                {},
                R"({"error":{"kind":"clock-skew","code":"signature.clock","detail":""},)"
                R"("server_time":)" +
                        QByteArray::number(serverTime) + "}"};
    QCOMPARE(await(m_client->call({"GET", "/v1/x"})).error().code, u"signature.clock"_s);
    QCOMPARE(m_client->clockSkewMs(), 86'400'000);
    m_answer = {200, {}, "{}"};
    QVERIFY(await(m_client->call({"GET", "/v1/x"})).ok());
    QCOMPARE(verify(m_transport.requests.last())->created, serverTime / 1000);
}

void TestSignedClient::backoffIsFullJitter()
{
    double drawn = 0.5;
    Backoff backoff([&] { return drawn; });
    QList<qint64> waits;
    for (int i = 0; i < 9; ++i)
        waits.append(backoff.nextDelayMs());
    QCOMPARE(waits, (QList<qint64>{500, 1000, 2000, 4000, 8000, 16'000, 30'000, 30'000, 30'000}));
    backoff.reset();
    drawn = 0.0;
    QCOMPARE(backoff.nextDelayMs(), 0);
    drawn = 0.999;
    for (int i = 0; i < 100; ++i)
        QVERIFY(backoff.nextDelayMs() < Backoff::kCapMs);
    Backoff natural;
    for (int i = 0; i < 100; ++i) {
        const qint64 wait = natural.nextDelayMs();
        QVERIFY(wait >= 0 && wait < Backoff::kCapMs);
    }
}

void TestSignedClient::backoffHonoursRetryAfter()
{
    Backoff backoff([] { return 0.0; });
    QCOMPARE(backoff.nextDelayMs(7000), 7000);
    QCOMPARE(backoff.nextDelayMs(86'400'000), Backoff::kMaxRetryAfterMs);
    QCOMPARE(backoff.nextDelayMs(-1), 0);
}

QTEST_GUILESS_MAIN(TestSignedClient)
#include "tst_signedclient.moc"
