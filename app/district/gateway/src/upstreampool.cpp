// SPDX-License-Identifier: Apache-2.0
#include "gateway/upstreampool.h"

#include "upstreamask.h"

namespace riderport::district {

UpstreamPool::UpstreamPool(UpstreamTransport &transport, const base::Clock &clock,
                           UpstreamLimits limits)
    : m_transport(transport)
    , m_clock(clock)
    , m_limits(limits)
{}

UpstreamPool::~UpstreamPool()
{
    // Questions under way hold references into the pool: they go first.
    qDeleteAll(findChildren<UpstreamAsk *>(QString(), Qt::FindDirectChildrenOnly));
}

void UpstreamPool::setEndpoints(const QMap<QString, UpstreamEndpoint> &endpoints)
{
    m_families.clear();
    for (auto it = endpoints.begin(); it != endpoints.end(); ++it) {
        auto signer = makeUpstreamFamily(it.key(), it.value(), m_clock, m_transport);
        if (signer)
            m_families.emplace(it.key(),
                               std::make_shared<Family>(Family{it.value(), std::move(signer),
                                                               CircuitBreaker(m_clock), 0}));
    }
}

CircuitBreaker::State UpstreamPool::state(const QString &family) const
{
    const auto found = m_families.find(family);
    return found == m_families.end() ? CircuitBreaker::State::Closed
                                     : found->second->breaker.state();
}

QFuture<UpstreamOutcome> UpstreamPool::ask(const UpstreamOperation &operation,
                                           const AskedFor &asked, const QString &trace)
{
    auto *ask = new UpstreamAsk(*this, operation, asked, trace);
    QFuture<UpstreamOutcome> future = ask->future();
    ask->start();
    return future;
}

} // namespace riderport::district
