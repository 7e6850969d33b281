// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "session/session.h"

#include <QList>
#include <QTimer>

namespace riderport::session {

/// The Session of a kiosk. All deadlines are kept on the monotonic clock, so setting the wall clock
/// neither ends nor prolongs anybody's session. The timer only wakes check(); the clock decides.
///
/// setSlow(true) doubles the idle times and the countdown, never the hard limit. In the last
/// countdown before the hard limit the warning opens once more, because being thrown out without a
/// word would be worse; extend() then closes the sheet but cannot move the limit.
class KioskSession final : public Session
{
    Q_OBJECT
public:
    /// `clock` must outlive the session.
    explicit KioskSession(const base::Clock &clock, SessionPolicy policy = {},
                          QObject *parent = nullptr);

    [[nodiscard]] const SessionState &state() const override { return m_state; }
    void noteActivity() override;
    void begin(const domain::WorkerIdentity &worker) override;
    void confirm(const domain::WorkerIdentity &worker) override;
    void extend() override;
    void end(EndReason reason) override;
    void setFormOpen(bool open) override;
    void setSlow(bool slow) override;
    void addWipeable(Wipeable *wipeable) override;
    void removeWipeable(Wipeable *wipeable) override;

    /// Compares the deadlines with the clock and acts on what is due. Called by the timer, and by
    /// the root after the machine woke up; calling it early is harmless.
    void check();

private:
    [[nodiscard]] qint64 scaled(qint64 ms) const { return m_slow ? 2 * ms : ms; }
    [[nodiscard]] qint64 idleMs() const;
    /// When the session ends if nothing more happens (Warning), monotonic ms.
    [[nodiscard]] qint64 wipeAt() const;
    void openWarning(qint64 now, bool forHardLimit);
    void setPhase(SessionState::Phase phase);
    void updateCountdown(qint64 now);
    void arm();
    void wipeAll();

    const base::Clock &m_clock;
    SessionPolicy m_policy;
    SessionState m_state;
    QList<Wipeable *> m_wipeables;
    QTimer m_timer;
    qint64 m_lastActivity = 0;
    qint64 m_began = 0;
    qint64 m_warningSince = 0;
    bool m_formOpen = false;
    bool m_slow = false;
    bool m_limitAnnounced = false;
    bool m_ending = false;
};

} // namespace riderport::session
