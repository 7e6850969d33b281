// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"

#include <QList>

namespace riderport::district {

/// Stops asking an upstream that mostly fails: open at ≥ 50 % failures over the last 20 calls,
/// after 30 s one call may try again. Monotonic time; one thread.
class CircuitBreaker
{
public:
    explicit CircuitBreaker(const base::Clock &clock)
        : m_clock(&clock)
    {}

    enum class State { Closed, Open, HalfOpen };
    [[nodiscard]] State state() const;

    /// Whether a call may be made now. In the half-open state one caller gets the permission; it
    /// must report() back.
    [[nodiscard]] bool tryAcquire();
    /// The outcome of a call that was permitted. A bureau that answers "no record" has not failed.
    void report(bool success);
    /// Until the next try; 0 unless open.
    [[nodiscard]] qint64 retryAfterMs() const;

    static constexpr qsizetype kWindow = 20;
    static constexpr qint64 kOpenMs = 30'000;

private:
    const base::Clock *m_clock;
    QList<bool> m_outcomes; ///< the newest kWindow, true = success
    qint64 m_openedMs = -1; ///< monotonic; −1 = closed
    bool m_probing = false;
};

} // namespace riderport::district
