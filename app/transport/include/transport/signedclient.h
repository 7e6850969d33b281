// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/httptransport.h"

#include "crypto/signing.h"

#include <QObject>

#include <optional>

namespace riderport::base {
class Clock;
}

namespace riderport::transport {

struct ApiRequest
{
    QByteArray method = "POST";
    QByteArray path;
    QByteArray query;
    QByteArray body;           ///< JSON text, may be empty
    QList<HttpHeader> headers; ///< extra ones (X-…)
    int timeoutMs = 15'000;
    qsizetype maxReplyBytes = 1024 * 1024;       ///< on the wire
    qsizetype maxDecodedBytes = 8 * 1024 * 1024; ///< after decompression
    bool decode = true; ///< false: `body` stays compressed for decodedBody() on another thread
};

struct ApiReply
{
    int status = 0; ///< 0 when there was no reply
    QByteArray body;
    QByteArray encoding;              ///< "zstd" when the body is still compressed, else empty
    std::optional<base::Error> error; ///< set for every status but 2xx, and for no reply
    qint64 retryAfterMs = -1;         ///< −1: the server said nothing
    qint64 serverTimeMs = 0;          ///< from an error body; 0: not given
};

/// The body in the clear, at most `maxBytes`. Any thread. Codes: zstd.*, http.encoding.
[[nodiscard]] base::Result<QByteArray> decodedBody(const QByteArray &body,
                                                   const QByteArray &encoding, qsizetype maxBytes);

/// Speaks to the district as this kiosk: signs every request (app/docs/WIRE.md 1) and turns what
/// comes back into a value or an Error. Status to kind when the body names none: 400/422 Invalid,
/// 401 Unauthorized, 403 Forbidden, 404 NotFound, 409 Conflict, 413 TooLarge, 426 Unsupported, 429
/// RateLimited, 5xx Unavailable. When the server refuses our clock, later signatures use its time;
/// the skew is public. GUI thread.
class SignedClient : public QObject
{
    Q_OBJECT
public:
    SignedClient(HttpTransport &transport, const base::Clock &clock, QObject *parent = nullptr);

    /// Without an identity every call ends with Unauthorized signature.no-identity.
    void setIdentity(const QByteArray &keyId, const crypto::KeyPair &keys);

    /// The decoded body of a 2xx reply, or the error.
    [[nodiscard]] QFuture<base::Result<QByteArray>> call(const ApiRequest &request,
                                                         HttpCancellation cancellation = {});
    /// Everything about the reply; for callers that honour Retry-After.
    [[nodiscard]] QFuture<ApiReply> exchange(const ApiRequest &request,
                                             HttpCancellation cancellation = {});

    /// server − kiosk in ms, as far as a reply told; 0 while unknown.
    [[nodiscard]] qint64 clockSkewMs() const { return m_skewMs; }
    void noteServerTime(qint64 serverTimeMs);

Q_SIGNALS:
    void clockSkewChanged();

private:
    [[nodiscard]] HttpRequest signedRequest(const ApiRequest &request) const;

    HttpTransport &m_transport;
    const base::Clock &m_clock;
    QByteArray m_keyId;
    crypto::KeyPair m_keys;
    qint64 m_skewMs = 0;
};

} // namespace riderport::transport
