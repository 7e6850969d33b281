// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.h"

#include "crypto/random.h"
#include "sodiuminit.h"

#include <utility>

namespace riderport::crypto {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kKeySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype kBlindIndexSize = 16;

QByteArray keyedHash(const QByteArray &key, const QByteArray &value, qsizetype size)
{
    ensureSodium();
    QByteArray out(size, Qt::Uninitialized);
    crypto_generichash(bytesOf(out), size_t(size), bytesOf(value), size_t(value.size()),
                       bytesOf(key), size_t(key.size()));
    return out;
}

} // namespace

SealKey SealKey::generate()
{
    SealKey key;
    key.m_bytes = randomBytes(kKeySize);
    return key;
}

base::Result<SealKey> SealKey::fromBytes(const QByteArray &bytes)
{
    if (bytes.size() != kKeySize)
        return Error{ErrorKind::Invalid, u"key.length"_s, QString::number(bytes.size())};
    SealKey key;
    key.m_bytes = QByteArray(bytes.constData(), bytes.size());
    return key;
}

SealKey SealKey::derive(const QByteArray &purpose) const
{
    SealKey key;
    key.m_bytes = keyedHash(m_bytes, purpose, kKeySize);
    return key;
}

SealKey::SealKey(SealKey &&other) noexcept
    : m_bytes(std::exchange(other.m_bytes, {}))
{}

SealKey &SealKey::operator=(SealKey &&other) noexcept
{
    if (this != &other) {
        destroy();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

SealKey::~SealKey()
{
    destroy();
}

void SealKey::destroy()
{
    if (!m_bytes.isEmpty())
        sodium_memzero(m_bytes.data(), size_t(m_bytes.size()));
    m_bytes.clear();
}

QByteArray seal(const SealKey &key, const QByteArray &plain, const QByteArray &associated)
{
    Q_ASSERT(key.isValid());
    QByteArray out = randomBytes(kNonceSize);
    out.resize(kNonceSize + plain.size() + kTagSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(out) + kNonceSize, nullptr, bytesOf(plain),
                                               size_t(plain.size()), bytesOf(associated),
                                               size_t(associated.size()), nullptr,
                                               bytesOf(std::as_const(out)), bytesOf(key.bytes()));
    return out;
}

base::Result<QByteArray> open(const SealKey &key, const QByteArray &sealed,
                              const QByteArray &associated)
{
    const Error failure{ErrorKind::Corrupt, u"seal.open"_s, {}};
    if (!key.isValid() || sealed.size() < kNonceSize + kTagSize)
        return failure;
    ensureSodium();
    QByteArray plain(sealed.size() - kNonceSize - kTagSize, Qt::Uninitialized);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytesOf(plain), nullptr, nullptr, bytesOf(sealed) + kNonceSize,
            size_t(sealed.size() - kNonceSize), bytesOf(associated), size_t(associated.size()),
            bytesOf(sealed), bytesOf(key.bytes()));
    if (opened != 0)
        return failure;
    return plain;
}

QByteArray blindIndex(const SealKey &key, const QByteArray &value)
{
    return keyedHash(key.bytes(), value, kBlindIndexSize);
}

} // namespace riderport::crypto
