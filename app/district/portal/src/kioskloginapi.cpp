// SPDX-License-Identifier: Apache-2.0
#include "kioskloginapi.h"

#include "base/boundedjson.h"
#include "httpd/httperrors.h"
#include "portalshared.h"
#include "protocol/syncmessages.h"

namespace riderport::district {

using namespace Qt::StringLiterals;
using httpd::errorResponse;
using httpd::HttpReply;
using httpd::HttpRequest;
using httpd::jsonResponse;

namespace {

constexpr qsizetype kMaxBody = 4096;

QJsonObject sessionJson(const KioskSession &session)
{
    return {{u"session"_s, session.id.toString()},
            {u"worker"_s, session.worker().toString()},
            {u"name_masked"_s, session.maskedName},
            {u"auth_level"_s, session.authLevel},
            {u"expires_ms"_s, session.expiresMs}};
}

base::TicketId ticketOf(const HttpRequest &request)
{
    return base::TicketId(QString::fromUtf8(request.parameters.value("id")));
}

} // namespace

KioskLoginApi::KioskLoginApi(PortalShared &shared)
    : m_shared(shared)
{}

void KioskLoginApi::registerRoutes(const AddKioskRoute &add)
{
    const auto route = [&](const char *method, const char *pattern, auto member) {
        add(method, pattern,
            [this, member](const HttpRequest &request, const KioskCaller &kiosk,
                           const HttpReply &reply) { (this->*member)(request, kiosk, reply); });
    };
    route("POST", "/v1/tickets", &KioskLoginApi::createTicket);
    route("DELETE", "/v1/tickets/{id}", &KioskLoginApi::cancelTicket);
    route("POST", "/v1/sessions", &KioskLoginApi::openSession);
    route("DELETE", "/v1/sessions/{id}", &KioskLoginApi::closeSession);
    route("POST", "/v1/handoffs", &KioskLoginApi::createHandoff);
    add("GET", "/v1/tickets/{id}",
        [this](const HttpRequest &request, const KioskCaller &kiosk, const HttpReply &reply) {
            const qint64 asked = request.queryItem("wait_ms").toLongLong();
            readTicket(request, kiosk, reply, qBound(0LL, asked, protocol::kMaxWaitMs));
        });
}

QString KioskLoginApi::publicUrl(const QString &path) const
{
    QUrl url = m_shared.options.publicUrl;
    url.setPath(path);
    return url.toString();
}

void KioskLoginApi::createTicket(const HttpRequest &request, const KioskCaller &kiosk,
                                 const HttpReply &reply)
{
    m_shared.store.createTicket(kiosk).then(
            this, [this, trace = request.traceId, reply](const base::Result<Ticket> &ticket) {
                if (!ticket) {
                    reply.send(errorResponse(ticket.error(), trace));
                    return;
                }
                reply.send(jsonResponse({{u"ticket"_s, ticket->id.toString()},
                                         {u"url"_s, publicUrl(u"/l/"_s + ticket->id.toString())},
                                         {u"match_code"_s, ticket->matchCode},
                                         {u"expires_in_ms"_s, kTicketLifeMs}}));
            });
}

void KioskLoginApi::readTicket(const HttpRequest &request, const KioskCaller &kiosk,
                               const HttpReply &reply, qint64 waitMs)
{
    const auto answer = [=, this](const base::Result<PortalStore::TicketReading> &reading) {
        if (!reading) {
            reply.send(errorResponse(reading.error(), request.traceId));
            return;
        }
        const Ticket &ticket = reading->ticket;
        const QString state = ticketStateName(ticket.state);
        if (waitMs > 0 && !m_shared.stopping &&
            state == QLatin1String(request.queryItem("known")) && !reading->session) {
            const qint64 life = ticket.expiresMs - m_shared.clock.wallMs();
            const bool open = ticket.state == Ticket::State::Created ||
                              ticket.state == Ticket::State::Scanned;
            const qint64 hold = open ? qBound(1LL, life, waitMs) : waitMs;
            const qint64 start = m_shared.clock.monotonicMs();
            m_shared.waiters.wait(ticket.id, hold, [=, this] {
                // One look again: a wake-up without a change answers the state as it is.
                const qint64 rest = waitMs - (m_shared.clock.monotonicMs() - start);
                if (reply.isOpen())
                    readTicket(request, kiosk, reply, rest > 1000 ? rest : 0);
            });
            return;
        }
        QJsonObject body = reading->session ? sessionJson(*reading->session) : QJsonObject();
        body.insert(u"state"_s, state);
        reply.send(jsonResponse(body));
    };
    m_shared.store.readTicket(ticketOf(request), kiosk).then(this, answer);
}

void KioskLoginApi::cancelTicket(const HttpRequest &request, const KioskCaller &kiosk,
                                 const HttpReply &reply)
{
    m_shared.store.cancelTicketByKiosk(ticketOf(request), kiosk)
            .then(this, [this, trace = request.traceId, reply](const base::Result<Ticket> &ticket) {
                if (!ticket) {
                    reply.send(errorResponse(ticket.error(), trace));
                    return;
                }
                m_shared.waiters.notify(ticket->id);
                reply.send(jsonResponse({{u"state"_s, ticketStateName(ticket->state)}}));
            });
}

void KioskLoginApi::openSession(const HttpRequest &request, const KioskCaller &kiosk,
                                const HttpReply &reply)
{
    const auto body = base::parseJsonObject(request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const auto token = protocol::decodeLoginToken(in.string(u"token"_s, 1000));
    if (in.error() || !token) {
        reply.send(errorResponse(in.error() ? *in.error() : token.error(), request.traceId));
        return;
    }
    m_shared.store.openSession(*token, kiosk)
            .then(this,
                  [trace = request.traceId, reply](const base::Result<KioskSession> &session) {
                      reply.send(session ? jsonResponse(sessionJson(*session))
                                         : errorResponse(session.error(), trace));
                  });
}

void KioskLoginApi::closeSession(const HttpRequest &request, const KioskCaller &kiosk,
                                 const HttpReply &reply)
{
    const base::SessionId id(QString::fromUtf8(request.parameters.value("id")));
    const QString reason = QString::fromUtf8(request.queryItem("reason")).left(40);
    m_shared.store.closeSession(id, kiosk, reason.isEmpty() ? u"logout"_s : reason)
            .then(this, [trace = request.traceId, reply](const base::Result<bool> &closed) {
                reply.send(closed ? jsonResponse({{u"was_open"_s, *closed}})
                                  : errorResponse(closed.error(), trace));
            });
}

void KioskLoginApi::createHandoff(const HttpRequest &request, const KioskCaller &kiosk,
                                  const HttpReply &reply)
{
    const auto body = base::parseJsonObject(request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const base::SessionId id(in.string(u"session"_s, 32));
    const base::ServiceId service(in.string(u"service"_s, 8));
    const QString trace = in.string(u"trace_id"_s, 64);
    if (in.error()) {
        reply.send(errorResponse(*in.error(), request.traceId));
        return;
    }
    const auto session = m_shared.sessions.find(id, kiosk.device);
    if (!session) {
        reply.send(errorResponse({base::ErrorKind::Forbidden, u"handoff.session"_s, {}},
                                 request.traceId));
        return;
    }
    const auto answer =
            m_shared.results == nullptr || !m_shared.descriptors.contains(service.toString())
                    ? std::nullopt
                    : m_shared.results->find(id, service, trace);
    if (!answer) {
        reply.send(errorResponse({base::ErrorKind::NotFound, u"handoff.no-result"_s, {}},
                                 request.traceId));
        return;
    }
    const QString handoff = m_shared.shelf.put(session->subject, service.toString(), *answer,
                                               m_shared.clock.wallMs());
    reply.send(jsonResponse(
            {{u"url"_s, publicUrl(u"/h/"_s + handoff)}, {u"expires_in_ms"_s, kHandoffLifeMs}}));
}

} // namespace riderport::district
