// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace riderport::district {

inline constexpr qint64 kSmsCodeLifeMs = 5 * 60'000;
inline constexpr int kSmsTries = 5;
inline constexpr qint64 kSmsPauseMs = 60'000;
inline constexpr int kSmsPerDay = 10;
inline constexpr qint64 kSmsDayMs = 24 * 3600'000LL;

/// Whether one more code may go to a number. The rules are the same for numbers nobody registered,
/// so that the answers do not tell who is.
struct SmsVerdict
{
    enum class Kind { Send, TooSoon, TooMany };
    Kind kind = Kind::Send;
    qint64 retryAfterMs = kSmsPauseMs; ///< until the next one may be asked for
};

/// `sentMs`: when codes went to this number before, any order.
[[nodiscard]] SmsVerdict judgeSmsRequest(const QList<qint64> &sentMs, qint64 nowMs);

/// The newest code of a number, as stored.
struct SmsCode
{
    QByteArray hash; ///< keyed hash of number and code
    qint64 createdMs = 0;
    int tries = 0;
    bool used = false;
};

struct SmsCheck
{
    enum class Kind { Right, Wrong, Expired, UsedUp };
    Kind kind = Kind::Expired;
    int triesLeft = 0;
};

/// Judges one attempt and counts it in `code`. A missing code is an expired one.
[[nodiscard]] SmsCheck judgeSmsAttempt(SmsCode &code, const QByteArray &attemptHash, qint64 nowMs);

/// 11 digits without +86, blanks and hyphens; empty when it is no mobile number.
[[nodiscard]] QString normalisedMobile(const QString &input);
/// Six random digits.
[[nodiscard]] QString randomSmsCode();

} // namespace riderport::district
