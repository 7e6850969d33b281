// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <functional>

namespace riderport::transport {

/// Full jitter: after n failures in a row wait U(0, min(60 s, 0.5 s · 2^n)), and at least what the
/// server asked for with Retry-After (at most 10 min are believed).
class Backoff
{
public:
    static constexpr qint64 kFirstMs = 500;
    static constexpr qint64 kCapMs = 60'000;
    static constexpr qint64 kMaxRetryAfterMs = 600'000;

    /// `uniform` returns numbers in [0, 1); by default from the kernel's generator.
    explicit Backoff(std::function<double()> uniform = {});

    /// Counts one failure and says how long to wait. `retryAfterMs` < 0: the server said nothing.
    [[nodiscard]] qint64 nextDelayMs(qint64 retryAfterMs = -1);
    void reset() { m_failures = 0; }
    [[nodiscard]] int failures() const { return m_failures; }

private:
    std::function<double()> m_uniform;
    int m_failures = 0;
};

} // namespace riderport::transport
