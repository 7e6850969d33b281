// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace riderport::sim {

/// What goes wrong with one request.
struct Fault
{
    QString error; ///< a normalised code, or HTTP_500, SECRET_EXPIRED, FOREIGN_PERSON,
                   ///< UNKNOWN_CODES, OMIT_FIELDS, STALE; empty = none
    int latencyMs = 0;
    bool hang = false;    ///< accepts, never answers
    bool garbage = false; ///< 200 with bytes that are no JSON
    bool gbk = false;     ///< GBK without saying so
    bool drop = false;    ///< closes the connection instead of answering
};

/// Faults waiting for the next requests, in the order in which they were asked for.
class FaultScript
{
public:
    /// {upstream?:"A"|"B"|"*", error?, latency_ms?, hang?, garbage?, gbk?, drop?, count?,
    /// subject?}. Without upstream and subject it applies to all; count is 1 by default, at most
    /// 10,000. Code script.invalid for unknown keys and words, script.full above 100 entries.
    [[nodiscard]] base::Result<void> add(const QJsonObject &order);
    /// The fault for one request, used up by it. subject 0 = unknown.
    [[nodiscard]] Fault take(const QString &upstream, quint64 subject);
    void clear() { m_orders.clear(); }
    [[nodiscard]] qsizetype pending() const { return m_orders.size(); }

private:
    struct Order
    {
        QString upstream;
        quint64 subject = 0;
        int count = 1;
        Fault fault;
    };
    QList<Order> m_orders;
};

} // namespace riderport::sim
