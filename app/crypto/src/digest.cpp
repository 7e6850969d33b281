// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include "sodiuminit.h"

namespace riderport::crypto {

QByteArray sha256(const QByteArray &bytes)
{
    ensureSodium();
    QByteArray out(crypto_hash_sha256_BYTES, Qt::Uninitialized);
    crypto_hash_sha256(bytesOf(out), bytesOf(bytes), size_t(bytes.size()));
    return out;
}

QString sha256Hex(const QByteArray &bytes)
{
    return QString::fromLatin1(sha256(bytes).toHex());
}

bool constantTimeEqual(const QByteArray &a, const QByteArray &b)
{
    ensureSodium();
    return a.size() == b.size() &&
           sodium_memcmp(a.constData(), b.constData(), size_t(a.size())) == 0;
}

} // namespace riderport::crypto
