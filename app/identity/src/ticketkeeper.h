// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "identity/loginflow.h"
#include "identity/loginports.h"

#include <QTimer>

namespace riderport::identity {

/// Life of the ticket on the screen: ask, show, follow, renew, take back.
class TicketKeeper final : public QObject
{
    Q_OBJECT
public:
    TicketKeeper(const base::Clock &clock, DistrictLogin &district, QObject *parent = nullptr);

    void start();
    void stop();
    void renew();
    void setOnline(bool online);
    void check();

    [[nodiscard]] LoginState::Ticket state() const { return m_state; }
    [[nodiscard]] QString url() const;
    [[nodiscard]] QString matchCode() const;
    [[nodiscard]] int secondsLeft() const { return m_secondsLeft; }

Q_SIGNALS:
    void changed();
    void confirmed(const riderport::domain::WorkerIdentity &worker);
    /// Anything but a missing link, for example a revoked device.
    void failed(const riderport::base::Error &error);

private:
    [[nodiscard]] bool showing() const;
    void request();
    void onCreated(const base::Result<Ticket> &result);
    void follow();
    void onStatus(const base::Result<TicketStatus> &result);
    void expire();
    void linkLost();
    void enter(LoginState::Ticket state);
    void retryIn(qint64 ms);
    void arm();

    const base::Clock &m_clock;
    DistrictLogin &m_district;
    LoginState::Ticket m_state = LoginState::Ticket::None;
    Ticket m_ticket;
    TicketStatus::State m_known = TicketStatus::State::Created;
    qint64 m_expiresAt = 0; ///< monotonic
    qint64 m_retryAt = 0;   ///< monotonic, 0 = no retry planned
    int m_secondsLeft = 0;
    quint64 m_generation = 0; ///< answers of an older generation are nobody's business any more
    bool m_running = false;
    bool m_online = true;
    QTimer m_timer;
};

} // namespace riderport::identity
