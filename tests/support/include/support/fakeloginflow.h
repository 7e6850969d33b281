// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/loginflow.h"

namespace riderport::test {

/// A log-in that shows what the test says.
class FakeLoginFlow final : public identity::LoginFlow
{
public:
    using LoginFlow::LoginFlow;

    [[nodiscard]] const identity::LoginState &state() const override { return m_state; }
    void start() override { running = true; }
    void stop() override { running = false; }
    void renewTicket() override { ++renewals; }
    void dismissRefusal() override
    {
        m_state.refusal.reset();
        Q_EMIT stateChanged();
    }

    void set(const identity::LoginState &state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }

    bool running = false;
    int renewals = 0;

private:
    identity::LoginState m_state;
};

} // namespace riderport::test
