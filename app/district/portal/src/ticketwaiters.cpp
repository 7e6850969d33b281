// SPDX-License-Identifier: Apache-2.0
#include "ticketwaiters.h"

#include <QTimer>

namespace riderport::district {

void TicketWaiters::wait(const base::TicketId &id, qint64 waitMs, std::function<void()> wake)
{
    auto *timer = new QTimer(this);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, id] { notify(id); });
    m_waiters[id].append({timer, std::move(wake)});
    timer->start(int(waitMs));
}

void TicketWaiters::notify(const base::TicketId &id)
{
    const QList<Waiter> waiters = m_waiters.take(id);
    for (const Waiter &waiter : waiters) {
        waiter.timer->deleteLater();
        waiter.wake();
    }
}

void TicketWaiters::notifyAll()
{
    const QList<base::TicketId> ids = m_waiters.keys();
    for (const base::TicketId &id : ids)
        notify(id);
}

} // namespace riderport::district
