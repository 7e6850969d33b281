// SPDX-License-Identifier: Apache-2.0
#include "transport/signedclient.h"

#include "base/boundedjson.h"
#include "base/clock.h"
#include "base/whendone.h"
#include "protocol/httpsignature.h"
#include "protocol/zstdcodec.h"

namespace riderport::transport {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qsizetype kMaxErrorBody = 64 * 1024;
constexpr qint64 kMaxRetryAfterSeconds = 86'400;
/// Below this the signature window (± 300 s) forgives; correcting would only add noise.
constexpr qint64 kToleratedSkewMs = 60'000;

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Unauthorized;
    case 403:
        return ErrorKind::Forbidden;
    case 404:
        return ErrorKind::NotFound;
    case 409:
        return ErrorKind::Conflict;
    case 413:
        return ErrorKind::TooLarge;
    case 426:
        return ErrorKind::Unsupported;
    case 429:
        return ErrorKind::RateLimited;
    default:
        break;
    }
    return status >= 500 ? ErrorKind::Unavailable : ErrorKind::Invalid;
}

// A proxy in between may answer with a page instead of our JSON; then the status has to do.
void readErrorBody(ApiReply &reply)
{
    reply.error = Error{
            kindOfStatus(reply.status), u"http.status-"_s + QString::number(reply.status), {}};
    const auto clear = decodedBody(reply.body, reply.encoding, kMaxErrorBody);
    const auto object = clear ? base::parseJsonObject(*clear, kMaxErrorBody)
                              : Result<QJsonObject>(clear.error());
    if (!object)
        return;
    base::JsonReader top(*object);
    reply.serverTimeMs = top.optionalInt64(u"server_time"_s, 0, 1LL << 50, 0);
    base::JsonReader in(object->value(u"error"_s).toObject());
    const Error told{base::errorKindFromName(in.string(u"kind"_s, 40)), in.string(u"code"_s, 100),
                     in.optionalString(u"detail"_s, 500)};
    if (!in.error() && !told.code.isEmpty())
        reply.error = told;
}

qint64 retryAfterOf(const HttpReply &reply)
{
    bool ok = false;
    const qint64 seconds = reply.header("retry-after").trimmed().toLongLong(&ok);
    return ok && seconds >= 0 ? qMin(seconds, kMaxRetryAfterSeconds) * 1000 : -1;
}

ApiReply readReply(const Result<HttpReply> &outcome, const ApiRequest &request)
{
    ApiReply reply;
    if (!outcome) {
        reply.error = outcome.error();
        return reply;
    }
    reply.status = outcome->status;
    reply.body = outcome->body;
    reply.encoding = outcome->header("content-encoding").trimmed().toLower();
    reply.retryAfterMs = retryAfterOf(*outcome);
    if (reply.status < 200 || reply.status > 299) {
        readErrorBody(reply);
        reply.body.clear();
        return reply;
    }
    if (!request.decode)
        return reply;
    auto clear = decodedBody(reply.body, reply.encoding, request.maxDecodedBytes);
    if (!clear) {
        reply.error = clear.error();
        reply.body.clear();
        return reply;
    }
    reply.body = std::move(*clear);
    reply.encoding.clear();
    return reply;
}

template<typename T>
QFuture<T> ready(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

Result<QByteArray> decodedBody(const QByteArray &body, const QByteArray &encoding,
                               qsizetype maxBytes)
{
    if (encoding == "zstd")
        return protocol::zstdDecompress(body, maxBytes);
    if (!encoding.isEmpty() && encoding != "identity")
        return Error{ErrorKind::Unsupported, u"http.encoding"_s, {}};
    if (body.size() > maxBytes)
        return Error{ErrorKind::TooLarge, u"http.reply-too-large"_s, {}};
    return body;
}

SignedClient::SignedClient(HttpTransport &transport, const base::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
{}

void SignedClient::setIdentity(const QByteArray &keyId, const crypto::KeyPair &keys)
{
    m_keyId = keyId;
    m_keys = keys;
}

HttpRequest SignedClient::signedRequest(const ApiRequest &request) const
{
    const qint64 correction = qAbs(m_skewMs) > kToleratedSkewMs ? m_skewMs : 0;
    const protocol::SignatureHeaders headers = protocol::signMessage(
            {request.method, m_transport.authority(), request.path, request.query, request.body},
            m_keyId, m_keys.secretKey, (m_clock.wallMs() + correction) / 1000);
    HttpRequest out{request.method, request.path,      request.query,        request.headers,
                    request.body,   request.timeoutMs, request.maxReplyBytes};
    out.headers.append({"Content-Digest", headers.contentDigest});
    out.headers.append({"Signature-Input", headers.signatureInput});
    out.headers.append({"Signature", headers.signature});
    return out;
}

QFuture<ApiReply> SignedClient::exchange(const ApiRequest &request, HttpCancellation cancellation)
{
    if (m_keys.secretKey.size() != crypto::kSecretKeySize) {
        ApiReply reply;
        reply.error = Error{ErrorKind::Unauthorized, u"signature.no-identity"_s, {}};
        return ready(std::move(reply));
    }
    auto promise = std::make_shared<QPromise<ApiReply>>();
    promise->start();
    base::whenDone(m_transport.send(signedRequest(request), cancellation), this,
                   [this, request, promise](const Result<HttpReply> &outcome) {
                       ApiReply reply = readReply(outcome, request);
                       if (reply.serverTimeMs > 0)
                           noteServerTime(reply.serverTimeMs);
                       promise->addResult(std::move(reply));
                       promise->finish();
                   });
    return promise->future();
}

QFuture<Result<QByteArray>> SignedClient::call(const ApiRequest &request,
                                               HttpCancellation cancellation)
{
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    base::whenDone(exchange(request, cancellation), this, [promise](const ApiReply &reply) {
        promise->addResult(reply.error ? Result<QByteArray>(*reply.error)
                                       : Result<QByteArray>(reply.body));
        promise->finish();
    });
    return promise->future();
}

void SignedClient::noteServerTime(qint64 serverTimeMs)
{
    const qint64 skew = serverTimeMs - m_clock.wallMs();
    if (skew == m_skewMs)
        return;
    m_skewMs = skew;
    Q_EMIT clockSkewChanged();
}

} // namespace riderport::transport
