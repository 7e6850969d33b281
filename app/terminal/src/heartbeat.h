// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <functional>

namespace riderport::transport {
class SignedClient;
}

namespace riderport::terminal {

/// Tells the district once a minute that this terminal lives and how it is (app/docs/WIRE.md 4).
/// A heartbeat that does not arrive is not repeated: the next one is newer.
class Heartbeat final : public QObject
{
    Q_OBJECT
public:
    /// `health` adds what only the root can see: outbox, camera, scanner.
    Heartbeat(transport::SignedClient &client, const base::Clock &clock,
              std::function<QJsonObject()> health);
    void start();

private:
    void beat();

    transport::SignedClient &m_client;
    const base::Clock &m_clock;
    std::function<QJsonObject()> m_health;
    qint64 m_startedMs;
    QTimer m_timer;
};

} // namespace riderport::terminal
