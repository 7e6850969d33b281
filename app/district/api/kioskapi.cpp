// SPDX-License-Identifier: Apache-2.0
#include "district/kioskapi.h"

#include "api/apisupport.h"
#include "base/boundedjson.h"
#include "district/deviceregistry.h"
#include "district/opsstore.h"
#include "httpd/httperrors.h"
#include "protocol/phonekeycertificate.h"

#include <QJsonArray>
#include <QLoggingCategory>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcKiosk, "riderport.district.kiosk")

namespace {

constexpr qsizetype kMaxSmallBody = 16 * 1024;
constexpr qsizetype kMaxEnrolFailures = 10;
constexpr qint64 kEnrolWindowMs = 600'000;

// Behind the TLS proxy on this machine all peers look alike; the proxy names the real one last.
QString peerOf(const httpd::HttpRequest &request)
{
    const QByteArray forwarded = request.header("x-forwarded-for");
    if (request.peer.isLoopback() && !forwarded.isEmpty())
        return QString::fromLatin1(forwarded.split(',').constLast().trimmed().left(64));
    return request.peer.toString();
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

KioskApi::KioskApi(Parts parts)
    : m_parts(std::move(parts))
{}

void KioskApi::registerRoutes(httpd::HttpRoutes &routes, SignatureGate &gate)
{
    routes.add("POST", "/v1/enrol", [this, &gate](const auto &request, const auto &reply) {
        onEnrol(request, reply, gate);
    });
    routes.add("POST", "/v1/ops", gate.guard([this](const auto &request, const auto &reply) {
        onOps(request, reply);
    }));
    routes.add("POST", "/v1/heartbeat", gate.guard([this](const auto &request, const auto &reply) {
        onHeartbeat(request, reply);
    }));
}

bool KioskApi::tooManyFailures(const QString &peer)
{
    const qint64 now = m_parts.clock.monotonicMs();
    // Bounded: a flood from many addresses must not grow the table for ever.
    if (m_enrolFailures.size() > 10'000)
        m_enrolFailures.clear();
    auto &times = m_enrolFailures[peer];
    while (!times.isEmpty() && times.constFirst() < now - kEnrolWindowMs)
        times.removeFirst();
    return times.size() >= kMaxEnrolFailures;
}

void KioskApi::onEnrol(const httpd::HttpRequest &request, const httpd::HttpReply &reply,
                       SignatureGate &gate)
{
    const QByteArray traceId = request.traceId;
    const QString peer = peerOf(request);
    if (tooManyFailures(peer)) {
        reply.send(
                httpd::errorResponse({ErrorKind::RateLimited, u"enrol.too-many"_s, {}}, traceId));
        return;
    }
    const auto object = base::parseJsonObject(request.body, kMaxSmallBody);
    if (!object) {
        reply.send(httpd::errorResponse(object.error(), traceId));
        return;
    }
    base::JsonReader in(*object);
    const QString code = in.string(u"code"_s, 20);
    const QByteArray key = in.base64(u"public_key"_s, crypto::kPublicKeySize);
    const QString version = in.optionalString(u"version"_s, 60);
    if (in.error() || key.size() != crypto::kPublicKeySize) {
        reply.send(httpd::errorResponse({ErrorKind::Invalid, u"enrol.field"_s, {}}, traceId));
        return;
    }
    if (!gate.admitNewKey(request, reply, key))
        return;
    m_parts.devices.enrol(code, key, version)
            .then(this, [this, reply, traceId, peer](const base::Result<Enrolment> &enrolment) {
                if (!enrolment) {
                    m_enrolFailures[peer].append(m_parts.clock.monotonicMs());
                    qCInfo(lcKiosk).noquote() << "enrolment refused" << enrolment.error().code;
                    reply.send(httpd::errorResponse(enrolment.error(), traceId));
                    return;
                }
                const Device &device = enrolment->device;
                m_parts.registry.add(device);
                reply.setCaller(device.id);
                qCInfo(lcKiosk).noquote()
                        << "enrolled" << device.id << "at" << device.station.toString();
                const QByteArray &issuer = m_parts.issuerPublicKey;
                const QJsonObject issuerKey{
                        {u"kid"_s, QString::fromLatin1(protocol::keyIdOf(issuer).toHex())},
                        {u"public_key"_s, base64(issuer)}};
                reply.send(httpd::jsonResponse(
                        {{u"device_id"_s, device.id},
                         {u"station"_s, device.station.toString()},
                         {u"district"_s, m_parts.districtCode},
                         {u"gateway"_s, QJsonObject{{u"app_key"_s, device.appKey},
                                                    {u"secret_sealed"_s,
                                                     base64(enrolment->gatewaySecretSealed)}}},
                         {u"cache_key_sealed"_s, base64(enrolment->cacheKeySealed)},
                         {u"issuer_keys"_s, QJsonArray{issuerKey}},
                         {u"server_time"_s, m_parts.clock.wallMs()}}));
            });
}

void KioskApi::onOps(const SignedRequest &request, const httpd::HttpReply &reply)
{
    const QByteArray traceId = request.http.traceId;
    const auto decoded = protocol::decodeOpsRequest(request.http.body);
    if (!decoded) {
        reply.send(httpd::errorResponse(decoded.error(), traceId));
        return;
    }
    m_parts.ops.apply(request.device.id, request.device.station, *decoded)
            .then(this, [this, reply, traceId](const base::Result<protocol::OpsReply> &result) {
                if (!result) {
                    reply.send(httpd::errorResponse(result.error(), traceId));
                    return;
                }
                protocol::OpsReply answer = *result;
                answer.serverTimeMs = m_parts.clock.wallMs();
                reply.send(jsonBody(protocol::encodeOpsReply(answer), false));
            });
}

void KioskApi::onHeartbeat(const SignedRequest &request, const httpd::HttpReply &reply)
{
    const auto object = base::parseJsonObject(request.http.body, kMaxSmallBody);
    if (!object) {
        reply.send(httpd::errorResponse(object.error(), request.http.traceId));
        return;
    }
    constexpr qint64 kMax = Q_INT64_C(1) << 52;
    base::JsonReader in(*object);
    KioskStatus status;
    status.station = request.device.station.toString();
    status.seenMs = m_parts.clock.wallMs();
    status.version = in.optionalString(u"version"_s, 60);
    status.outbox = in.optionalInt64(u"outbox"_s, 0, kMax, 0);
    status.skewMs = in.optionalInt64(u"clock_wall_ms"_s, 0, kMax, status.seenMs) - status.seenMs;
    status.camera = in.optionalString(u"camera"_s, 40);
    status.scanner = in.optionalString(u"scanner"_s, 40);
    if (in.error()) {
        reply.send(httpd::errorResponse(*in.error(), request.http.traceId));
        return;
    }
    m_statuses.insert(request.device.id, status);
    httpd::HttpResponse response;
    response.body = "{\"server_time\":" + QByteArray::number(status.seenMs) + "}";
    reply.send(std::move(response));
}

} // namespace riderport::district
