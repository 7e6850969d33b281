// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

namespace riderport::district {

/// Counts requests per key in fixed windows, in memory: slows down somebody who tries many numbers
/// from one address. Whole mobile networks share an address, so the limits are wide; the strict
/// ones are per mobile and live in the store.
class RateLimiter
{
public:
    /// At most `limit` per `windowMs` and key.
    RateLimiter(int limit, qint64 windowMs);
    /// Counts one; 0 when allowed, otherwise milliseconds until the window ends.
    [[nodiscard]] qint64 take(const QString &key, qint64 nowMonotonicMs);

private:
    struct Window
    {
        qint64 startMs = 0;
        int count = 0;
    };
    const int m_limit;
    const qint64 m_windowMs;
    QHash<QString, Window> m_windows;
};

} // namespace riderport::district
