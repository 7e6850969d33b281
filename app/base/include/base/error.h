// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMetaType>
#include <QString>

namespace riderport::base {

/// Why something failed, coarse enough that each flow can fix one propagation policy per kind.
enum class ErrorKind {
    Invalid,      ///< the input breaks a rule; repeating it cannot help
    Unauthorized, ///< the caller could not prove who it is
    Forbidden,    ///< known caller, not allowed
    NotFound,
    Conflict,    ///< the state changed underneath, or one id was used for two contents
    Replay,      ///< a single-use value was seen before
    Expired,     ///< was valid, is not any more
    ClockSkew,   ///< the two clocks differ too much to judge
    Offline,     ///< the district server cannot be reached
    Timeout,     ///< no answer within the agreed time; the effect is unknown
    Unavailable, ///< a bureau or device behind us is down
    RateLimited,
    Corrupt, ///< stored or received bytes fail their check
    Storage, ///< disk full, read-only or broken
    TooLarge,
    Unsupported, ///< version or feature this build does not speak
    Cancelled,
    Internal, ///< our own defect
};

/// A failure as a value. `code` is stable and machine-readable ("token.expired"), shown small to
/// staff and used to pick the translated sentence; `detail` is for the log only and must never
/// contain personal data or secrets.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString code;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

/// Stable lower-case name of a kind, for logs and wire answers.
[[nodiscard]] QString errorKindName(ErrorKind kind);
/// Inverse of errorKindName(); an unknown name is Internal, because a peer may be newer than we
/// are.
[[nodiscard]] ErrorKind errorKindFromName(const QString &name);

} // namespace riderport::base

Q_DECLARE_METATYPE(riderport::base::Error)
