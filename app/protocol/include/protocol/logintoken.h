// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace riderport::protocol {

/// Where a code may be used: district (GB/T 2260 county code) and station number, packed into 32
/// bits.
struct Audience
{
    quint32 district = 0; ///< six digits, fits 20 bits
    quint16 station = 0;  ///< 1 … 4095

    [[nodiscard]] quint32 packed() const { return district << 12 | (station & 0xfff); }
    [[nodiscard]] static Audience unpack(quint32 value)
    {
        return {value >> 12, quint16(value & 0xfff)};
    }
    friend bool operator==(const Audience &, const Audience &) = default;
};

/// The rolling log-in code a phone shows (app/docs/WIRE.md 4): 90 bytes, "K1:" + base45 = 138
/// characters, QR version 6-M. Decoding checks shape only; who signed it, when and for whom is
/// judged by the verifier.
struct LoginToken
{
    QByteArray kid;      ///< 4 bytes, first bytes of SHA-256 of the phone's public key
    quint64 subject = 0; ///< worker number
    Audience audience;
    quint32 issued = 0;   ///< Unix seconds, by the phone's clock as corrected by the server
    quint8 ttl = 30;      ///< seconds
    QByteArray nonce;     ///< 4 bytes
    QByteArray signature; ///< 64 bytes

    friend bool operator==(const LoginToken &, const LoginToken &) = default;
};

inline constexpr qsizetype kLoginTokenSize = 90;
inline constexpr qsizetype kLoginTokenTextSize = 138;

/// What the phone's key signs: domain-separation prefix and the first 26 bytes.
[[nodiscard]] QByteArray loginTokenSignedBytes(const LoginToken &token);
[[nodiscard]] QString encodeLoginToken(const LoginToken &token);
/// Codes: token.too-long (above 138 characters), token.malformed, token.version.
[[nodiscard]] base::Result<LoginToken> decodeLoginToken(const QString &text);
/// Makes and signs a token; for simulators and tests (the phone page does the same in the browser).
[[nodiscard]] LoginToken signLoginToken(LoginToken token, const QByteArray &secretKey);

} // namespace riderport::protocol
