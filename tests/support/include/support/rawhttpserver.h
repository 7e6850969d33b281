// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/httptransport.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <functional>

namespace riderport::test {

/// A real socket that answers HTTP/1.1 as rudely as a test wants, on an ephemeral port of the
/// loopback interface. One request per connection is read whole before `handler` is asked.
class RawHttpServer : public QObject
{
public:
    /// How one request is answered: `bytes` go out as they are, then the connection is closed
    /// unless `keepOpen`.
    struct Answer
    {
        QByteArray bytes;
        bool keepOpen = false;
        /// > 0: one byte at a time, this far apart.
        int dripMs = 0;
    };
    using Handler = std::function<Answer(const transport::HttpRequest &)>;

    explicit RawHttpServer(Handler handler)
        : m_handler(std::move(handler))
    {
        connect(&m_server, &QTcpServer::newConnection, this, &RawHttpServer::accept);
        m_server.listen(QHostAddress::LocalHost, 0);
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort()));
    }

    [[nodiscard]] static QByteArray whole(int status, const QByteArray &body,
                                          const QByteArray &moreHeaders = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) +
               " X\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\nConnection: close\r\n" + moreHeaders + "\r\n" + body;
    }
    [[nodiscard]] static QByteArray whole(const transport::HttpReply &reply)
    {
        QByteArray headers;
        for (const auto &header : reply.headers)
            headers += header.first + ": " + header.second + "\r\n";
        return whole(reply.status, reply.body, headers);
    }

    int connections = 0;

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            ++connections;
            auto buffer = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this,
                    [this, socket, buffer] { onBytes(socket, *buffer); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    void onBytes(QTcpSocket *socket, QByteArray &buffer)
    {
        buffer += socket->readAll();
        const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
        if (headEnd < 0)
            return;
        transport::HttpRequest request;
        const QList<QByteArray> lines = buffer.left(headEnd).replace("\r\n", "\n").split('\n');
        const QList<QByteArray> first = lines.value(0).split(' ');
        request.method = first.value(0);
        const QByteArray target = first.value(1);
        const qsizetype mark = target.indexOf('?');
        request.path = mark < 0 ? target : target.left(mark);
        request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
        qsizetype length = 0;
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            const QByteArray name = line.left(colon).toLower();
            request.headers.append({name, line.mid(colon + 1).trimmed()});
            if (name == "content-length")
                length = request.headers.last().second.toLongLong();
        }
        request.body = buffer.mid(headEnd + 4);
        if (request.body.size() < length)
            return;
        buffer.clear();
        send(socket, m_handler(request));
    }

    void send(QTcpSocket *socket, const Answer &answer)
    {
        if (answer.dripMs == 0) {
            socket->write(answer.bytes);
            if (!answer.keepOpen)
                socket->disconnectFromHost();
            return;
        }
        auto *timer = new QTimer(socket);
        auto at = std::make_shared<qsizetype>(0);
        connect(timer, &QTimer::timeout, socket, [socket, answer, at] {
            socket->write(answer.bytes.mid((*at)++, 1));
            socket->flush();
        });
        timer->start(answer.dripMs);
    }

    Handler m_handler;
    QTcpServer m_server;
};

} // namespace riderport::test
