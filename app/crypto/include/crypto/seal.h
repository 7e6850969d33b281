// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::crypto {

/// A 32-byte symmetric key that zeroes its memory when it goes. Move-only: a secret has one owner.
class SealKey
{
public:
    SealKey() = default;
    /// A fresh random key.
    [[nodiscard]] static SealKey generate();
    /// Error code: key.length unless 32 bytes.
    [[nodiscard]] static base::Result<SealKey> fromBytes(const QByteArray &bytes);
    /// A key for one purpose, derived from this one (keyed BLAKE2b over the purpose).
    [[nodiscard]] SealKey derive(const QByteArray &purpose) const;
    SealKey(SealKey &&other) noexcept;
    SealKey &operator=(SealKey &&other) noexcept;
    SealKey(const SealKey &) = delete;
    SealKey &operator=(const SealKey &) = delete;
    ~SealKey();

    [[nodiscard]] bool isValid() const { return !m_bytes.isEmpty(); }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// Zeroes the key: everything sealed with it is gone for good.
    void destroy();

private:
    QByteArray m_bytes;
};

/// XChaCha20-Poly1305 (libsodium): 24-byte random nonce, then ciphertext and tag. `associated`
/// binds the sealed value to its place (table, row, column, schema version), so that cells cannot
/// be swapped. Precondition: key.isValid().
[[nodiscard]] QByteArray seal(const SealKey &key, const QByteArray &plain,
                              const QByteArray &associated);
/// Error code: seal.open for a wrong key, wrong place or damaged bytes; the three cannot be told
/// apart.
[[nodiscard]] base::Result<QByteArray> open(const SealKey &key, const QByteArray &sealed,
                                            const QByteArray &associated);

/// Keyed BLAKE2b, 16 bytes: equality look-up of a sealed value without revealing it.
[[nodiscard]] QByteArray blindIndex(const SealKey &key, const QByteArray &value);

} // namespace riderport::crypto
