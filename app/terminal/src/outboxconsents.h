// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "services/serviceports.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace riderport::storage {
class CacheReader;
}
namespace riderport::sync {
class Outbox;
}

namespace riderport::terminal {

/// services::ConsentLedger: reads the worker's own rows of the feed, writes operations. Remembers
/// only what belongs to the running session.
class OutboxConsents final : public QObject, public services::ConsentLedger
{
    Q_OBJECT
public:
    OutboxConsents(sync::Outbox &outbox, storage::CacheReader &cache, const base::Clock &clock);

    QFuture<base::Result<bool>> isGiven(const base::WorkerId &worker, const QString &group,
                                        int version) override;
    QFuture<base::Result<void>> give(const base::WorkerId &worker, const QString &group,
                                     int version) override;
    QFuture<base::Result<void>> delivered(const base::WorkerId &worker,
                                          const QString &group) override;
    QFuture<base::Result<void>> queue(const base::WorkerId &worker, const base::ServiceId &service,
                                      const QJsonObject &params) override;

    /// The session is over.
    void forget();

private:
    struct Given
    {
        int version = 0;
        QString opId; ///< empty once the district has it
        base::Result<void> outcome;
        std::function<void(const base::Result<void> &)> waiting;
    };
    static QString keyOf(const base::WorkerId &worker, const QString &group);
    void settle(const QString &opId, const base::Result<void> &outcome);

    sync::Outbox &m_outbox;
    storage::CacheReader &m_cache;
    const base::Clock &m_clock;
    QHash<QString, Given> m_given;
    QTimer m_patience;
};

} // namespace riderport::terminal
