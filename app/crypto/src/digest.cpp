// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include "sodiuminit.h"

#include <openssl/evp.h>

#include <memory>

namespace riderport::crypto {

namespace {

constexpr qsizetype kSha256Size = 32;

} // namespace

QByteArray sha256(const QByteArray &bytes)
{
    // OpenSSL and not libsodium: every row and page of the feed is hashed, and only OpenSSL uses
    // the processor's SHA instructions. Looking the algorithm up costs
    // more than hashing a row, so each thread does it once.
    thread_local const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
            EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
            EVP_MD_CTX_new(), EVP_MD_CTX_free);
    QByteArray out(kSha256Size, Qt::Uninitialized);
    unsigned int size = 0;
    const bool done =
            EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr) == 1 &&
            EVP_DigestUpdate(context.get(), bytes.constData(), size_t(bytes.size())) == 1 &&
            EVP_DigestFinal_ex(context.get(), bytesOf(out), &size) == 1;
    // Without a hash nothing can be verified any more; going on would be worse than stopping.
    if (!done || size != kSha256Size)
        qFatal("SHA-256 is not available");
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
