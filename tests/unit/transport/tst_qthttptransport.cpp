// SPDX-License-Identifier: Apache-2.0
#include "support/await.h"
#include "support/rawhttpserver.h"
#include "transport/qthttptransport.h"

#include <QTest>

using namespace riderport;
using namespace riderport::transport;
using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using riderport::test::await;
using riderport::test::RawHttpServer;

class TestQtHttpTransport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesOtherAddresses_data();
    void refusesOtherAddresses();
    void authorityIsTheHostHeader();
    void sendsWhatItIsTold();
    void refusesTargetsThatNameAnotherPlace_data();
    void refusesTargetsThatNameAnotherPlace();
    void everyByteInAnIdentifierSurvives();
    void faultsBecomeErrors_data();
    void faultsBecomeErrors();
    void errorStatusIsAReply();
    void doesNotInflateByItself();
    void followsNoRedirect();
    void keepsNoCookies();
    void nobodyListens();
    void cancelEndsAtOnce();
    void destructionEndsEverything();
};

void TestQtHttpTransport::refusesOtherAddresses_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"", "ftp://a", "file:///etc/passwd", "http://", "http://a/path",
                            "http://user@a", "http://a?q", "http://a#f", "a:80", "qrc:/x"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void TestQtHttpTransport::refusesOtherAddresses()
{
    QFETCH(QString, url);
    const auto made = QtHttpTransport::create(QUrl(url));
    QVERIFY(!made);
    QCOMPARE(made.error().code, u"http.request"_s);
}

void TestQtHttpTransport::authorityIsTheHostHeader()
{
    const QList<std::pair<QString, QByteArray>> cases{
            {u"http://District.Example"_s, "district.example"},
            {u"http://district.example:80"_s, "district.example"},
            {u"https://district.example:443/"_s, "district.example"},
            {u"https://district.example:8443"_s, "district.example:8443"},
            {u"http://[::1]:8080"_s, "[::1]:8080"}};
    for (const auto &[url, authority] : cases)
        QCOMPARE(QtHttpTransport::create(QUrl(url)).value()->authority(), authority);
    QByteArray host;
    RawHttpServer server([&](const HttpRequest &request) {
        for (const auto &header : request.headers) {
            if (header.first == "host")
                host = header.second;
        }
        return RawHttpServer::Answer{RawHttpServer::whole(200, {})};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    QVERIFY(await(transport->send({"GET", "/", {}, {}, {}}, {})).ok());
    QCOMPARE(host, transport->authority());
}

void TestQtHttpTransport::sendsWhatItIsTold()
{
    HttpRequest seen;
    RawHttpServer server([&](const HttpRequest &request) {
        seen = request;
        return RawHttpServer::Answer{RawHttpServer::whole(201, "made", "X-One: 1\r\n")};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    for (const QByteArray &method : {QByteArray("POST"), QByteArray("DELETE"), QByteArray("GET")}) {
        const QByteArray body = method == "GET" ? QByteArray() : QByteArray("{\"a\":1}");
        const auto reply = await(
                transport->send({method, "/v1/x", "b=2&a=1", {{"X-Extra", "yes"}}, body}, {}));
        QVERIFY(reply.ok());
        QCOMPARE(reply->status, 201);
        QCOMPARE(reply->body, QByteArray("made"));
        QCOMPARE(reply->header("x-one"), QByteArray("1"));
        QCOMPARE(seen.method, method);
        QCOMPARE(seen.path, QByteArray("/v1/x"));
        QCOMPARE(seen.query, QByteArray("b=2&a=1"));
        QCOMPARE(seen.body, body);
        QVERIFY(seen.headers.contains(HttpHeader("x-extra", "yes")));
        QVERIFY(seen.headers.contains(HttpHeader("accept-encoding", "zstd")));
    }
}

void TestQtHttpTransport::refusesTargetsThatNameAnotherPlace_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("no slash") << QByteArray("v1") << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("other host") << QByteArray("//evil.example/") << QByteArray();
    QTest::newRow("space") << QByteArray("/a b") << QByteArray();
    QTest::newRow("line feed") << QByteArray("/a\r\nX: y") << QByteArray();
    QTest::newRow("query line feed") << QByteArray("/a") << QByteArray("b\nc");
    QTest::newRow("fragment") << QByteArray("/a#b") << QByteArray();
    QTest::newRow("mark in path") << QByteArray("/a?b") << QByteArray();
    QTest::newRow("not ascii") << QByteArray("/\xe9\xaa\x91") << QByteArray();
}

void TestQtHttpTransport::refusesTargetsThatNameAnotherPlace()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    RawHttpServer server([](const HttpRequest &) {
        return RawHttpServer::Answer{RawHttpServer::whole(200, {})};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    const auto reply = await(transport->send({"GET", path, query, {}, {}}, {}));
    QVERIFY(!reply);
    QCOMPARE(reply.error().code, u"http.request"_s);
    QCOMPARE(server.connections, 0);
}

void TestQtHttpTransport::everyByteInAnIdentifierSurvives()
{
    QByteArray query;
    RawHttpServer server([&](const HttpRequest &request) {
        query = request.query;
        return RawHttpServer::Answer{RawHttpServer::whole(200, {})};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    QString odd = u"骑士·"_s;
    for (char16_t c = 1; c < 0x100; ++c)
        odd += QChar(c);
    const QByteArray sent =
            "after=" + QUrl::toPercentEncoding(odd) + ',' + QUrl::toPercentEncoding(odd);
    const auto reply = await(transport->send({"GET", "/v1/snapshot/s:ST01", sent, {}, {}}, {}));
    QVERIFY2(reply.ok(), qPrintable(reply ? QString() : reply.error().detail));
    QCOMPARE(query, sent);
}

void TestQtHttpTransport::faultsBecomeErrors_data()
{
    QTest::addColumn<RawHttpServer::Answer>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("code");
    const QByteArray big = RawHttpServer::whole(200, QByteArray(200'000, 'x'));
    QTest::newRow("closed without a word")
            << RawHttpServer::Answer{} << ErrorKind::Offline << u"http.closed"_s;
    QTest::newRow("cut in the head") << RawHttpServer::Answer{"HTTP/1.1 200 OK\r\nContent-Le"}
                                     << ErrorKind::Offline << u"http.closed"_s;
    QTest::newRow("short body") << RawHttpServer::Answer{big.left(big.size() / 2)}
                                << ErrorKind::Offline << u"http.closed"_s;
    QTest::newRow("hangs") << RawHttpServer::Answer{{}, true} << ErrorKind::Timeout
                           << u"http.timeout"_s;
    QTest::newRow("drips for ever")
            << RawHttpServer::Answer{big, true, 20} << ErrorKind::Timeout << u"http.timeout"_s;
    QTest::newRow("too large") << RawHttpServer::Answer{RawHttpServer::whole(
                                          200, QByteArray(2'000'000, 'x'))}
                               << ErrorKind::TooLarge << u"http.reply-too-large"_s;
    QTest::newRow("endless") << RawHttpServer::Answer{"HTTP/1.1 200 OK\r\n\r\n" +
                                                      QByteArray(2'000'000, 'x')}
                             << ErrorKind::TooLarge << u"http.reply-too-large"_s;
    // Qt has no bound on a head; the deadline is what ends it.
    QTest::newRow("64 MB line") << RawHttpServer::Answer{"HTTP/1.1 200 OK\r\nX: " +
                                                         QByteArray(64 * 1024 * 1024, 'x')}
                                << ErrorKind::Timeout << u"http.timeout"_s;
    QTest::newRow("not http") << RawHttpServer::Answer{"SSH-2.0-hello\r\n"} << ErrorKind::Offline
                              << QString();
    QTest::newRow("negative length")
            << RawHttpServer::Answer{"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"}
            << ErrorKind::Offline << QString();
}

void TestQtHttpTransport::faultsBecomeErrors()
{
    QFETCH(RawHttpServer::Answer, answer);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, code);
    RawHttpServer server([answer](const HttpRequest &) { return answer; });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    HttpRequest request{"POST", "/v1/sync", {}, {}, "{}"};
    request.timeoutMs = kind == ErrorKind::Timeout ? 400 : 10'000;
    request.maxReplyBytes = 1'000'000;
    const auto reply = await(transport->send(request, {}));
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, kind);
    if (!code.isEmpty())
        QCOMPARE(reply.error().code, code);
}

void TestQtHttpTransport::errorStatusIsAReply()
{
    int status = 400;
    RawHttpServer server([&](const HttpRequest &) {
        return RawHttpServer::Answer{RawHttpServer::whole(status, "why", "Retry-After: 3\r\n")};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    for (const int tried : {400, 401, 403, 404, 409, 413, 422, 426, 429, 500, 502, 503, 504}) {
        status = tried;
        const auto reply = await(transport->send({"POST", "/x", {}, {}, "{}"}, {}));
        QVERIFY2(reply.ok(), qPrintable(QString::number(tried)));
        QCOMPARE(reply->status, tried);
        QCOMPARE(reply->body, QByteArray("why"));
        QCOMPARE(reply->header("retry-after"), QByteArray("3"));
    }
}

void TestQtHttpTransport::doesNotInflateByItself()
{
    RawHttpServer server([](const HttpRequest &) {
        return RawHttpServer::Answer{
                RawHttpServer::whole(200, "\x1f\x8b not really", "Content-Encoding: gzip\r\n")};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    const auto reply = await(transport->send({"GET", "/x", {}, {}, {}}, {}));
    QVERIFY(reply.ok());
    QCOMPARE(reply->body, QByteArray("\x1f\x8b not really"));
}

void TestQtHttpTransport::followsNoRedirect()
{
    RawHttpServer other([](const HttpRequest &) {
        return RawHttpServer::Answer{RawHttpServer::whole(200, "secret")};
    });
    for (const int status : {301, 302, 303, 307, 308}) {
        RawHttpServer server([&](const HttpRequest &) {
            return RawHttpServer::Answer{RawHttpServer::whole(
                    status, {}, "Location: " + other.url().toEncoded() + "/x\r\n")};
        });
        auto transport = std::move(QtHttpTransport::create(server.url()).value());
        const auto reply = await(transport->send({"GET", "/x", {}, {}, {}}, {}));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, u"http.redirect"_s);
    }
    QCOMPARE(other.connections, 0);
}

void TestQtHttpTransport::keepsNoCookies()
{
    HttpRequest seen;
    RawHttpServer server([&](const HttpRequest &request) {
        seen = request;
        return RawHttpServer::Answer{RawHttpServer::whole(200, {}, "Set-Cookie: a=b\r\n")};
    });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    for (int i = 0; i < 2; ++i) {
        QVERIFY(await(transport->send({"GET", "/x", {}, {}, {}}, {})).ok());
        for (const auto &header : seen.headers)
            QVERIFY(header.first != "cookie");
    }
}

void TestQtHttpTransport::nobodyListens()
{
    QUrl url;
    {
        RawHttpServer server([](const HttpRequest &) { return RawHttpServer::Answer{}; });
        url = server.url();
    }
    auto transport = std::move(QtHttpTransport::create(url).value());
    const auto reply = await(transport->send({"GET", "/x", {}, {}, {}}, {}));
    QCOMPARE(reply.error().kind, ErrorKind::Offline);
    QCOMPARE(reply.error().code, u"http.unreachable"_s);
}

void TestQtHttpTransport::cancelEndsAtOnce()
{
    RawHttpServer server([](const HttpRequest &) { return RawHttpServer::Answer{{}, true}; });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    HttpCancellation cancellation;
    const auto future = transport->send({"GET", "/x", {}, {}, {}}, cancellation);
    QTRY_COMPARE(server.connections, 1);
    QVERIFY(!future.isFinished());
    cancellation.cancel();
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    const auto late = transport->send({"GET", "/x", {}, {}, {}}, cancellation);
    QVERIFY(late.isFinished());
    QCOMPARE(late.result().error().kind, ErrorKind::Cancelled);
}

void TestQtHttpTransport::destructionEndsEverything()
{
    RawHttpServer server([](const HttpRequest &) { return RawHttpServer::Answer{{}, true}; });
    auto transport = std::move(QtHttpTransport::create(server.url()).value());
    const auto future = transport->send({"GET", "/x", {}, {}, {}}, {});
    QTRY_COMPARE(server.connections, 1);
    transport.reset();
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestQtHttpTransport)
#include "tst_qthttptransport.moc"
