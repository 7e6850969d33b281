// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::crypto {

/// AES-128-CBC with PKCS#7 padding, by OpenSSL 3: the form in which the data-sharing family hands
/// out its short-lived secret. Only for that: nothing of our own is protected by it.

/// 16-byte random IV, then ciphertext. Precondition: key has 16 bytes.
[[nodiscard]] QByteArray aesCbcEncrypt(const QByteArray &key, const QByteArray &plain);
/// Error code: aes.open for a wrong key, a wrong length or bad padding.
[[nodiscard]] base::Result<QByteArray> aesCbcDecrypt(const QByteArray &key,
                                                     const QByteArray &ivAndCipher);

} // namespace riderport::crypto
