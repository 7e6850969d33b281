// SPDX-License-Identifier: Apache-2.0
#include "signeddistrictlogin.h"

#include "answers.h"
#include "transport/signedclient.h"

#include <QJsonDocument>

#include <algorithm>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using identity::Ticket;
using identity::TicketStatus;

namespace {

constexpr int kTicketTimeoutMs = 5'000;
constexpr int kSessionTimeoutMs = 8'000;
constexpr int kHoldMarginMs = 8'000; // network and queueing on top of the agreed hold

bool isId(const QString &text)
{
    return text.size() == 32 && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

Result<Ticket> readTicket(const Result<QByteArray> &reply)
{
    const auto body = objectOf(reply);
    if (!body)
        return body.error();
    base::JsonReader in(*body);
    Ticket ticket;
    ticket.id = base::TicketId(in.string(u"ticket"_s, 32));
    ticket.url = in.string(u"url"_s, 300);
    ticket.matchCode = in.string(u"match_code"_s, 2);
    ticket.expiresInMs = in.int64(u"expires_in_ms"_s, 1, 3'600'000);
    if (in.error())
        return *in.error();
    if (!isId(ticket.id.toString()))
        return Error{ErrorKind::Invalid, u"ticket.reply"_s, u"ticket"_s};
    return ticket;
}

Result<TicketStatus> readStatus(const Result<QByteArray> &reply)
{
    const auto body = objectOf(reply);
    if (!body)
        return body.error();
    const auto state = identity::ticketStateFromName(body->value("state"_L1).toString());
    if (!state)
        return Error{ErrorKind::Unsupported, u"ticket.reply"_s, u"state"_s};
    TicketStatus status;
    status.state = *state;
    if (*state == TicketStatus::State::Confirmed) {
        const auto worker = workerFromJson(*body);
        if (!worker)
            return worker.error();
        status.worker = *worker;
    }
    return status;
}

} // namespace

Result<domain::WorkerIdentity> workerFromJson(const QJsonObject &body)
{
    base::JsonReader in(body);
    domain::WorkerIdentity worker;
    worker.session = base::SessionId(in.string(u"session"_s, 64));
    worker.id = base::WorkerId(in.string(u"worker"_s, 24));
    worker.maskedName = in.optionalString(u"name_masked"_s, 100);
    worker.authLevel = int(in.optionalInt64(u"auth_level"_s, 1, 3, 1));
    if (in.error())
        return *in.error();
    return worker;
}

SignedDistrictLogin::SignedDistrictLogin(transport::SignedClient &client)
    : m_client(client)
{}

QFuture<Result<Ticket>> SignedDistrictLogin::createTicket()
{
    transport::ApiRequest request;
    request.path = "/v1/tickets";
    request.body = "{}";
    request.timeoutMs = kTicketTimeoutMs;
    return translated<Result<Ticket>>(m_client.call(request), this, readTicket);
}

QFuture<Result<TicketStatus>> SignedDistrictLogin::ticketStatus(const base::TicketId &id,
                                                                TicketStatus::State known,
                                                                qint64 waitMs)
{
    transport::ApiRequest request;
    request.method = "GET";
    request.path = "/v1/tickets/" + id.toString().toLatin1();
    request.query = "wait_ms=" + QByteArray::number(waitMs) +
                    "&known=" + identity::ticketStateName(known).toLatin1();
    request.timeoutMs = int(waitMs) + kHoldMarginMs;
    return translated<Result<TicketStatus>>(m_client.call(request), this, readStatus);
}

void SignedDistrictLogin::cancelTicket(const base::TicketId &id)
{
    transport::ApiRequest request;
    request.method = "DELETE";
    request.path = "/v1/tickets/" + id.toString().toLatin1();
    request.timeoutMs = kTicketTimeoutMs;
    // Best effort: the ticket dies by itself within two minutes.
    [[maybe_unused]] const auto answer = m_client.call(request);
}

QFuture<Result<domain::WorkerIdentity>> SignedDistrictLogin::openSession(const QString &code)
{
    transport::ApiRequest request;
    request.path = "/v1/sessions";
    request.body = QJsonDocument(QJsonObject{{u"token"_s, code}}).toJson(QJsonDocument::Compact);
    request.timeoutMs = kSessionTimeoutMs;
    return translated<Result<domain::WorkerIdentity>>(
            m_client.call(request), this,
            [](const Result<QByteArray> &reply) -> Result<domain::WorkerIdentity> {
                const auto body = objectOf(reply);
                if (!body)
                    return body.error();
                return workerFromJson(*body);
            });
}

} // namespace riderport::terminal
