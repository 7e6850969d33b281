// SPDX-License-Identifier: Apache-2.0
#include "portal/ratelimiter.h"

namespace riderport::district {

namespace {
constexpr qsizetype kMaxKeys = 50'000;
}

RateLimiter::RateLimiter(int limit, qint64 windowMs)
    : m_limit(limit)
    , m_windowMs(windowMs)
{}

qint64 RateLimiter::take(const QString &key, qint64 nowMs)
{
    if (m_windows.size() >= kMaxKeys)
        m_windows.removeIf([&](QHash<QString, Window>::iterator it) {
            return nowMs - it->startMs >= m_windowMs;
        });
    if (m_windows.size() >= kMaxKeys && !m_windows.contains(key))
        return m_windowMs; // under attack from very many addresses: new ones wait
    Window &window = m_windows[key];
    if (window.count == 0 || nowMs - window.startMs >= m_windowMs)
        window = {nowMs, 0};
    if (window.count >= m_limit)
        return window.startMs + m_windowMs - nowMs;
    ++window.count;
    return 0;
}

} // namespace riderport::district
