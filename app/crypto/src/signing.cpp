// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing.h"

#include "sodiuminit.h"

namespace riderport::crypto {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

KeyPair generateKeyPair()
{
    ensureSodium();
    KeyPair keys{QByteArray(kPublicKeySize, Qt::Uninitialized),
                 QByteArray(kSecretKeySize, Qt::Uninitialized)};
    crypto_sign_keypair(bytesOf(keys.publicKey), bytesOf(keys.secretKey));
    return keys;
}

base::Result<KeyPair> keyPairFromSeed(const QByteArray &seed)
{
    ensureSodium();
    if (seed.size() != crypto_sign_SEEDBYTES)
        return Error{ErrorKind::Invalid, u"key.seed-length"_s, QString::number(seed.size())};
    KeyPair keys{QByteArray(kPublicKeySize, Qt::Uninitialized),
                 QByteArray(kSecretKeySize, Qt::Uninitialized)};
    crypto_sign_seed_keypair(bytesOf(keys.publicKey), bytesOf(keys.secretKey), bytesOf(seed));
    return keys;
}

QByteArray sign(const QByteArray &secretKey, const QByteArray &message)
{
    ensureSodium();
    Q_ASSERT(secretKey.size() == kSecretKeySize);
    QByteArray signature(kSignatureSize, Qt::Uninitialized);
    crypto_sign_detached(bytesOf(signature), nullptr, bytesOf(message), size_t(message.size()),
                         bytesOf(secretKey));
    return signature;
}

bool verify(const QByteArray &publicKey, const QByteArray &message, const QByteArray &signature)
{
    ensureSodium();
    if (publicKey.size() != kPublicKeySize || signature.size() != kSignatureSize)
        return false;
    return crypto_sign_verify_detached(bytesOf(signature), bytesOf(message), size_t(message.size()),
                                       bytesOf(publicKey)) == 0;
}

base::Result<QByteArray> sealTo(const QByteArray &publicKey, const QByteArray &plain)
{
    ensureSodium();
    QByteArray curveKey(crypto_box_PUBLICKEYBYTES, Qt::Uninitialized);
    if (publicKey.size() != kPublicKeySize ||
        crypto_sign_ed25519_pk_to_curve25519(bytesOf(curveKey), bytesOf(publicKey)) != 0)
        return Error{ErrorKind::Invalid, u"box.key"_s, {}};
    QByteArray sealed(plain.size() + crypto_box_SEALBYTES, Qt::Uninitialized);
    crypto_box_seal(bytesOf(sealed), bytesOf(plain), size_t(plain.size()), bytesOf(curveKey));
    return sealed;
}

base::Result<QByteArray> openSealed(const KeyPair &keys, const QByteArray &sealed)
{
    ensureSodium();
    const Error failure{ErrorKind::Corrupt, u"box.open"_s, {}};
    QByteArray curvePublic(crypto_box_PUBLICKEYBYTES, Qt::Uninitialized);
    QByteArray curveSecret(crypto_box_SECRETKEYBYTES, Qt::Uninitialized);
    if (sealed.size() < qsizetype(crypto_box_SEALBYTES) ||
        keys.secretKey.size() != kSecretKeySize || keys.publicKey.size() != kPublicKeySize ||
        crypto_sign_ed25519_pk_to_curve25519(bytesOf(curvePublic), bytesOf(keys.publicKey)) != 0 ||
        crypto_sign_ed25519_sk_to_curve25519(bytesOf(curveSecret), bytesOf(keys.secretKey)) != 0)
        return failure;
    QByteArray plain(sealed.size() - crypto_box_SEALBYTES, Qt::Uninitialized);
    const int opened = crypto_box_seal_open(bytesOf(plain), bytesOf(sealed), size_t(sealed.size()),
                                            bytesOf(curvePublic), bytesOf(curveSecret));
    sodium_memzero(curveSecret.data(), size_t(curveSecret.size()));
    if (opened != 0)
        return failure;
    return plain;
}

} // namespace riderport::crypto
