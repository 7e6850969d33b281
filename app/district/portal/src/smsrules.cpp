// SPDX-License-Identifier: Apache-2.0
#include "portal/smsrules.h"

#include "crypto/digest.h"
#include "crypto/random.h"

#include <QRegularExpression>

#include <algorithm>

namespace riderport::district {

using namespace Qt::StringLiterals;

SmsVerdict judgeSmsRequest(const QList<qint64> &sentMs, qint64 nowMs)
{
    qint64 last = -1;
    qint64 oldestToday = nowMs;
    int today = 0;
    for (const qint64 sent : sentMs) {
        last = std::max(last, sent);
        if (sent > nowMs - kSmsDayMs) {
            ++today;
            oldestToday = std::min(oldestToday, sent);
        }
    }
    if (today >= kSmsPerDay)
        return {SmsVerdict::Kind::TooMany, oldestToday + kSmsDayMs - nowMs};
    // A clock set back must not lock anybody out: only the past counts.
    if (last >= 0 && last <= nowMs && nowMs - last < kSmsPauseMs)
        return {SmsVerdict::Kind::TooSoon, last + kSmsPauseMs - nowMs};
    return {};
}

SmsCheck judgeSmsAttempt(SmsCode &code, const QByteArray &attemptHash, qint64 nowMs)
{
    if (code.hash.isEmpty() || code.used || nowMs >= code.createdMs + kSmsCodeLifeMs)
        return {SmsCheck::Kind::Expired, 0};
    if (code.tries >= kSmsTries)
        return {SmsCheck::Kind::UsedUp, 0};
    ++code.tries;
    if (crypto::constantTimeEqual(code.hash, attemptHash)) {
        code.used = true;
        return {SmsCheck::Kind::Right, kSmsTries - code.tries};
    }
    if (code.tries >= kSmsTries)
        return {SmsCheck::Kind::UsedUp, 0};
    return {SmsCheck::Kind::Wrong, kSmsTries - code.tries};
}

QString normalisedMobile(const QString &input)
{
    QString digits = input;
    digits.remove(QRegularExpression(u"[\\s-]"_s));
    static const QRegularExpression prefix(u"^(\\+86|0086|86)(?=1)"_s);
    digits.remove(prefix);
    static const QRegularExpression mobile(u"\\A1[3-9][0-9]{9}\\z"_s);
    return mobile.match(digits).hasMatch() ? digits : QString();
}

QString randomSmsCode()
{
    return u"%1"_s.arg(int(crypto::randomBelow(1'000'000)), 6, 10, QChar(u'0'));
}

} // namespace riderport::district
