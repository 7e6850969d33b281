// SPDX-License-Identifier: Apache-2.0
#include "httpd/httpserver.h"
#include "portal/portal.h"
#include "portal/smssender.h"
#include "portalfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkReply>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using test::PortalFixture;

namespace {

class FakeSms final : public SmsSender
{
    Q_OBJECT
public:
    void send(const QString &mobile, const QString &text) override { sent.append({mobile, text}); }
    QList<std::pair<QString, QString>> sent;
};

class FakeResults final : public HandoffResults
{
public:
    std::optional<QJsonObject> find(const base::SessionId &session, const base::ServiceId &service,
                                    const QString &traceId) const override
    {
        if (session != known || service.toString() != "S02"_L1 || traceId != "t1"_L1)
            return std::nullopt;
        return QJsonObject{{u"data_as_of"_s, u"2026-11-12T02:10:00+08:00"_s}, {u"demo"_s, true}};
    }
    base::SessionId known;
};

struct Answer
{
    int status = 0;
    QJsonObject body;
    QByteArray cookie;

    [[nodiscard]] QString code() const { return body["error"_L1]["code"_L1].toString(); }
};

/// The portal behind a real HTTP server; kiosk routes let everybody in as kiosk A.
class Site
{
public:
    Site()
        : server(httpd::makeHttpServer())
    {
        const QString resources = qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources"_s;
        auto made = Portal::create(*fixture.portal, *fixture.portal, catalogue, fixture.clock, &sms,
                                   &results, {resources, QUrl(u"https://rp.test"_s), true, 420303});
        if (!made)
            qFatal("portal: %s", qUtf8Printable(made.error().code));
        portal = std::move(*made);
        portal->registerRoutes(routes, [this](const QByteArray &method, const QByteArray &pattern,
                                              const KioskHandler &handler) {
            routes.add(method, pattern,
                       [this, handler](const httpd::HttpRequest &request,
                                       const httpd::HttpReply &reply) {
                           handler(request, fixture.kioskA, reply);
                       });
        });
        if (!server->listen({}, routes.handler()))
            qFatal("listen");
        network.setCookieJar(new NoCookies(&network));
    }
    ~Site() { server->stop(); }

    QNetworkReply *start(const QByteArray &method, const QString &path,
                         const QJsonObject &body = {}, const QByteArray &cookie = {})
    {
        QNetworkRequest request(QUrl(u"http://127.0.0.1:%1%2"_s.arg(server->port()).arg(path)));
        request.setRawHeader("X-Riderport", "1");
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        if (!cookie.isEmpty())
            request.setRawHeader("Cookie", "rp_phone=" + cookie);
        const QByteArray bytes =
                method == "GET" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
        return network.sendCustomRequest(request, method, bytes);
    }

    static Answer finish(QNetworkReply *reply)
    {
        const bool done = QTest::qWaitFor([reply] { return reply->isFinished(); }, 20'000);
        Answer answer;
        if (done) {
            answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
            answer.body = QJsonDocument::fromJson(reply->readAll()).object();
            answer.cookie = reply->rawHeader("Set-Cookie");
        }
        reply->deleteLater();
        return answer;
    }

    Answer call(const QByteArray &method, const QString &path, const QJsonObject &body = {},
                const QByteArray &cookie = {})
    {
        return finish(start(method, path, body, cookie));
    }

    /// Signs a worker's phone in and returns its cookie.
    QByteArray signIn(quint64 subject)
    {
        const QString mobile = PortalFixture::mobile(subject);
        const auto asked = call("POST", u"/p/v1/sms"_s, {{u"mobile"_s, mobile}});
        if (asked.status != 200 || sms.sent.isEmpty())
            qFatal("sms: %d %s", asked.status, qUtf8Printable(asked.code()));
        static const QRegularExpression digits(u"[0-9]{6}"_s);
        const QString code = digits.match(sms.sent.constLast().second).captured();
        const auto login =
                call("POST", u"/p/v1/login"_s, {{u"mobile"_s, mobile}, {u"code"_s, code}});
        const QByteArray start = login.cookie.left(login.cookie.indexOf(';'));
        return start.mid(start.indexOf('=') + 1);
    }

    QByteArray signInAndAgree(quint64 subject)
    {
        const QByteArray cookie = signIn(subject);
        const auto agreed = call(
                "POST", u"/p/v1/consents"_s,
                {{u"group"_s, u"login_profile"_s}, {u"version"_s, 1}, {u"given"_s, true}}, cookie);
        if (agreed.status != 200)
            qFatal("consent: %s", qUtf8Printable(agreed.code()));
        return cookie;
    }

    /// A session opened by a ticket, end to end.
    QString openSession(const QByteArray &cookie)
    {
        const auto ticket = call("POST", u"/v1/tickets"_s);
        const QString id = ticket.body["ticket"_L1].toString();
        call("POST", u"/p/v1/tickets/%1/confirm"_s.arg(id),
             {{u"match_code"_s, ticket.body["match_code"_L1]}}, cookie);
        return call("GET", u"/v1/tickets/"_s + id).body["session"_L1].toString();
    }

    class NoCookies final : public QNetworkCookieJar
    {
    public:
        using QNetworkCookieJar::QNetworkCookieJar;
        QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    };

    PortalFixture fixture;
    ConsentCatalogue catalogue = PortalFixture::catalogue();
    FakeSms sms;
    FakeResults results;
    httpd::HttpRoutes routes;
    QNetworkAccessManager network;
    std::unique_ptr<Portal> portal;
    std::unique_ptr<httpd::HttpServer> server;
};

} // namespace

class TestPortalApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cookieIsForThisSiteAndSecureBehindTls()
    {
        Site site;
        const QString mobile = PortalFixture::mobile(2);
        QCOMPARE(site.call("POST", u"/p/v1/sms"_s, {{u"mobile"_s, mobile}}).status, 200);
        const QString text = site.sms.sent.constFirst().second;
        static const QRegularExpression digits(u"[0-9]{6}"_s);
        const auto login =
                site.call("POST", u"/p/v1/login"_s,
                          {{u"mobile"_s, mobile}, {u"code"_s, digits.match(text).captured()}});
        QCOMPARE(login.status, 200);
        for (const char *part : {"HttpOnly", "SameSite=Strict", "Secure", "Max-Age=2592000"})
            QVERIFY2(login.cookie.contains(part), part);
        QVERIFY(!login.body.contains("code"_L1));
    }

    void longPollEndsWhenThePhoneActs()
    {
        Site site;
        const QByteArray cookie = site.signInAndAgree(3);
        const auto ticket = site.call("POST", u"/v1/tickets"_s);
        const QString id = ticket.body["ticket"_L1].toString();
        QCOMPARE(ticket.body["url"_L1].toString(), u"https://rp.test/l/"_s + id);
        auto *held = site.start("GET", u"/v1/tickets/%1?known=created&wait_ms=25000"_s.arg(id));
        const auto shown = site.call("GET", u"/p/v1/tickets/"_s + id, {}, cookie);
        QCOMPARE(shown.body["choices"_L1].toArray().size(), 3);
        QVERIFY(!shown.body.contains("match_code"_L1));
        QCOMPARE(Site::finish(held).body["state"_L1].toString(), u"scanned"_s);
        held = site.start("GET", u"/v1/tickets/%1?known=scanned&wait_ms=25000"_s.arg(id));
        QCOMPARE(site.call("POST", u"/p/v1/tickets/%1/confirm"_s.arg(id),
                           {{u"match_code"_s, ticket.body["match_code"_L1]}}, cookie)
                         .status,
                 200);
        const auto confirmed = Site::finish(held);
        QCOMPARE(confirmed.body["state"_L1].toString(), u"confirmed"_s);
        QCOMPARE(confirmed.body["worker"_L1].toString(), u"W3"_s);
        // Without sign-in nobody learns the numbers.
        const auto other = site.call("POST", u"/v1/tickets"_s).body["ticket"_L1].toString();
        const auto stranger = site.call("GET", u"/p/v1/tickets/"_s + other);
        QCOMPARE(stranger.status, 200);
        QVERIFY(!stranger.body.contains("choices"_L1));
    }

    void longPollIsReleasedForShutdown()
    {
        Site site;
        const auto id = site.call("POST", u"/v1/tickets"_s).body["ticket"_L1].toString();
        auto *held = site.start("GET", u"/v1/tickets/%1?known=created&wait_ms=25000"_s.arg(id));
        QTRY_COMPARE(site.server->openExchanges(), 1);
        site.portal->releaseWaiting(); // whether it already waits or is still being read
        QTRY_VERIFY(held->isFinished());
        QCOMPARE(Site::finish(held).body["state"_L1].toString(), u"created"_s);
    }

    void ticketsRunOut()
    {
        Site site;
        const QByteArray cookie = site.signInAndAgree(3);
        const auto id = site.call("POST", u"/v1/tickets"_s).body["ticket"_L1].toString();
        site.fixture.clock.advance(kTicketLifeMs);
        QCOMPARE(site.call("GET", u"/p/v1/tickets/"_s + id, {}, cookie).code(),
                 u"ticket.expired"_s);
        QCOMPARE(site.call("GET", u"/v1/tickets/"_s + id).body["state"_L1].toString(),
                 u"expired"_s);
    }

    void resultsGoToTheSameWorkerForTenMinutes()
    {
        Site site;
        const QByteArray mine = site.signInAndAgree(3);
        const QByteArray other = site.signInAndAgree(4);
        const QString session = site.openSession(mine);
        QVERIFY(!session.isEmpty());
        const QJsonObject wish{
                {u"session"_s, session}, {u"service"_s, u"S02"_s}, {u"trace_id"_s, u"t1"_s}};
        QCOMPARE(site.call("POST", u"/v1/handoffs"_s, wish).code(), u"handoff.no-result"_s);
        site.results.known = base::SessionId(session);
        const auto sent = site.call("POST", u"/v1/handoffs"_s, wish);
        const QString url = sent.body["url"_L1].toString();
        QVERIFY(url.startsWith(u"https://rp.test/h/"_s));
        const QString path = u"/p/v1/handoffs/"_s + url.section(u'/', -1);
        const auto seen = site.call("GET", path, {}, mine);
        QCOMPARE(seen.status, 200);
        QCOMPARE(seen.body["descriptor"_L1]["id"_L1].toString(), u"S02"_s);
        QVERIFY(!seen.body["descriptor"_L1].toObject().contains("upstream"_L1));
        QVERIFY(seen.body["result"_L1]["demo"_L1].toBool());
        QCOMPARE(site.call("GET", path, {}, other).code(), u"handoff.gone"_s);
        QCOMPARE(site.call("GET", path).code(), u"phone.signed-out"_s);
        // The result outlives the kiosk session, which is the point, but not ten minutes.
        site.call("DELETE", u"/v1/sessions/"_s + session);
        QCOMPARE(site.call("GET", path, {}, mine).status, 200);
        QCOMPARE(site.call("POST", u"/v1/handoffs"_s, wish).code(), u"handoff.session"_s);
        site.fixture.clock.advance(10 * 60'000);
        QCOMPARE(site.call("GET", path, {}, mine).code(), u"handoff.gone"_s);
    }

    void slowsDownOneAddress()
    {
        Site site;
        QString code;
        for (int i = 0; i < 31 && code.isEmpty(); ++i)
            code = site.call("POST", u"/p/v1/sms"_s,
                             {{u"mobile"_s, u"154%1"_s.arg(50'000'000 + i)}})
                           .code();
        QCOMPARE(code, u"rate.limited"_s);
        QVERIFY(site.sms.sent.isEmpty());
        site.fixture.clock.advance(60'000);
        QCOMPARE(
                site.call("POST", u"/p/v1/sms"_s, {{u"mobile"_s, PortalFixture::mobile(1)}}).status,
                200);
    }

    void refusesBrokenBodies()
    {
        Site site;
        const QByteArray cookie = site.signInAndAgree(3);
        QCOMPARE(site.call("POST", u"/p/v1/keys"_s, {{u"public_key"_s, u"!!"_s}}, cookie).code(),
                 u"key.invalid"_s);
        QCOMPARE(site.call("POST", u"/p/v1/login"_s, {{u"mobile"_s, 5}}).status, 400);
        QCOMPARE(site.call("POST", u"/p/v1/consents"_s, {}, cookie).status, 400);
        QCOMPARE(site.call("POST", u"/v1/sessions"_s, {{u"token"_s, u"K1:"_s}}).status, 400);
        QCOMPARE(site.call("GET", u"/p/v1/me"_s, {}, "forged").body["signed_in"_L1].toBool(),
                 false);
    }
};

QTEST_GUILESS_MAIN(TestPortalApi)
#include "tst_portalapi.moc"
