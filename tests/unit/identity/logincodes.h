// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/signing.h"
#include "identity/tokenverifier.h"
#include "protocol/logintoken.h"
#include "protocol/phonekeycertificate.h"

namespace riderport::test {

/// An issuer, a phone certified by it, and the codes that phone shows.
struct LoginCodes
{
    static constexpr protocol::Audience kHere{420303, 1};

    crypto::KeyPair issuer = crypto::keyPairFromSeed(QByteArray(32, 'i')).value();
    crypto::KeyPair phone = crypto::keyPairFromSeed(QByteArray(32, 'p')).value();
    qint64 nowS = 1'795'000'000;

    [[nodiscard]] protocol::PhoneKeyCertificate certificate() const
    {
        protocol::PhoneKeyCertificate certificate;
        certificate.publicKey = phone.publicKey;
        certificate.subject = 42;
        certificate.notBefore = quint32(nowS - 30 * 86'400);
        certificate.notAfter = quint32(nowS + 30 * 86'400);
        certificate.authLevel = 2;
        return certificate;
    }
    [[nodiscard]] identity::KeyMaterial keys(const protocol::PhoneKeyCertificate &unsignedOne) const
    {
        identity::KeyMaterial material;
        material.certificate = protocol::encodePhoneKey(
                protocol::signPhoneKey(unsignedOne, issuer.publicKey, issuer.secretKey));
        material.issuers.insert(protocol::keyIdOf(issuer.publicKey), issuer.publicKey);
        return material;
    }
    [[nodiscard]] identity::KeyMaterial keys() const { return keys(certificate()); }

    [[nodiscard]] protocol::LoginToken token() const
    {
        protocol::LoginToken token;
        token.kid = protocol::keyIdOf(phone.publicKey);
        token.subject = 42;
        token.audience = kHere;
        token.issued = quint32(nowS);
        token.ttl = 30;
        token.nonce = QByteArray("\x01\x02\x03\x04", 4);
        return token;
    }
    [[nodiscard]] protocol::LoginToken signedToken(const protocol::LoginToken &plain) const
    {
        return protocol::signLoginToken(plain, phone.secretKey);
    }
    [[nodiscard]] QString code(const protocol::LoginToken &plain) const
    {
        return protocol::encodeLoginToken(signedToken(plain));
    }
    [[nodiscard]] QString code() const { return code(token()); }
};

} // namespace riderport::test
