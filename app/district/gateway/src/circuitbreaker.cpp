// SPDX-License-Identifier: Apache-2.0
#include "gateway/circuitbreaker.h"

#include <algorithm>

namespace riderport::district {

CircuitBreaker::State CircuitBreaker::state() const
{
    if (m_openedMs < 0)
        return State::Closed;
    return m_clock->monotonicMs() - m_openedMs >= kOpenMs ? State::HalfOpen : State::Open;
}

bool CircuitBreaker::tryAcquire()
{
    switch (state()) {
    case State::Closed:
        return true;
    case State::Open:
        return false;
    case State::HalfOpen:
        return !std::exchange(m_probing, true);
    }
    return false;
}

void CircuitBreaker::report(bool success)
{
    if (m_openedMs >= 0) {
        // Calls that began before the circuit opened say nothing about the present.
        if (!std::exchange(m_probing, false))
            return;
        m_outcomes.clear();
        m_openedMs = success ? -1 : m_clock->monotonicMs();
        return;
    }
    m_outcomes.append(success);
    if (m_outcomes.size() > kWindow)
        m_outcomes.removeFirst();
    if (m_outcomes.size() == kWindow && m_outcomes.count(false) * 2 >= kWindow)
        m_openedMs = m_clock->monotonicMs();
}

qint64 CircuitBreaker::retryAfterMs() const
{
    if (m_openedMs < 0)
        return 0;
    return std::max<qint64>(0, m_openedMs + kOpenMs - m_clock->monotonicMs());
}

} // namespace riderport::district
