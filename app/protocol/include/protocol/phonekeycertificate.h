// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::protocol {

/// The district's word that a phone's key belongs to a worker (app/docs/WIRE.md 4), 122 bytes. It
/// reaches every kiosk in the sync feed, so a rolling code can be verified with the cable out.
struct PhoneKeyCertificate
{
    QByteArray issuerKid;  ///< 4 bytes
    QByteArray publicKey;  ///< 32 bytes
    quint64 subject = 0;   ///< worker number
    quint32 notBefore = 0; ///< Unix seconds
    quint32 notAfter = 0;  ///< Unix seconds
    quint8 authLevel = 1;  ///< 1 … 3
    QByteArray signature;  ///< 64 bytes

    friend bool operator==(const PhoneKeyCertificate &, const PhoneKeyCertificate &) = default;
};

inline constexpr qsizetype kPhoneKeyCertificateSize = 122;

/// First 4 bytes of SHA-256: how keys are named in tokens and certificates.
[[nodiscard]] QByteArray keyIdOf(const QByteArray &publicKey);
[[nodiscard]] PhoneKeyCertificate signPhoneKey(PhoneKeyCertificate certificate,
                                               const QByteArray &issuerPublicKey,
                                               const QByteArray &issuerSecretKey);
[[nodiscard]] QByteArray encodePhoneKey(const PhoneKeyCertificate &certificate);
/// Shape only; code certificate.malformed.
[[nodiscard]] base::Result<PhoneKeyCertificate> decodePhoneKey(const QByteArray &bytes);
/// True when `issuerPublicKey` is the named issuer and its signature holds.
[[nodiscard]] bool verifyPhoneKey(const PhoneKeyCertificate &certificate,
                                  const QByteArray &issuerPublicKey);

} // namespace riderport::protocol
