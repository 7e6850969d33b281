// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace riderport::crypto {

/// Digests the government interfaces ask for, all computed by OpenSSL 3. Thread-safe.

/// SM3 (GB/T 32905), 32 bytes.
[[nodiscard]] QByteArray sm3(const QByteArray &bytes);
/// HMAC over SM3, 32 bytes.
[[nodiscard]] QByteArray hmacSm3(const QByteArray &key, const QByteArray &message);
/// HMAC over SHA-256 (RFC 2104), 32 bytes.
[[nodiscard]] QByteArray hmacSha256(const QByteArray &key, const QByteArray &message);

/// X-Sign of the gateway contract: hex(HMAC-SM3(secret, METHOD LF PATH LF sortedQuery LF
/// SM3hex(body) LF timestamp LF nonce)). The query must already be sorted (sortedQuery()).
struct GatewaySignInput
{
    QByteArray method;      ///< upper case
    QByteArray path;        ///< as sent, without the query
    QByteArray query;       ///< sorted, without the question mark, may be empty
    QByteArray body;        ///< exact bytes
    QByteArray timestampMs; ///< decimal text of X-Timestamp
    QByteArray nonce;       ///< text of X-Nonce
};
[[nodiscard]] QByteArray gatewaySign(const QByteArray &secret, const GatewaySignInput &input);
/// The items between '&' in byte order; empty items are dropped.
[[nodiscard]] QByteArray sortedQuery(const QByteArray &rawQuery);

/// Signature of the API-gateway family ("tif"): hex SHA-256(timestamp token nonce timestamp),
/// timestamp in seconds.
[[nodiscard]] QByteArray tifSignature(const QByteArray &timestampS, const QByteArray &token,
                                      const QByteArray &nonce);

/// Signature of the data-sharing family: Base64(HMAC-SHA256(appSecret, sid rid rtime)).
[[nodiscard]] QByteArray sharingSignature(const QByteArray &appSecret, const QByteArray &sid,
                                          const QByteArray &rid, const QByteArray &rtimeMs);

} // namespace riderport::crypto
