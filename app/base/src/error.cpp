// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <array>
#include <utility>

namespace riderport::base {

using namespace Qt::StringLiterals;

namespace {

struct KindName
{
    ErrorKind kind;
    const char16_t *name;
};

constexpr std::array kKindNames{
        KindName{ErrorKind::Invalid, u"invalid"},
        KindName{ErrorKind::Unauthorized, u"unauthorized"},
        KindName{ErrorKind::Forbidden, u"forbidden"},
        KindName{ErrorKind::NotFound, u"not-found"},
        KindName{ErrorKind::Conflict, u"conflict"},
        KindName{ErrorKind::Replay, u"replay"},
        KindName{ErrorKind::Expired, u"expired"},
        KindName{ErrorKind::ClockSkew, u"clock-skew"},
        KindName{ErrorKind::Offline, u"offline"},
        KindName{ErrorKind::Timeout, u"timeout"},
        KindName{ErrorKind::Unavailable, u"unavailable"},
        KindName{ErrorKind::RateLimited, u"rate-limited"},
        KindName{ErrorKind::Corrupt, u"corrupt"},
        KindName{ErrorKind::Storage, u"storage"},
        KindName{ErrorKind::TooLarge, u"too-large"},
        KindName{ErrorKind::Unsupported, u"unsupported"},
        KindName{ErrorKind::Cancelled, u"cancelled"},
        KindName{ErrorKind::Internal, u"internal"},
};

} // namespace

QString errorKindName(ErrorKind kind)
{
    for (const auto &entry : kKindNames) {
        if (entry.kind == kind)
            return QString::fromUtf16(entry.name);
    }
    return u"internal"_s;
}

ErrorKind errorKindFromName(const QString &name)
{
    for (const auto &entry : kKindNames) {
        if (name == QStringView(entry.name))
            return entry.kind;
    }
    return ErrorKind::Internal;
}

} // namespace riderport::base
