// SPDX-License-Identifier: Apache-2.0
#include "gateway/upstreamfamily.h"

#include "base/boundedjson.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/smcrypto.h"

#include <QJsonDocument>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using HeaderResult = base::Result<UpstreamFamily::Headers>;

namespace {

QFuture<HeaderResult> ready(HeaderResult result)
{
    QPromise<HeaderResult> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

/// National and provincial data sharing: sid, rid, time and HMAC-SHA256 with a secret that lives
/// for some minutes and comes from a refresh call, AES-encrypted under the long-lived key.
class SharingFamily final : public UpstreamFamily
{
public:
    SharingFamily(UpstreamEndpoint endpoint, const base::Clock &clock, UpstreamTransport &transport)
        : m_endpoint(std::move(endpoint))
        , m_clock(clock)
        , m_transport(transport)
    {}

    QFuture<HeaderResult> sign(const UpstreamSource &source) override
    {
        const QByteArray sid = source.service.toLatin1();
        if (!m_secret.isEmpty() && m_clock.monotonicMs() < m_secretUntilMs)
            return ready(headers(sid, now()));
        // One refresh for all who wait: each makes the one before worthless.
        auto promise = std::make_shared<QPromise<HeaderResult>>();
        promise->start();
        m_waiting.append({sid, promise});
        if (m_waiting.size() == 1)
            refresh();
        return promise->future();
    }

    bool renewAfter(const QString &code, const Headers &used) override
    {
        if (code != "api-401"_L1)
            return false;
        if (!m_secret.isEmpty() && used == headers(used.value(1).second, used.value(2).second))
            m_secret.clear();
        return true;
    }

private:
    [[nodiscard]] QByteArray now() const { return QByteArray::number(m_clock.wallMs()); }

    void refresh()
    {
        m_transport.send(refreshRequest())
                .then(this, [this](const base::Result<UpstreamReply> &reply) {
                    const std::optional<Error> error =
                            reply ? takeSecret(*reply) : std::optional(reply.error());
                    for (const auto &[sid, promise] : std::exchange(m_waiting, {})) {
                        promise->addResult(error ? HeaderResult(*error)
                                                 : HeaderResult(headers(sid, now())));
                        promise->finish();
                    }
                });
    }

    [[nodiscard]] Headers headers(const QByteArray &sid, const QByteArray &time) const
    {
        const QByteArray rid = m_endpoint.caller.toLatin1();
        return {{"gjzwfwpt_rid", rid},
                {"gjzwfwpt_sid", sid},
                {"gjzwfwpt_rtime", time},
                {"gjzwfwpt_sign", crypto::sharingSignature(m_secret, sid, rid, time)}};
    }

    [[nodiscard]] UpstreamRequest refreshRequest() const
    {
        const QByteArray rid = m_endpoint.caller.toLatin1();
        const QByteArray time = now();
        UpstreamRequest request;
        request.url = m_endpoint.url;
        request.url.setPath(m_endpoint.url.path() + u"/share/secret"_s);
        request.headers = {
                {"gjzwfwpt_rid", rid},
                {"gjzwfwpt_rtime", time},
                {"gjzwfwpt_sign", crypto::sharingSignature(m_endpoint.key, {}, rid, time)}};
        request.body = "{}";
        return request;
    }

    [[nodiscard]] std::optional<Error> takeSecret(const UpstreamReply &reply)
    {
        const Error refused{ErrorKind::Unavailable, u"upstream.secret"_s, {}};
        const auto object = base::parseJsonObject(reply.body, 16 * 1024, 4);
        if (reply.status != 200 || !object || object->value(u"code"_s).toString() != "200"_L1)
            return refused;
        base::JsonReader data(object->value(u"data"_s).toObject());
        const QByteArray sealed = data.base64(u"secret"_s, 1024);
        const qint64 lifeS = data.int64(u"expires_in"_s, 1, 86'400);
        const auto secret = crypto::aesCbcDecrypt(crypto::sha256(m_endpoint.key).left(16), sealed);
        if (data.error() || !secret || secret->isEmpty())
            return refused;
        m_secret = *secret;
        // Renewed early, so that a secret does not end on the way.
        m_secretUntilMs = m_clock.monotonicMs() + lifeS * 900;
        return {};
    }

    const UpstreamEndpoint m_endpoint;
    const base::Clock &m_clock;
    UpstreamTransport &m_transport;
    QByteArray m_secret;
    qint64 m_secretUntilMs = 0;
    QList<std::pair<QByteArray, std::shared_ptr<QPromise<HeaderResult>>>> m_waiting;
};

/// The API gateway of many provincial portals ("tif").
class TifFamily final : public UpstreamFamily
{
public:
    TifFamily(UpstreamEndpoint endpoint, const base::Clock &clock)
        : m_endpoint(std::move(endpoint))
        , m_clock(clock)
    {}

    QFuture<HeaderResult> sign(const UpstreamSource &source) override
    {
        const QByteArray time = QByteArray::number(m_clock.wallMs() / 1000);
        const QByteArray nonce = crypto::randomHex(8).toLatin1();
        return ready(
                Headers{{"x-tif-paasid", m_endpoint.caller.toLatin1()},
                        {"x-tif-serviceid", source.service.toLatin1()},
                        {"x-tif-timestamp", time},
                        {"x-tif-nonce", nonce},
                        {"x-tif-signature", crypto::tifSignature(time, m_endpoint.key, nonce)}});
    }

    bool renewAfter(const QString &, const Headers &) override { return false; }

private:
    const UpstreamEndpoint m_endpoint;
    const base::Clock &m_clock;
};

} // namespace

base::Result<QMap<QString, UpstreamEndpoint>> readUpstreamEndpoints(const QByteArray &json)
{
    const auto object = base::parseJsonObject(json, 64 * 1024, 6);
    if (!object)
        return Error{ErrorKind::Invalid, u"upstreams.invalid"_s, object.error().code};
    QMap<QString, UpstreamEndpoint> endpoints;
    const bool simulator = object->value(u"simulator"_s).toBool(false);
    const QJsonObject families = object->value(u"families"_s).toObject();
    for (auto it = families.begin(); it != families.end(); ++it) {
        base::JsonReader in(it.value().toObject());
        const QUrl url(in.string(u"url"_s, 500), QUrl::StrictMode);
        const UpstreamEndpoint endpoint{url, in.string(u"caller"_s, 200),
                                        in.string(u"key"_s, 500).toUtf8(), simulator};
        if (in.error() || !url.isValid() || !url.scheme().startsWith("http"_L1))
            return Error{ErrorKind::Invalid, u"upstreams.invalid"_s, it.key().left(20)};
        endpoints.insert(it.key(), endpoint);
    }
    return endpoints;
}

std::unique_ptr<UpstreamFamily> makeUpstreamFamily(const QString &name,
                                                   const UpstreamEndpoint &endpoint,
                                                   const base::Clock &clock,
                                                   UpstreamTransport &transport)
{
    if (name == "A"_L1)
        return std::make_unique<SharingFamily>(endpoint, clock, transport);
    if (name == "B"_L1)
        return std::make_unique<TifFamily>(endpoint, clock);
    return nullptr;
}

} // namespace riderport::district
