// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHostAddress>
#include <QTcpServer>

namespace riderport::sim {

/// Passes bytes between callers and one server behind it, and resets the caller's connection as
/// soon as an answer holds the drop mark: a server port cannot break off a connection by itself, a
/// failing line can.
class DroppingDoor : public QTcpServer
{
    Q_OBJECT
public:
    explicit DroppingDoor(const QHostAddress &address, quint16 target);

    static constexpr const char *kDropHeader = "X-Sim-Drop";

protected:
    void incomingConnection(qintptr handle) override;

private:
    const QHostAddress m_address;
    const quint16 m_target;
};

} // namespace riderport::sim
