// SPDX-License-Identifier: Apache-2.0
#include "gateway/gatewaycontract.h"

#include "base/boundedjson.h"
#include "crypto/digest.h"
#include "crypto/smcrypto.h"

#include <QRegularExpression>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qint64 kSkewMs = 300'000;
constexpr size_t kMaxNonces = 200'000;
constexpr qsizetype kMaxBody = 64 * 1024;
constexpr qsizetype kMaxParams = 40;

bool matches(const QByteArray &text, const char *pattern)
{
    return QRegularExpression(QLatin1String(pattern)).match(QString::fromLatin1(text)).hasMatch();
}

Error signError(const QString &detail)
{
    return Error{ErrorKind::Unauthorized, u"gateway.sign"_s, detail};
}

std::optional<Error> checkSign(const httpd::HttpRequest &request, const GatewayDevice &device,
                               const QByteArray &secret, qint64 wallMs)
{
    const QByteArray appKey = request.header("x-app-key");
    const QByteArray timestamp = request.header("x-timestamp");
    const QByteArray nonce = request.header("x-nonce");
    const QByteArray sign = request.header("x-sign");
    if (request.header("x-sign-type") != "HMAC-SM3")
        return signError(u"sign type"_s);
    if (!matches(timestamp, "\\A[0-9]{10,16}\\z") || !matches(nonce, "\\A[0-9a-f]{32}\\z") ||
        !matches(sign, "\\A[0-9a-f]{64}\\z"))
        return signError(u"malformed header"_s);
    if (secret.isEmpty() || !crypto::constantTimeEqual(appKey, device.appKey.toLatin1()))
        return signError(u"app key"_s);
    const QByteArray expected = crypto::gatewaySign(secret, {request.method, request.path,
                                                             crypto::sortedQuery(request.query),
                                                             request.body, timestamp, nonce});
    if (!crypto::constantTimeEqual(sign, expected))
        return signError(u"signature"_s);
    if (std::abs(timestamp.toLongLong() - wallMs) > kSkewMs)
        return Error{ErrorKind::ClockSkew, u"gateway.clock"_s, {}};
    return {};
}

base::Result<GatewayCall> readBody(const httpd::HttpRequest &request)
{
    const auto object = base::parseJsonObject(request.body, kMaxBody, 8);
    if (!object)
        return Error{ErrorKind::Invalid, u"gateway.body"_s, object.error().code};
    base::JsonReader in(*object);
    GatewayCall call;
    call.service = in.string(u"service"_s, 8);
    call.operation = in.string(u"op"_s, 40);
    const QJsonObject params = in.object(u"params"_s);
    base::JsonReader consent(in.object(u"consent"_s));
    call.consentGroup = consent.string(u"group"_s, 40);
    call.consentVersion = int(consent.int64(u"version"_s, 1, 1'000'000));
    const QString key = in.optionalString(u"idempotency_key"_s, 64);
    if (in.error() || consent.error())
        return Error{ErrorKind::Invalid, u"gateway.body"_s,
                     (in.error() ? in.error() : consent.error())->detail};
    if (params.size() > kMaxParams)
        return Error{ErrorKind::Invalid, u"gateway.body"_s, u"too many params"_s};
    for (auto it = params.begin(); it != params.end(); ++it) {
        if (!it.value().isString() || it.value().toString().size() > 2000 || it.key().size() > 40)
            return Error{ErrorKind::Invalid, u"gateway.body"_s, u"params"_s};
        call.params.insert(it.key(), it.value().toString());
    }
    // The signed path and the body must name the same thing, or one of them was built by mistake.
    if (request.parameters.value("service") != call.service.toUtf8() ||
        request.parameters.value("op") != call.operation.toUtf8())
        return Error{ErrorKind::Invalid, u"gateway.body"_s, u"service and op differ from path"_s};
    return call;
}

} // namespace

bool GatewayNonces::take(const base::DeviceId &device, const QByteArray &nonce)
{
    const qint64 now = m_clock->monotonicMs();
    while (!m_order.empty() &&
           (now - m_order.front().first >= kKeepMs || m_order.size() > kMaxNonces)) {
        m_seen.remove(m_order.front().second);
        m_order.pop_front();
    }
    const QByteArray key = device.toString().toUtf8() + '|' + nonce;
    if (m_seen.contains(key))
        return false;
    m_seen.insert(key, now);
    m_order.emplace_back(now, key);
    return true;
}

base::Result<GatewayCall> checkGatewayRequest(const httpd::HttpRequest &request,
                                              const GatewayDevice &device, const QByteArray &secret,
                                              qint64 wallMs, GatewayNonces &nonces)
{
    if (const auto error = checkSign(request, device, secret, wallMs))
        return *error;
    if (!nonces.take(device.id, request.header("x-nonce")))
        return Error{ErrorKind::Replay, u"gateway.replayed"_s, {}};
    const QByteArray session = request.header("x-session");
    if (!matches(session, "\\A[0-9a-f]{32}\\z"))
        return Error{ErrorKind::Unauthorized, u"gateway.session"_s, u"malformed"_s};
    auto call = readBody(request);
    if (call) {
        call->session = base::SessionId(QString::fromLatin1(session));
        call->trace = QString::fromLatin1(request.traceId);
    }
    return call;
}

} // namespace riderport::district
