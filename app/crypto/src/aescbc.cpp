// SPDX-License-Identifier: Apache-2.0
#include "crypto/aescbc.h"

#include "crypto/random.h"

#include <openssl/evp.h>

#include <memory>

namespace riderport::crypto {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kBlock = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char *bytes(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

// One pass in either direction; an empty result means that OpenSSL refused.
QByteArray run(bool encrypt, const QByteArray &key, const QByteArray &iv, const QByteArray &input,
               bool *ok)
{
    const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    QByteArray out(input.size() + kBlock, Qt::Uninitialized);
    auto *target = reinterpret_cast<unsigned char *>(out.data());
    int head = 0;
    int tail = 0;
    *ok = context && key.size() == kBlock && iv.size() == kBlock &&
          EVP_CipherInit_ex(context.get(), EVP_aes_128_cbc(), nullptr, bytes(key), bytes(iv),
                            encrypt ? 1 : 0) == 1 &&
          EVP_CipherUpdate(context.get(), target, &head, bytes(input), int(input.size())) == 1 &&
          EVP_CipherFinal_ex(context.get(), target + head, &tail) == 1;
    return *ok ? out.left(head + tail) : QByteArray();
}

} // namespace

QByteArray aesCbcEncrypt(const QByteArray &key, const QByteArray &plain)
{
    const QByteArray iv = randomBytes(kBlock);
    bool ok = false;
    const QByteArray cipher = run(true, key, iv, plain, &ok);
    if (!ok)
        qFatal("AES-128-CBC needs a key of 16 bytes");
    return iv + cipher;
}

base::Result<QByteArray> aesCbcDecrypt(const QByteArray &key, const QByteArray &ivAndCipher)
{
    bool ok = false;
    QByteArray plain;
    if (ivAndCipher.size() >= 2 * kBlock && ivAndCipher.size() <= 1 << 20)
        plain = run(false, key, ivAndCipher.left(kBlock), ivAndCipher.mid(kBlock), &ok);
    if (!ok)
        return base::Error{base::ErrorKind::Corrupt, u"aes.open"_s, {}};
    return plain;
}

} // namespace riderport::crypto
