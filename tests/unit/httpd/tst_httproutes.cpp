// SPDX-License-Identifier: Apache-2.0
#include "httpd/httproutes.h"

#include <QTest>

using namespace riderport::httpd;
using namespace Qt::StringLiterals;

class TestHttpRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void picksByMethodAndPattern_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("literal") << "GET"_ba
                                 << "/v1/tickets/new"_ba
                                 << "literal"_ba;
        QTest::newRow("capture") << "GET"_ba
                                 << "/v1/tickets/ab%20c"_ba
                                 << "one:ab c"_ba;
        QTest::newRow("other method") << "DELETE"_ba
                                      << "/v1/tickets/x"_ba
                                      << "del:x"_ba;
        QTest::newRow("head by get") << "HEAD"_ba
                                     << "/v1/tickets/x"_ba
                                     << "one:x"_ba;
        QTest::newRow("rest") << "GET"_ba
                              << "/web/a/b.js"_ba
                              << "rest:a/b.js"_ba;
        QTest::newRow("empty rest") << "GET"_ba
                                    << "/web/"_ba
                                    << ""_ba;
        QTest::newRow("empty segment") << "GET"_ba
                                       << "/v1/tickets/"_ba
                                       << ""_ba;
        QTest::newRow("longer") << "GET"_ba
                                << "/v1/tickets/x/y"_ba
                                << ""_ba;
        QTest::newRow("wrong method") << "PUT"_ba
                                      << "/v1/tickets/x"_ba
                                      << ""_ba;
    }

    void picksByMethodAndPattern()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, expected);
        QByteArray got;
        HttpRoutes routes;
        routes.add("GET", "/v1/tickets/{id}", [&](const HttpRequest &request, const HttpReply &) {
            got = "one:" + request.parameters.value("id");
        });
        routes.add("DELETE", "/v1/tickets/{id}",
                   [&](const HttpRequest &request, const HttpReply &) {
                       got = "del:" + request.parameters.value("id");
                   });
        routes.add("GET", "/v1/tickets/new",
                   [&](const HttpRequest &, const HttpReply &) { got = "literal"; });
        routes.add("GET", "/web/{file*}", [&](const HttpRequest &request, const HttpReply &) {
            got = "rest:" + request.parameters.value("file");
        });
        HttpRequest request;
        request.method = method;
        request.path = path;
        routes.dispatch(request, HttpReply());
        QCOMPARE(got, expected);
    }

    void readsQueryAndCookies()
    {
        HttpRequest request;
        request.query = "head=7&after=station%2CST01&flag";
        request.headers = {{"cookie", "a=1; rp_phone=x=y; b=2"}};
        QCOMPARE(request.queryItem("head"), "7"_ba);
        QCOMPARE(request.queryItem("after"), "station,ST01"_ba);
        QCOMPARE(request.queryItem("flag"), QByteArray());
        QCOMPARE(request.queryItem("none"), QByteArray());
        QCOMPARE(request.cookie("rp_phone"), "x=y"_ba);
        QCOMPARE(request.cookie("phone"), QByteArray());
    }
};

QTEST_APPLESS_MAIN(TestHttpRoutes)
#include "tst_httproutes.moc"
