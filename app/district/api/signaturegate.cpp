// SPDX-License-Identifier: Apache-2.0
#include "district/signaturegate.h"

#include "district/deviceregistry.h"
#include "district/noncejournal.h"
#include "httpd/httperrors.h"
#include "protocol/httpsignature.h"

#include <QLoggingCategory>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcGate, "riderport.district.gate")

namespace {

constexpr qint64 kWindowSeconds = 300;
const QByteArray kEnrolKeyId = "enrol";

protocol::SignedMessage messageOf(const httpd::HttpRequest &request)
{
    return {request.method, request.authority, request.path, request.query, request.body};
}

protocol::SignatureHeaders headersOf(const httpd::HttpRequest &request)
{
    return {request.header("content-digest"), request.header("signature-input"),
            request.header("signature")};
}

bool hasOneOfEach(const httpd::HttpRequest &request)
{
    int digests = 0;
    int inputs = 0;
    int signatures = 0;
    for (const auto &[name, value] : request.headers) {
        digests += name == "content-digest" ? 1 : 0;
        inputs += name == "signature-input" ? 1 : 0;
        signatures += name == "signature" ? 1 : 0;
    }
    return digests == 1 && inputs == 1 && signatures == 1;
}

Error unauthorized(const QString &code)
{
    return {ErrorKind::Unauthorized, code, {}};
}

} // namespace

SignatureGate::SignatureGate(const DeviceRegistry &registry, NonceJournal &nonces,
                             const base::Clock &clock)
    : m_registry(registry)
    , m_nonces(nonces)
    , m_clock(clock)
{}

void SignatureGate::refuse(const httpd::HttpRequest &request, const httpd::HttpReply &reply,
                           const Error &error) const
{
    qCInfo(lcGate).noquote() << "refused" << error.code << "trace" << request.traceId;
    QJsonObject extra;
    if (error.kind == ErrorKind::ClockSkew)
        extra.insert(u"server_time"_s, m_clock.wallMs());
    reply.send(httpd::errorResponse(error, request.traceId, 0, extra));
}

base::Result<void> SignatureGate::checkKey(const httpd::HttpRequest &request,
                                           const QByteArray &publicKey) const
{
    const auto parameters =
            protocol::verifyMessage(messageOf(request), headersOf(request), publicKey);
    if (!parameters)
        return parameters.error();
    // `expires` follows the kiosk's clock, which we allow to be off; the window decides.
    const qint64 skew = parameters->created - m_clock.wallMs() / 1000;
    if (skew > kWindowSeconds || skew < -kWindowSeconds)
        return Error{ErrorKind::ClockSkew, u"signature.clock"_s, {}};
    const auto fresh = m_nonces.use(publicKey, parameters->nonce);
    if (!fresh)
        return fresh.error();
    if (!*fresh)
        return Error{ErrorKind::Replay, u"signature.replayed"_s, {}};
    return {};
}

base::Result<Device> SignatureGate::check(const httpd::HttpRequest &request) const
{
    const QByteArray input = request.header("signature-input");
    if (input.isEmpty() || request.header("signature").isEmpty())
        return unauthorized(u"signature.missing"_s);
    if (!hasOneOfEach(request))
        return unauthorized(u"signature.invalid"_s);
    const auto parameters = protocol::parseSignatureInput(input);
    if (!parameters)
        return parameters.error();
    const auto device = m_registry.find(QString::fromLatin1(parameters->keyId));
    if (!device)
        return unauthorized(u"signature.unknown-key"_s);
    if (device->revoked)
        return unauthorized(u"signature.revoked"_s);
    if (const auto good = checkKey(request, device->publicKey); !good)
        return good.error();
    return *device;
}

httpd::HttpHandler SignatureGate::guard(SignedHandler handler)
{
    return [this, handler = std::move(handler)](const httpd::HttpRequest &request,
                                                const httpd::HttpReply &reply) {
        const auto device = check(request);
        if (!device) {
            refuse(request, reply, device.error());
            return;
        }
        reply.setCaller(device->id);
        handler({request, *device}, reply);
    };
}

bool SignatureGate::admitNewKey(const httpd::HttpRequest &request, const httpd::HttpReply &reply,
                                const QByteArray &publicKey)
{
    base::Result<void> good;
    const auto parameters = protocol::parseSignatureInput(request.header("signature-input"));
    if (!parameters)
        good = parameters.error();
    else if (parameters->keyId != kEnrolKeyId || !hasOneOfEach(request))
        good = unauthorized(u"signature.invalid"_s);
    else
        good = checkKey(request, publicKey);
    if (!good)
        refuse(request, reply, good.error());
    return good.ok();
}

} // namespace riderport::district
