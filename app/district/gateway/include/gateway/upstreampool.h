// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/answermapper.h"
#include "gateway/circuitbreaker.h"
#include "gateway/upstreamfamily.h"

#include <QObject>

#include <map>
#include <memory>

namespace riderport::district {

/// What came of asking the bureaus. `code` is "OK" or a normalised code; there is always one.
struct UpstreamOutcome
{
    MappedAnswer answer;
    QString system;
    bool demo = false;
    int retryAfterS = 0;
};

struct UpstreamLimits
{
    int connectMs = 3000;
    int readMs = 10'000;
    int totalMs = 15'000;
    int retries = 2;       ///< after a broken connection or a 5xx, for look-ups only
    int retryBaseMs = 200; ///< waits base … 3 × base
    /// Per family; more are turned away. Qt opens six connections to one host: a seventh request
    /// would wait for a connection and look like a bureau that does not answer.
    int maxConcurrent = 6;
};

/// The bureaus behind the gateway: per family one endpoint, circuit breaker and bulkhead. Loop
/// thread.
class UpstreamPool : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive the pool.
    UpstreamPool(UpstreamTransport &transport, const base::Clock &clock,
                 UpstreamLimits limits = {});
    ~UpstreamPool() override;

    /// Replaces the endpoints; calls under way finish with the old ones.
    void setEndpoints(const QMap<QString, UpstreamEndpoint> &endpoints);
    [[nodiscard]] CircuitBreaker::State state(const QString &family) const;

    /// Asks the sources in order until one answers, within totalMs. A source that is closed, broken
    /// or silent passes the question on; an answer that is an answer does not.
    [[nodiscard]] QFuture<UpstreamOutcome> ask(const UpstreamOperation &operation,
                                               const AskedFor &asked, const QString &trace);

private:
    friend class UpstreamAsk;
    struct Family
    {
        UpstreamEndpoint endpoint;
        std::unique_ptr<UpstreamFamily> signer;
        CircuitBreaker breaker;
        int running = 0;
    };

    UpstreamTransport &m_transport;
    const base::Clock &m_clock;
    const UpstreamLimits m_limits;
    std::map<QString, std::shared_ptr<Family>> m_families;
};

} // namespace riderport::district
