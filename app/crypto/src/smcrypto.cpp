// SPDX-License-Identifier: Apache-2.0
#include "crypto/smcrypto.h"

#include "crypto/digest.h"

#include <QByteArrayList>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <algorithm>

namespace riderport::crypto {

namespace {

const unsigned char *bytes(const QByteArray &array)
{
    return reinterpret_cast<const unsigned char *>(array.constData());
}

QByteArray hmac(const char *digest, const QByteArray &key, const QByteArray &message)
{
    QByteArray out(32, Qt::Uninitialized);
    size_t size = 0;
    // An empty QByteArray has a data pointer, which OpenSSL needs even for a key of no bytes.
    const auto *done =
            EVP_Q_mac(nullptr, "HMAC", nullptr, digest, nullptr, bytes(key), size_t(key.size()),
                      bytes(message), size_t(message.size()),
                      reinterpret_cast<unsigned char *>(out.data()), size_t(out.size()), &size);
    if (done == nullptr || size != size_t(out.size()))
        qFatal("OpenSSL offers no HMAC over %s", digest);
    return out;
}

} // namespace

QByteArray sm3(const QByteArray &input)
{
    QByteArray out(32, Qt::Uninitialized);
    size_t size = 0;
    if (EVP_Q_digest(nullptr, "SM3", nullptr, input.constData(), size_t(input.size()),
                     reinterpret_cast<unsigned char *>(out.data()), &size) != 1 ||
        size != size_t(out.size()))
        qFatal("OpenSSL offers no SM3");
    return out;
}

QByteArray hmacSm3(const QByteArray &key, const QByteArray &message)
{
    return hmac("SM3", key, message);
}

QByteArray hmacSha256(const QByteArray &key, const QByteArray &message)
{
    return hmac("SHA256", key, message);
}

QByteArray gatewaySign(const QByteArray &secret, const GatewaySignInput &input)
{
    const QByteArray message = input.method + '\n' + input.path + '\n' + input.query + '\n' +
                               sm3(input.body).toHex() + '\n' + input.timestampMs + '\n' +
                               input.nonce;
    return hmacSm3(secret, message).toHex();
}

QByteArray sortedQuery(const QByteArray &rawQuery)
{
    QByteArrayList items = rawQuery.split('&');
    items.removeAll(QByteArray());
    std::sort(items.begin(), items.end());
    return items.join('&');
}

QByteArray tifSignature(const QByteArray &timestampS, const QByteArray &token,
                        const QByteArray &nonce)
{
    return sha256(timestampS + token + nonce + timestampS).toHex();
}

QByteArray sharingSignature(const QByteArray &appSecret, const QByteArray &sid,
                            const QByteArray &rid, const QByteArray &rtimeMs)
{
    return hmacSha256(appSecret, sid + rid + rtimeMs).toBase64();
}

} // namespace riderport::crypto
