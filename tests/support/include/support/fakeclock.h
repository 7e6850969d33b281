// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"

#include <atomic>

namespace riderport::test {

/// A clock that moves only when told to.
class FakeClock final : public base::Clock
{
public:
    explicit FakeClock(qint64 wallMs = 1'795'000'000'000)
        : m_wall(wallMs)
    {}

    [[nodiscard]] qint64 wallMs() const override { return m_wall; }
    [[nodiscard]] qint64 monotonicMs() const override { return m_monotonic; }
    [[nodiscard]] QString bootId() const override { return QStringLiteral("test-boot"); }

    /// Time passes.
    void advance(qint64 ms)
    {
        m_wall += ms;
        m_monotonic += ms;
    }
    /// Somebody set the wall clock; monotonic time does not notice.
    void jumpWall(qint64 ms) { m_wall += ms; }

private:
    std::atomic<qint64> m_wall;
    std::atomic<qint64> m_monotonic{1'000'000};
};

} // namespace riderport::test
