// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <functional>

class QTimer;

namespace riderport::district {

/// Kiosks holding a long-poll on a ticket. Loop thread.
class TicketWaiters : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Calls `wake` once: when the ticket changes, or after waitMs.
    void wait(const base::TicketId &id, qint64 waitMs, std::function<void()> wake);
    void notify(const base::TicketId &id);
    /// Answers everybody now; before the server stops.
    void notifyAll();

private:
    struct Waiter
    {
        QTimer *timer = nullptr;
        std::function<void()> wake;
    };
    QHash<base::TicketId, QList<Waiter>> m_waiters;
};

} // namespace riderport::district
