// SPDX-License-Identifier: Apache-2.0
#include "portal/tokenrules.h"

#include "crypto/signing.h"

#include <algorithm>

namespace riderport::district {

using namespace Qt::StringLiterals;

std::optional<base::Error> judgeToken(const protocol::LoginToken &token,
                                      const std::optional<TokenKey> &key,
                                      const protocol::Audience &here, qint64 atS, bool offline)
{
    using base::Error;
    using base::ErrorKind;
    if (token.audience.district != here.district)
        return Error{ErrorKind::Forbidden, u"token.foreign-district"_s, {}};
    if (token.audience.station != here.station)
        return Error{ErrorKind::Forbidden, u"token.other-station"_s, {}};
    if (!key)
        return Error{ErrorKind::Unauthorized, u"token.unknown-key"_s, {}};
    const protocol::PhoneKeyCertificate &certificate = key->certificate;
    if (!key->issuerHolds || protocol::keyIdOf(certificate.publicKey) != token.kid)
        return Error{ErrorKind::Unauthorized, u"token.key-forged"_s, {}};
    if (atS > certificate.notAfter || atS < certificate.notBefore)
        return Error{ErrorKind::Expired, u"token.key-expired"_s, {}};
    // A genuine key that speaks for somebody else is a forgery of the code, not of the key.
    if (certificate.subject != token.subject ||
        !crypto::verify(certificate.publicKey, protocol::loginTokenSignedBytes(token),
                        token.signature))
        return Error{ErrorKind::Unauthorized, u"token.forged"_s, {}};
    if (offline)
        return {};
    const qint64 age = atS - qint64(token.issued);
    if (age > kTokenClockLimitS || age < -kTokenClockLimitS)
        return Error{ErrorKind::ClockSkew, u"token.clock"_s, {}};
    const qint64 step = std::clamp<qint64>(token.ttl, 1, kTokenMaxTtlS);
    if (age >= 2 * step)
        return Error{ErrorKind::Expired, u"token.expired"_s, {}};
    if (age < -step)
        return Error{ErrorKind::ClockSkew, u"token.not-yet-valid"_s, {}};
    return {};
}

} // namespace riderport::district
