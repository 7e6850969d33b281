// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::crypto {

/// Ed25519 (RFC 8032) by libsodium.
struct KeyPair
{
    QByteArray publicKey; ///< 32 bytes
    QByteArray secretKey; ///< 64 bytes, libsodium layout (seed, public key)
};

inline constexpr qsizetype kPublicKeySize = 32;
inline constexpr qsizetype kSecretKeySize = 64;
inline constexpr qsizetype kSignatureSize = 64;

[[nodiscard]] KeyPair generateKeyPair();
/// A key pair from a 32-byte seed; for reproducible sample data and test vectors.
[[nodiscard]] base::Result<KeyPair> keyPairFromSeed(const QByteArray &seed);
/// 64 bytes. Precondition: secretKey has 64 bytes.
[[nodiscard]] QByteArray sign(const QByteArray &secretKey, const QByteArray &message);
/// False for any wrong length, too.
[[nodiscard]] bool verify(const QByteArray &publicKey, const QByteArray &message,
                          const QByteArray &signature);

/// Anonymous encryption to the holder of an Ed25519 key (libsodium sealed box over the converted
/// X25519 key); used once, to hand a kiosk its secrets at enrolment. Error code: box.key.
[[nodiscard]] base::Result<QByteArray> sealTo(const QByteArray &publicKey, const QByteArray &plain);
/// Error code: box.open.
[[nodiscard]] base::Result<QByteArray> openSealed(const KeyPair &keys, const QByteArray &sealed);

} // namespace riderport::crypto
