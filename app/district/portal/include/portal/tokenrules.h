// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "protocol/logintoken.h"
#include "protocol/phonekeycertificate.h"

#include <optional>

namespace riderport::district {

/// A phone decides its own ttl; a longer one than this would make a photographed code worth having.
inline constexpr qint64 kTokenMaxTtlS = 60;
inline constexpr qint64 kTokenClockLimitS = 600; ///< further off than this is a wrong clock

/// The certified key a code names, and whether the issuer's signature over it holds.
struct TokenKey
{
    protocol::PhoneKeyCertificate certificate;
    bool issuerHolds = false;
};

/// One ttl early and one late are accepted. Judges a rolling log-in code as WIRE.md 4 orders it;
/// nothing when it is good. Replay is the caller's. `atS`: Unix seconds of the log-in. `offline`:
/// told afterwards by a kiosk that had judged the age itself, so that age is not judged again.
[[nodiscard]] std::optional<base::Error> judgeToken(const protocol::LoginToken &token,
                                                    const std::optional<TokenKey> &key,
                                                    const protocol::Audience &here, qint64 atS,
                                                    bool offline);

} // namespace riderport::district
