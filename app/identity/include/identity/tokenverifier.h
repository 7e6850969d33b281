// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/strongid.h"
#include "protocol/logintoken.h"

#include <QByteArray>
#include <QMap>

namespace riderport::identity {

/// Keys a rolling code is judged by, as the sync feed brought them.
struct KeyMaterial
{
    QByteArray certificate;               ///< the row phone_key/<kid>, decoded; empty = no such row
    QMap<QByteArray, QByteArray> issuers; ///< 4-byte kid → public key, rows of issuer_key
};

/// A rolling code that passed everything but the replay check.
struct VerifiedCode
{
    base::WorkerId worker;
    int authLevel = 1;
    QByteArray kid; ///< with `nonce`: equal for every copy of the same code
    QByteArray nonce;
    qint64 rememberUntilMs = 0; ///< Unix ms; how long the code must be remembered
};

/// Judges rolling log-in codes without the network (app/docs/WIRE.md 4). Pure: the caller brings
/// keys and time and asks the replay store last. Checks run in the order of the wire document, so
/// every code has one meaning.
class TokenVerifier
{
public:
    /// `here` is the station this kiosk stands in.
    explicit TokenVerifier(protocol::Audience here)
        : m_here(here)
    {}

    /// Shape and audience. Codes: token.too-long, token.malformed, token.version,
    /// token.foreign-district, token.other-station.
    [[nodiscard]] base::Result<protocol::LoginToken> inspect(const QString &text) const;

    /// Keys, signatures, age. Codes: token.unknown-key, token.key-forged, token.key-expired,
    /// token.forged, token.clock, token.expired, token.not-yet-valid.
    [[nodiscard]] static base::Result<VerifiedCode> judge(const protocol::LoginToken &token,
                                                          const KeyMaterial &keys, qint64 nowMs);

    /// What a token says about itself, unproved: for a code whose judge was the server.
    [[nodiscard]] static VerifiedCode describe(const protocol::LoginToken &token, int authLevel);

private:
    protocol::Audience m_here;
};

} // namespace riderport::identity
