// SPDX-License-Identifier: Apache-2.0
#include "ticketkeeper.h"
#include "base/whendone.h"

#include <QLoggingCategory>

#include <algorithm>

namespace riderport::identity {

Q_LOGGING_CATEGORY(lcTicket, "riderport.identity")

using namespace Qt::StringLiterals;
using View = LoginState::Ticket;
using State = TicketStatus::State;

namespace {

constexpr qint64 kHoldMs = 20'000; // below the server's cap and the usual proxy time-outs
constexpr qint64 kRetryOfflineMs = 5'000;
constexpr qint64 kRetryFailedMs = 15'000;

} // namespace

TicketKeeper::TicketKeeper(const base::Clock &clock, DistrictLogin &district, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_district(district)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TicketKeeper::check);
}

QString TicketKeeper::url() const
{
    return showing() ? m_ticket.url : QString();
}

QString TicketKeeper::matchCode() const
{
    return showing() ? m_ticket.matchCode : QString();
}

bool TicketKeeper::showing() const
{
    return m_state == View::Showing || m_state == View::Scanned;
}

void TicketKeeper::start()
{
    if (m_running)
        return;
    m_running = true;
    request();
}

void TicketKeeper::stop()
{
    if (!m_running)
        return;
    m_running = false;
    // Nobody may confirm a ticket that no screen shows.
    if (showing() && m_online)
        m_district.cancelTicket(m_ticket.id);
    ++m_generation;
    m_ticket = {};
    m_retryAt = 0;
    m_timer.stop();
    enter(View::None);
}

void TicketKeeper::renew()
{
    if (!m_running || m_state == View::Requesting)
        return;
    if (showing() && m_online)
        m_district.cancelTicket(m_ticket.id);
    request();
}

void TicketKeeper::setOnline(bool online)
{
    if (m_online == online)
        return;
    m_online = online;
    if (!m_running)
        return;
    if (!online)
        linkLost();
    else if (m_state == View::Offline)
        request();
}

void TicketKeeper::request()
{
    m_ticket = {};
    m_retryAt = 0;
    const quint64 generation = ++m_generation;
    if (!m_online) {
        linkLost();
        return;
    }
    // "Expired" stays on screen until the fresh ticket is there.
    if (m_state != View::Expired)
        enter(View::Requesting);
    base::whenDone(m_district.createTicket(), this,
                   [this, generation](const base::Result<Ticket> &result) {
                       if (generation == m_generation)
                           onCreated(result);
                       else if (result) // made for a page that is gone
                           m_district.cancelTicket(result->id);
                   });
}

void TicketKeeper::onCreated(const base::Result<Ticket> &result)
{
    if (!result) {
        if (noVerdict(result.error().kind)) {
            linkLost();
            retryIn(kRetryOfflineMs);
            return;
        }
        qCWarning(lcTicket) << "no ticket:" << result.error().code;
        enter(View::None);
        Q_EMIT failed(result.error());
        retryIn(kRetryFailedMs);
        return;
    }
    m_ticket = *result;
    m_known = State::Created;
    m_expiresAt = m_clock.monotonicMs() + m_ticket.expiresInMs;
    m_secondsLeft = int((m_ticket.expiresInMs + 999) / 1000);
    enter(View::Showing);
    follow();
    arm();
}

void TicketKeeper::follow()
{
    const quint64 generation = m_generation;
    base::whenDone(m_district.ticketStatus(m_ticket.id, m_known, kHoldMs), this,
                   [this, generation](const base::Result<TicketStatus> &result) {
                       if (generation == m_generation)
                           onStatus(result);
                   });
}

void TicketKeeper::onStatus(const base::Result<TicketStatus> &result)
{
    if (!result) {
        if (noVerdict(result.error().kind)) {
            // The ticket may still be confirmed: keep it and ask again until it expires.
            m_retryAt = m_clock.monotonicMs() + 1'000;
            arm();
            return;
        }
        qCWarning(lcTicket) << "ticket lost:" << result.error().code;
        expire();
        return;
    }
    m_known = result->state;
    switch (result->state) {
    case State::Created:
        follow();
        break;
    case State::Scanned:
        enter(View::Scanned);
        follow();
        break;
    case State::Confirmed: {
        if (!result->worker) {
            expire();
            return;
        }
        const domain::WorkerIdentity worker = *result->worker;
        ++m_generation;
        m_ticket = {};
        m_timer.stop();
        enter(View::None);
        Q_EMIT confirmed(worker);
        break;
    }
    case State::Expired:
        expire();
        break;
    case State::Cancelled:
        ++m_generation;
        m_ticket = {};
        m_timer.stop();
        enter(View::Cancelled);
        break;
    }
}

void TicketKeeper::expire()
{
    m_secondsLeft = 0;
    enter(View::Expired);
    request();
}

void TicketKeeper::linkLost()
{
    ++m_generation;
    m_ticket = {};
    m_retryAt = 0;
    m_secondsLeft = 0;
    m_timer.stop();
    enter(View::Offline);
}

void TicketKeeper::check()
{
    if (!m_running)
        return;
    const qint64 now = m_clock.monotonicMs();
    if (showing()) {
        if (now >= m_expiresAt) {
            expire();
            return;
        }
        const int left = int((m_expiresAt - now + 999) / 1000);
        if (left != m_secondsLeft) {
            m_secondsLeft = left;
            Q_EMIT changed();
        }
    }
    if (m_retryAt != 0 && now >= m_retryAt) {
        m_retryAt = 0;
        if (showing())
            follow();
        else
            request();
    }
    arm();
}

void TicketKeeper::retryIn(qint64 ms)
{
    m_retryAt = m_clock.monotonicMs() + ms;
    arm();
}

void TicketKeeper::enter(View state)
{
    if (!showing() && state != View::Showing && state != View::Scanned)
        m_secondsLeft = 0;
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT changed();
}

void TicketKeeper::arm()
{
    if (!m_running)
        return;
    const qint64 now = m_clock.monotonicMs();
    qint64 wait = -1;
    if (showing())
        wait = std::max<qint64>(0, (m_expiresAt - now - 1) % 1000 + 1);
    if (m_retryAt != 0)
        wait = wait < 0 ? std::max<qint64>(0, m_retryAt - now)
                        : std::min(wait, std::max<qint64>(0, m_retryAt - now));
    if (wait >= 0)
        m_timer.start(int(wait));
}

} // namespace riderport::identity
