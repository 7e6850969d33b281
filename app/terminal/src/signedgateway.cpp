// SPDX-License-Identifier: Apache-2.0
#include "signedgateway.h"

#include "answers.h"
#include "crypto/random.h"
#include "crypto/smcrypto.h"
#include "transport/signedclient.h"

#include <QJsonDocument>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr int kQueryTimeoutMs = 15'000; // what the gateway gives a bureau, retries included
constexpr int kHandoffTimeoutMs = 8'000;

} // namespace

SignedGateway::SignedGateway(transport::SignedClient &client, const base::Clock &clock)
    : m_client(client)
    , m_clock(clock)
{}

void SignedGateway::setCredentials(const QString &appKey, const QByteArray &secret)
{
    m_appKey = appKey.toUtf8();
    m_secret = secret;
}

QFuture<Result<QJsonObject>> SignedGateway::query(const services::GatewayQuery &query,
                                                  const transport::HttpCancellation &cancellation)
{
    if (m_secret.isEmpty()) {
        return answeredNow<Result<QJsonObject>>(
                Error{ErrorKind::Unauthorized, u"gateway.no-credentials"_s, {}});
    }
    QJsonObject body{{u"service"_s, query.service.toString()},
                     {u"op"_s, query.op},
                     {u"params"_s, query.params},
                     {u"idempotency_key"_s, query.idempotencyKey}};
    if (!query.consentGroup.isEmpty()) {
        body.insert(u"consent"_s, QJsonObject{{u"group"_s, query.consentGroup},
                                              {u"version"_s, query.consentVersion}});
    }
    transport::ApiRequest request;
    request.path = "/gw/v1/" + query.service.toString().toLatin1() + '/' + query.op.toLatin1();
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    request.timeoutMs = kQueryTimeoutMs;
    const QByteArray timestamp = QByteArray::number(m_clock.wallMs() + m_client.clockSkewMs());
    const QByteArray nonce = crypto::randomHex(16).toLatin1();
    const QByteArray sign = crypto::gatewaySign(
            m_secret, {request.method, request.path, {}, request.body, timestamp, nonce});
    request.headers = {{"X-App-Key", m_appKey},
                       {"X-Timestamp", timestamp},
                       {"X-Nonce", nonce},
                       {"X-Sign-Type", "HMAC-SM3"},
                       {"X-Sign", sign},
                       {"X-Trace-Id", query.traceId.toLatin1()},
                       {"X-Session", query.session.toString().toLatin1()}};
    return translated<Result<QJsonObject>>(m_client.call(request, cancellation), this, objectOf);
}

QFuture<Result<QString>> SignedGateway::handoff(const base::SessionId &session,
                                                const base::ServiceId &service,
                                                const QString &traceId)
{
    transport::ApiRequest request;
    request.path = "/v1/handoffs";
    request.body = QJsonDocument(QJsonObject{{u"session"_s, session.toString()},
                                             {u"service"_s, service.toString()},
                                             {u"trace_id"_s, traceId}})
                           .toJson(QJsonDocument::Compact);
    request.timeoutMs = kHandoffTimeoutMs;
    return translated<Result<QString>>(m_client.call(request), this,
                                       [](const Result<QByteArray> &reply) -> Result<QString> {
                                           const auto answer = objectOf(reply);
                                           if (!answer)
                                               return answer.error();
                                           base::JsonReader in(*answer);
                                           const QString url = in.string(u"url"_s, 300);
                                           if (in.error())
                                               return *in.error();
                                           return url;
                                       });
}

} // namespace riderport::terminal
