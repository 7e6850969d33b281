// SPDX-License-Identifier: Apache-2.0
#include "identity/tokenverifier.h"

#include "crypto/signing.h"
#include "protocol/phonekeycertificate.h"

#include <algorithm>

namespace riderport::identity {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qint64 kClockToleranceS = 600;
// A phone decides its own ttl; a longer one than this would make a photographed code worth having.
constexpr qint64 kMaxTtlS = 60;
// Far longer than a code lives: a kiosk whose clock is set back must still know the code.
constexpr qint64 kRememberMs = 24LL * 3'600'000;

} // namespace

base::Result<protocol::LoginToken> TokenVerifier::inspect(const QString &text) const
{
    auto token = protocol::decodeLoginToken(text);
    if (!token)
        return token;
    if (token->audience.district != m_here.district) {
        return Error{ErrorKind::Forbidden, u"token.foreign-district"_s,
                     QString::number(token->audience.district)};
    }
    if (token->audience.station != m_here.station) {
        return Error{ErrorKind::Forbidden, u"token.other-station"_s,
                     QString::number(token->audience.station)};
    }
    return token;
}

base::Result<VerifiedCode> TokenVerifier::judge(const protocol::LoginToken &token,
                                                const KeyMaterial &keys, qint64 nowMs)
{
    if (keys.certificate.isEmpty())
        return Error{ErrorKind::Unauthorized, u"token.unknown-key"_s, {}};

    const Error keyForged{ErrorKind::Unauthorized, u"token.key-forged"_s, {}};
    const auto certificate = protocol::decodePhoneKey(keys.certificate);
    if (!certificate || protocol::keyIdOf(certificate->publicKey) != token.kid)
        return keyForged;
    const QByteArray issuer = keys.issuers.value(certificate->issuerKid);
    if (issuer.isEmpty() || !protocol::verifyPhoneKey(*certificate, issuer))
        return keyForged;

    const qint64 now = nowMs / 1000;
    if (now < qint64(certificate->notBefore) || now > qint64(certificate->notAfter))
        return Error{ErrorKind::Expired, u"token.key-expired"_s, {}};

    // A genuine key that speaks for somebody else is a forgery of the code, not of the key.
    if (token.subject != certificate->subject ||
        !crypto::verify(certificate->publicKey, protocol::loginTokenSignedBytes(token),
                        token.signature))
        return Error{ErrorKind::Unauthorized, u"token.forged"_s, {}};

    const qint64 age = now - qint64(token.issued);
    if (age > kClockToleranceS || age < -kClockToleranceS)
        return Error{ErrorKind::ClockSkew, u"token.clock"_s, u"age %1 s"_s.arg(age)};
    const qint64 step = std::clamp<qint64>(token.ttl, 1, kMaxTtlS);
    if (age >= 2 * step)
        return Error{ErrorKind::Expired, u"token.expired"_s, u"age %1 s"_s.arg(age)};
    if (age < -step)
        return Error{ErrorKind::ClockSkew, u"token.not-yet-valid"_s, u"age %1 s"_s.arg(age)};

    return describe(token, certificate->authLevel);
}

VerifiedCode TokenVerifier::describe(const protocol::LoginToken &token, int authLevel)
{
    VerifiedCode code;
    code.worker = base::WorkerId(u'W' + QString::number(token.subject));
    code.authLevel = authLevel;
    code.kid = token.kid;
    code.nonce = token.nonce;
    code.rememberUntilMs = qint64(token.issued) * 1000 + kRememberMs;
    return code;
}

} // namespace riderport::identity
