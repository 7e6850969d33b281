// SPDX-License-Identifier: Apache-2.0
#include "phoneapi.h"

#include "base/boundedjson.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "httpd/httperrors.h"
#include "portal/smssender.h"
#include "portalshared.h"

#include <QJsonArray>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using httpd::HttpReply;
using httpd::HttpRequest;

namespace {

constexpr qsizetype kMaxBody = 4096;
constexpr qint64 kMinuteMs = 60'000;
constexpr char kCookie[] = "rp_phone";

/// Behind a proxy on the same machine every peer is the proxy; a phone cannot pose as one.
QString addressOf(const HttpRequest &request)
{
    const QByteArray forwarded = request.header("x-forwarded-for");
    if (request.peer.isLoopback() && !forwarded.isEmpty())
        return QString::fromLatin1(forwarded.mid(forwarded.lastIndexOf(',') + 1).trimmed());
    return request.peer.toString();
}

int seconds(qint64 ms)
{
    return int((ms + 999) / 1000);
}

QString smsText(const QString &code, bool english)
{
    return english ? u"[Riderport] Your code is %1, good for 5 minutes. The staff never ask for it."_s
                             .arg(code)
                   : u"【骑士港】验证码 %1，5 分钟内有效。工作人员不会向您索要，请勿告诉他人。"_s
                             .arg(code);
}

} // namespace

PhoneApi::PhoneApi(PortalShared &shared)
    : m_shared(shared)
    , m_anyCall(600, kMinuteMs)
    , m_smsCalls(30, kMinuteMs)
    , m_loginCalls(60, kMinuteMs)
{}

void PhoneApi::registerRoutes(httpd::HttpRoutes &routes)
{
    post(routes, "/p/v1/sms", &PhoneApi::sms, false);
    post(routes, "/p/v1/login", &PhoneApi::login, false);
    post(routes, "/p/v1/logout", &PhoneApi::logout, false);
    get(routes, "/p/v1/me", &PhoneApi::me, false);
    post(routes, "/p/v1/keys", &PhoneApi::registerKey);
    post(routes, "/p/v1/keys/{kid}/revoke", &PhoneApi::revokeKey);
    get(routes, "/p/v1/stations", &PhoneApi::stations, false);
    get(routes, "/p/v1/tickets/{id}", &PhoneApi::ticket, false);
    post(routes, "/p/v1/tickets/{id}/confirm", &PhoneApi::confirm);
    post(routes, "/p/v1/tickets/{id}/cancel", &PhoneApi::cancel);
    get(routes, "/p/v1/consents", &PhoneApi::consents);
    post(routes, "/p/v1/consents", &PhoneApi::decide);
    get(routes, "/p/v1/handoffs/{id}", &PhoneApi::handoff);
    get(routes, "/p/v1/data", &PhoneApi::data);
    post(routes, "/p/v1/deletion", &PhoneApi::deletion);
}

void PhoneApi::post(httpd::HttpRoutes &routes, const char *path, Step step, bool signedIn)
{
    routes.add("POST", path, [=, this](const HttpRequest &request, const HttpReply &reply) {
        const QByteArray site = request.header("sec-fetch-site");
        const bool foreign = !site.isEmpty() && site != "same-origin" && site != "none";
        if (request.header("x-riderport") != "1" || foreign) {
            fail({request, reply, {}, 0}, {ErrorKind::Forbidden, u"request.header"_s, {}});
            return;
        }
        enter(request, reply, step, signedIn);
    });
}

void PhoneApi::get(httpd::HttpRoutes &routes, const char *path, Step step, bool signedIn)
{
    routes.add("GET", path, [=, this](const HttpRequest &request, const HttpReply &reply) {
        enter(request, reply, step, signedIn);
    });
}

void PhoneApi::enter(const HttpRequest &request, const HttpReply &reply, Step step, bool signedIn)
{
    Call call{request, reply, {}, 0};
    if (!allowed(call, m_anyCall))
        return;
    const QByteArray token = request.cookie(kCookie);
    if (token.isEmpty()) {
        if (signedIn)
            fail(call, {ErrorKind::Unauthorized, u"phone.signed-out"_s, {}});
        else
            (this->*step)(call);
        return;
    }
    call.tokenHash = crypto::sha256(token);
    m_shared.store.phoneSession(call.tokenHash)
            .then(this, [=, this](const base::Result<std::optional<quint64>> &subject) mutable {
                if (!subject)
                    return fail(call, subject.error());
                call.subject = subject->value_or(0);
                if (call.subject == 0 && signedIn)
                    return fail(call, {ErrorKind::Unauthorized, u"phone.signed-out"_s, {}});
                (this->*step)(call);
            });
}

bool PhoneApi::allowed(const Call &call, RateLimiter &limiter)
{
    const qint64 wait = limiter.take(addressOf(call.request), m_shared.clock.monotonicMs());
    if (wait > 0)
        fail(call, {ErrorKind::RateLimited, u"rate.limited"_s, {}},
             {{u"retry_after_s"_s, seconds(wait)}});
    return wait == 0;
}

void PhoneApi::send(const Call &call, QJsonObject body, httpd::HttpHeaders headers) const
{
    body.insert(u"server_time"_s, m_shared.clock.wallMs());
    httpd::HttpResponse response = httpd::jsonResponse(body);
    response.headers = std::move(headers);
    call.reply.send(response);
}

void PhoneApi::fail(const Call &call, const Error &error, QJsonObject extra) const
{
    extra.insert(u"server_time"_s, m_shared.clock.wallMs());
    call.reply.send(httpd::errorResponse(error, call.request.traceId, 0, extra));
}

QByteArray PhoneApi::cookie(const QByteArray &value, qint64 maxAgeS) const
{
    QByteArray text = QByteArray(kCookie) + '=' + value +
                      "; Path=/; Max-Age=" + QByteArray::number(maxAgeS) +
                      "; HttpOnly; SameSite=Strict";
    if (m_shared.options.publicUrl.scheme() == "https"_L1)
        text += "; Secure";
    return text;
}

void PhoneApi::sms(const Call &call)
{
    if (!allowed(call, m_smsCalls))
        return;
    const auto body = base::parseJsonObject(call.request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const QString mobile = normalisedMobile(in.string(u"mobile"_s, 30));
    const bool english = in.optionalString(u"lang"_s, 8) == "en"_L1;
    if (mobile.isEmpty())
        return fail(call, {ErrorKind::Invalid, u"mobile.invalid"_s, {}});
    if (m_shared.sms == nullptr)
        return fail(call, {ErrorKind::Unavailable, u"sms.unavailable"_s, {}});
    const QString code = randomSmsCode();
    m_shared.store.requestSms(mobile, code)
            .then(this, [=, this](const base::Result<SmsGrant> &grant) {
                if (!grant)
                    return fail(call, grant.error());
                const int retry = seconds(grant->verdict.retryAfterMs);
                if (grant->verdict.kind != SmsVerdict::Kind::Send)
                    return fail(call,
                                {ErrorKind::RateLimited,
                                 grant->verdict.kind == SmsVerdict::Kind::TooSoon
                                         ? u"sms.too-soon"_s
                                         : u"sms.too-many"_s,
                                 {}},
                                {{u"retry_after_s"_s, retry}});
                if (grant->deliver)
                    m_shared.sms->send(mobile, smsText(code, english));
                send(call, {{u"sent"_s, true},
                            {u"valid_s"_s, seconds(kSmsCodeLifeMs)},
                            {u"retry_after_s"_s, retry}});
            });
}

void PhoneApi::login(const Call &call)
{
    if (!allowed(call, m_loginCalls))
        return;
    const auto body = base::parseJsonObject(call.request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const QString mobile = normalisedMobile(in.string(u"mobile"_s, 30));
    const QString code = in.string(u"code"_s, 6);
    if (mobile.isEmpty() || in.error())
        return fail(call, {ErrorKind::Invalid, u"code.format"_s, {}});
    const QByteArray token = crypto::randomBytes(32).toBase64(QByteArray::Base64UrlEncoding |
                                                              QByteArray::OmitTrailingEquals);
    m_shared.store.loginBySms(mobile, code, crypto::sha256(token))
            .then(this, [=, this](const base::Result<SmsLogin> &login) {
                if (!login)
                    return fail(call, login.error());
                switch (login->check.kind) {
                case SmsCheck::Kind::Right:
                    return send(call, {{u"signed_in"_s, true}},
                                {{"Set-Cookie", cookie(token, kPhoneSessionLifeMs / 1000)}});
                case SmsCheck::Kind::Wrong:
                    return fail(call, {ErrorKind::Forbidden, u"code.wrong"_s, {}},
                                {{u"tries_left"_s, login->check.triesLeft}});
                case SmsCheck::Kind::Expired:
                    return fail(call, {ErrorKind::Forbidden, u"code.expired"_s, {}});
                case SmsCheck::Kind::UsedUp:
                    return fail(call, {ErrorKind::RateLimited, u"code.used-up"_s, {}});
                }
            });
}

void PhoneApi::logout(const Call &call)
{
    m_shared.store.endPhoneSession(call.tokenHash)
            .then(this, [=, this](const base::Result<bool> &ended) {
                if (!ended)
                    return fail(call, ended.error());
                send(call, {{u"signed_in"_s, false}}, {{"Set-Cookie", cookie({}, 0)}});
            });
}

void PhoneApi::ticket(const Call &call)
{
    const base::TicketId id(QString::fromUtf8(call.request.parameters.value("id")));
    m_shared.store.scanTicket(id, call.subject)
            .then(this, [=, this](const base::Result<Ticket> &ticket) {
                if (!ticket)
                    return fail(call, ticket.error());
                m_shared.waiters.notify(ticket->id);
                m_shared.store.stations().then(
                        this, [=, this](const base::Result<QList<StationEntry>> &stations) {
                            sendTicket(call, *ticket, stations ? *stations : QList<StationEntry>());
                        });
            });
}

void PhoneApi::sendTicket(const Call &call, const Ticket &ticket,
                          const QList<StationEntry> &stations)
{
    domain::LocalText name{ticket.station.toString(), ticket.station.toString()};
    for (const StationEntry &station : stations)
        if (station.id == ticket.station)
            name = station.name;
    QJsonObject body{{u"state"_s, ticketStateName(ticket.state)},
                     {u"station"_s, ticket.station.toString()},
                     {u"station_name"_s, QJsonObject{{u"zh"_s, name.zh}, {u"en"_s, name.en}}},
                     {u"expires_in_ms"_s, ticket.expiresMs - m_shared.clock.wallMs()}};
    if (call.subject != 0) // without sign-in nobody needs the numbers
        body.insert(u"choices"_s, QJsonArray::fromStringList(ticket.choices));
    send(call, body);
}

void PhoneApi::confirm(const Call &call)
{
    const auto body = base::parseJsonObject(call.request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const QString matchCode = in.string(u"match_code"_s, 2);
    if (in.error())
        return fail(call, *in.error());
    const base::TicketId id(QString::fromUtf8(call.request.parameters.value("id")));
    m_shared.store.confirmTicket(id, call.subject, matchCode)
            .then(this, [=, this](const base::Result<Ticket> &ticket) {
                m_shared.waiters.notify(id); // a wrong number is news for the kiosk, too
                if (!ticket)
                    return fail(call, ticket.error());
                send(call, {{u"state"_s, u"confirmed"_s}});
            });
}

void PhoneApi::cancel(const Call &call)
{
    const base::TicketId id(QString::fromUtf8(call.request.parameters.value("id")));
    m_shared.store.cancelTicketByPhone(id, call.subject)
            .then(this, [=, this](const base::Result<Ticket> &ticket) {
                m_shared.waiters.notify(id);
                if (!ticket)
                    return fail(call, ticket.error());
                send(call, {{u"state"_s, ticketStateName(ticket->state)}});
            });
}

} // namespace riderport::district
