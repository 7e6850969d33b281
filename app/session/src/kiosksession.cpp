// SPDX-License-Identifier: Apache-2.0
#include "session/kiosksession.h"

#include <QLoggingCategory>

#include <algorithm>

namespace riderport::session {

Q_LOGGING_CATEGORY(lcSession, "riderport.session")

using Phase = SessionState::Phase;

KioskSession::KioskSession(const base::Clock &clock, SessionPolicy policy, QObject *parent)
    : Session(parent)
    , m_clock(clock)
    , m_policy(policy)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &KioskSession::check);
}

qint64 KioskSession::idleMs() const
{
    if (m_state.phase == Phase::Guest)
        return scaled(m_policy.guestIdleMs);
    return scaled(m_formOpen ? m_policy.formIdleMs : m_policy.activeIdleMs);
}

qint64 KioskSession::wipeAt() const
{
    return std::min(m_warningSince + scaled(m_policy.warningMs), m_began + m_policy.hardLimitMs);
}

void KioskSession::noteActivity()
{
    if (m_state.phase == Phase::Warning)
        return;
    // A touch that arrives after the deadline, but before the timer was served, must not rescue a
    // session that is already over: the next person may be standing there.
    check();
    if (m_state.phase == Phase::Warning)
        return;
    m_lastActivity = m_clock.monotonicMs();
    if (m_state.phase == Phase::Attract)
        setPhase(Phase::Guest);
    arm();
}

void KioskSession::begin(const domain::WorkerIdentity &worker)
{
    if (m_state.worker)
        end(EndReason::Replaced);
    const qint64 now = m_clock.monotonicMs();
    m_state.worker = worker;
    m_lastActivity = now;
    m_began = now;
    m_limitAnnounced = false;
    m_state.secondsLeft = 0;
    m_state.phase = Phase::Active;
    qCInfo(lcSession) << "session began" << (worker.verifiedOffline ? "offline" : "online");
    Q_EMIT stateChanged();
    arm();
}

void KioskSession::confirm(const domain::WorkerIdentity &worker)
{
    if (!m_state.worker || m_state.worker->id != worker.id) {
        qCInfo(lcSession) << "a confirmation came too late and was dropped";
        return;
    }
    if (*m_state.worker == worker)
        return;
    m_state.worker = worker;
    Q_EMIT stateChanged();
}

void KioskSession::extend()
{
    if (m_state.phase != Phase::Warning)
        return;
    check();
    if (m_state.phase != Phase::Warning)
        return;
    m_lastActivity = m_clock.monotonicMs();
    m_state.secondsLeft = 0;
    setPhase(Phase::Active);
    arm();
}

void KioskSession::end(EndReason reason)
{
    if (m_state.phase == Phase::Attract || m_ending)
        return;
    m_ending = true;
    m_timer.stop();
    const bool hadWorker = m_state.worker.has_value();
    // The identity goes first: whatever reacts to a wipe must already find nobody logged in.
    m_state.worker.reset();
    m_state.secondsLeft = 0;
    m_formOpen = false;
    m_limitAnnounced = false;
    const bool stay = reason == EndReason::LoggedOut || reason == EndReason::Replaced;
    m_state.phase = stay ? Phase::Guest : Phase::Attract;
    m_lastActivity = m_clock.monotonicMs();
    wipeAll();
    m_ending = false;
    qCInfo(lcSession) << (hadWorker ? "session ended, reason" : "visit ended, reason")
                      << int(reason);
    Q_EMIT stateChanged();
    Q_EMIT ended(reason);
    arm();
}

void KioskSession::wipeAll()
{
    const QList<Wipeable *> order = m_wipeables;
    for (Wipeable *wipeable : order) {
        // One wipe may remove another object (a page that goes away with its view model).
        if (m_wipeables.contains(wipeable))
            wipeable->wipe();
    }
}

void KioskSession::setFormOpen(bool open)
{
    if (m_formOpen == open)
        return;
    m_formOpen = open;
    // Leaving a form must not end the session on the spot because the shorter time is already over.
    if (!open && m_state.phase == Phase::Active)
        m_lastActivity = std::max(m_lastActivity, m_clock.monotonicMs() - idleMs() / 2);
    arm();
}

void KioskSession::setSlow(bool slow)
{
    if (m_slow == slow)
        return;
    m_slow = slow;
    if (!slow && m_state.phase == Phase::Active)
        m_lastActivity = std::max(m_lastActivity, m_clock.monotonicMs() - idleMs() / 2);
    if (m_state.phase == Phase::Warning)
        updateCountdown(m_clock.monotonicMs());
    arm();
}

void KioskSession::addWipeable(Wipeable *wipeable)
{
    if (wipeable != nullptr && !m_wipeables.contains(wipeable))
        m_wipeables.append(wipeable);
}

void KioskSession::removeWipeable(Wipeable *wipeable)
{
    m_wipeables.removeAll(wipeable);
}

void KioskSession::check()
{
    const qint64 now = m_clock.monotonicMs();
    switch (m_state.phase) {
    case Phase::Attract:
        return;
    case Phase::Guest:
        if (now - m_lastActivity >= idleMs()) {
            end(EndReason::IdleTimeout);
            return;
        }
        break;
    case Phase::Active: {
        const qint64 limit = m_began + m_policy.hardLimitMs;
        if (now >= limit) {
            end(EndReason::HardLimit);
            return;
        }
        const qint64 idleDue = m_lastActivity + idleMs();
        // The machine may have slept, or the event loop hung, through the whole countdown.
        if (now >= idleDue + scaled(m_policy.warningMs)) {
            end(EndReason::IdleTimeout);
            return;
        }
        if (now >= idleDue)
            openWarning(idleDue, false);
        else if (!m_limitAnnounced && now >= limit - scaled(m_policy.warningMs))
            openWarning(now, true);
        break;
    }
    case Phase::Warning:
        if (now >= m_began + m_policy.hardLimitMs) {
            end(EndReason::HardLimit);
            return;
        }
        if (now >= wipeAt()) {
            end(EndReason::IdleTimeout);
            return;
        }
        updateCountdown(now);
        break;
    }
    arm();
}

void KioskSession::openWarning(qint64 since, bool forHardLimit)
{
    m_warningSince = since;
    const qint64 now = m_clock.monotonicMs();
    m_limitAnnounced = m_limitAnnounced || forHardLimit ||
                       m_began + m_policy.hardLimitMs - now <= scaled(m_policy.warningMs);
    m_state.phase = Phase::Warning;
    m_state.secondsLeft = int((wipeAt() - now + 999) / 1000);
    Q_EMIT stateChanged();
}

void KioskSession::updateCountdown(qint64 now)
{
    const int left = int(std::max<qint64>(0, (wipeAt() - now + 999) / 1000));
    if (left == m_state.secondsLeft)
        return;
    m_state.secondsLeft = left;
    Q_EMIT stateChanged();
}

void KioskSession::setPhase(Phase phase)
{
    if (m_state.phase == phase)
        return;
    m_state.phase = phase;
    Q_EMIT stateChanged();
}

void KioskSession::arm()
{
    const qint64 now = m_clock.monotonicMs();
    qint64 due = 0;
    switch (m_state.phase) {
    case Phase::Attract:
        m_timer.stop();
        return;
    case Phase::Guest:
        due = m_lastActivity + idleMs();
        break;
    case Phase::Active: {
        const qint64 limit = m_began + m_policy.hardLimitMs;
        due = std::min(m_lastActivity + idleMs(),
                       m_limitAnnounced ? limit : limit - scaled(m_policy.warningMs));
        break;
    }
    case Phase::Warning: {
        const qint64 left = wipeAt() - now;
        due = now + (left > 0 ? (left - 1) % 1000 + 1 : 0);
        break;
    }
    }
    m_timer.start(int(std::clamp<qint64>(due - now, 0, 3'600'000)));
}

} // namespace riderport::session
