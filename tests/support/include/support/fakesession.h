// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/session.h"

namespace riderport::test {

/// A session without a clock: tests say which phase it is.
class FakeSession final : public session::Session
{
public:
    using Session::Session;

    [[nodiscard]] const session::SessionState &state() const override { return m_state; }
    void noteActivity() override
    {
        ++activities;
        if (m_state.phase == session::SessionState::Phase::Attract)
            setPhase(session::SessionState::Phase::Guest);
    }
    void begin(const domain::WorkerIdentity &worker) override
    {
        m_state.worker = worker;
        setPhase(session::SessionState::Phase::Active);
    }
    void confirm(const domain::WorkerIdentity &worker) override
    {
        m_state.worker = worker;
        Q_EMIT stateChanged();
    }
    void extend() override { setPhase(session::SessionState::Phase::Active); }
    void end(session::EndReason reason) override
    {
        for (session::Wipeable *wipeable : wipeables)
            wipeable->wipe();
        m_state.worker.reset();
        setPhase(reason == session::EndReason::LoggedOut ? session::SessionState::Phase::Guest
                                                         : session::SessionState::Phase::Attract);
        Q_EMIT ended(reason);
    }
    void setFormOpen(bool open) override { formOpen = open; }
    void setSlow(bool on) override { slow = on; }
    void addWipeable(session::Wipeable *wipeable) override { wipeables.append(wipeable); }
    void removeWipeable(session::Wipeable *wipeable) override { wipeables.removeAll(wipeable); }

    void setPhase(session::SessionState::Phase phase, int secondsLeft = 0)
    {
        m_state.phase = phase;
        m_state.secondsLeft = secondsLeft;
        Q_EMIT stateChanged();
    }

    QList<session::Wipeable *> wipeables;
    int activities = 0;
    bool formOpen = false;
    bool slow = false;

private:
    session::SessionState m_state;
};

} // namespace riderport::test
