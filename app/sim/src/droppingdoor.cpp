// SPDX-License-Identifier: Apache-2.0
#include "droppingdoor.h"

#include <QTcpSocket>

namespace riderport::sim {

namespace {

constexpr qsizetype kMaxPending = 1024 * 1024;
constexpr int kMaxConnections = 200;

} // namespace

DroppingDoor::DroppingDoor(const QHostAddress &address, quint16 target)
    : m_address(address)
    , m_target(target)
{}

void DroppingDoor::incomingConnection(qintptr handle)
{
    auto *caller = new QTcpSocket(this);
    caller->setSocketDescriptor(handle);
    if (findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly).size() >
        kMaxConnections) {
        caller->abort();
        caller->deleteLater();
        return;
    }
    auto *server = new QTcpSocket(caller);
    caller->setReadBufferSize(kMaxPending);
    connect(caller, &QTcpSocket::readyRead, server, [caller, server] {
        if (server->state() == QAbstractSocket::ConnectedState)
            server->write(caller->readAll());
    });
    connect(server, &QTcpSocket::connected, server,
            [caller, server] { server->write(caller->readAll()); });
    connect(server, &QTcpSocket::readyRead, caller, [caller, server] {
        const QByteArray bytes = server->readAll();
        if (bytes.contains(kDropHeader))
            caller->abort();
        else
            caller->write(bytes);
    });
    connect(server, &QTcpSocket::disconnected, caller, &QTcpSocket::disconnectFromHost);
    connect(server, &QTcpSocket::errorOccurred, caller, &QTcpSocket::disconnectFromHost);
    connect(caller, &QTcpSocket::disconnected, caller, &QObject::deleteLater);
    server->connectToHost(m_address, m_target);
}

} // namespace riderport::sim
