// SPDX-License-Identifier: Apache-2.0
#include "protocol/phonekeycertificate.h"

#include "bytefields.h"
#include "crypto/digest.h"
#include "crypto/signing.h"

namespace riderport::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr char kVersion = 1;
constexpr char kSigningContext[] =
        "riderport-phone-key-v1"; // its NUL separates context and message

QByteArray payload(const PhoneKeyCertificate &certificate)
{
    QByteArray bytes;
    bytes += kVersion;
    bytes += certificate.issuerKid;
    bytes += certificate.publicKey;
    appendBigEndian(bytes, certificate.subject);
    appendBigEndian(bytes, certificate.notBefore);
    appendBigEndian(bytes, certificate.notAfter);
    bytes += char(certificate.authLevel);
    appendBigEndian(bytes, quint32(0));
    return bytes;
}

QByteArray signedBytes(const PhoneKeyCertificate &certificate)
{
    return QByteArray(kSigningContext, sizeof kSigningContext) + payload(certificate);
}

} // namespace

QByteArray keyIdOf(const QByteArray &publicKey)
{
    return crypto::sha256(publicKey).left(4);
}

PhoneKeyCertificate signPhoneKey(PhoneKeyCertificate certificate, const QByteArray &issuerPublicKey,
                                 const QByteArray &issuerSecretKey)
{
    certificate.issuerKid = keyIdOf(issuerPublicKey);
    certificate.signature = crypto::sign(issuerSecretKey, signedBytes(certificate));
    return certificate;
}

QByteArray encodePhoneKey(const PhoneKeyCertificate &certificate)
{
    return payload(certificate) + certificate.signature;
}

base::Result<PhoneKeyCertificate> decodePhoneKey(const QByteArray &bytes)
{
    const base::Error malformed{base::ErrorKind::Invalid, u"certificate.malformed"_s, {}};
    if (bytes.size() != kPhoneKeyCertificateSize)
        return malformed;
    ByteCursor in(bytes);
    const auto version = in.take<quint8>();
    PhoneKeyCertificate certificate;
    certificate.issuerKid = in.take(4);
    certificate.publicKey = in.take(crypto::kPublicKeySize);
    certificate.subject = in.take<quint64>();
    certificate.notBefore = in.take<quint32>();
    certificate.notAfter = in.take<quint32>();
    certificate.authLevel = in.take<quint8>();
    const auto reserved = in.take<quint32>();
    certificate.signature = in.take(crypto::kSignatureSize);
    if (version != kVersion || reserved != 0 || certificate.authLevel < 1 ||
        certificate.authLevel > 3)
        return malformed;
    return certificate;
}

bool verifyPhoneKey(const PhoneKeyCertificate &certificate, const QByteArray &issuerPublicKey)
{
    return certificate.issuerKid == keyIdOf(issuerPublicKey) &&
           crypto::verify(issuerPublicKey, signedBytes(certificate), certificate.signature);
}

} // namespace riderport::protocol
