// SPDX-License-Identifier: Apache-2.0
#include "transport/backoff.h"

#include "crypto/random.h"

namespace riderport::transport {

namespace {

constexpr quint32 kSteps = 1U << 30;
constexpr int kMaxShift = 20; // far beyond the cap, and no overflow

} // namespace

Backoff::Backoff(std::function<double()> uniform)
    : m_uniform(std::move(uniform))
{
    if (!m_uniform)
        m_uniform = [] { return double(crypto::randomBelow(kSteps)) / kSteps; };
}

qint64 Backoff::nextDelayMs(qint64 retryAfterMs)
{
    ++m_failures;
    const qint64 ceiling = qMin(kCapMs, kFirstMs << qMin(m_failures, kMaxShift));
    const qint64 drawn = qint64(m_uniform() * double(ceiling));
    return qMax(drawn, qMin(retryAfterMs, kMaxRetryAfterMs));
}

} // namespace riderport::transport
