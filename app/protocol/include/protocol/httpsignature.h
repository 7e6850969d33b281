// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::protocol {

/// The one profile of HTTP Message Signatures (RFC 9421) this product speaks; see
/// app/docs/WIRE.md 1. Everything else a general implementation would accept is refused, which
/// keeps the parser small.
struct SignedMessage
{
    QByteArray method;    ///< "POST"
    QByteArray authority; ///< Host header, lower case, port unless default: "district.example:8443"
    QByteArray path;      ///< "/v1/sync", as sent (percent-encoding kept)
    QByteArray query;     ///< without "?", as sent
    QByteArray body;
};

struct SignatureParameters
{
    qint64 created = 0; ///< Unix seconds
    qint64 expires = 0; ///< Unix seconds
    QByteArray nonce;   ///< base64url text, 22 characters
    QByteArray keyId;
};

struct SignatureHeaders
{
    QByteArray contentDigest;  ///< Content-Digest
    QByteArray signatureInput; ///< Signature-Input
    QByteArray signature;      ///< Signature
};

/// sha-256=:…: (RFC 9530).
[[nodiscard]] QByteArray contentDigestOf(const QByteArray &body);

/// Signs with a fresh nonce; created = now, expires = now + 60.
[[nodiscard]] SignatureHeaders signMessage(const SignedMessage &message, const QByteArray &keyId,
                                           const QByteArray &secretKey, qint64 nowSeconds);

/// Strict parse of Signature-Input; says whose key is needed. Codes: signature.missing,
/// signature.invalid.
[[nodiscard]] base::Result<SignatureParameters>
parseSignatureInput(const QByteArray &signatureInput);

/// Digest and signature only; window, nonce and revocation are the caller's. Codes:
/// signature.missing, signature.invalid, signature.digest.
[[nodiscard]] base::Result<SignatureParameters> verifyMessage(const SignedMessage &message,
                                                              const SignatureHeaders &headers,
                                                              const QByteArray &publicKey);

} // namespace riderport::protocol
