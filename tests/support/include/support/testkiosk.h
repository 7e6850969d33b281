// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/signing.h"
#include "protocol/httpsignature.h"
#include "protocol/zstdcodec.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

#include <memory>
#include <optional>

namespace riderport::test {

struct RawReply
{
    int status = 0; ///< 0: no complete answer came
    QByteArray head;
    QByteArray body; ///< decompressed

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    [[nodiscard]] QString code() const
    {
        return json()
                .value(QStringLiteral("error"))
                .toObject()
                .value(QStringLiteral("code"))
                .toString();
    }
};

/// One kept-alive HTTP/1.1 connection, blocking, byte-exact: what a test needs to be impolite.
class RawClient
{
public:
    explicit RawClient(quint16 port)
        : m_port(port)
    {}

    bool connect()
    {
        m_socket = std::make_unique<QTcpSocket>();
        m_socket->connectToHost(QStringLiteral("127.0.0.1"), m_port);
        m_in.clear();
        return m_socket->waitForConnected(10'000);
    }
    void disconnect() { m_socket.reset(); }
    /// Ends with a reset instead of an orderly close.
    void abort()
    {
        if (m_socket)
            m_socket->abort();
        m_socket.reset();
    }
    bool send(const QByteArray &bytes)
    {
        if (!m_socket && !connect())
            return false;
        m_socket->write(bytes);
        while (m_socket->bytesToWrite() > 0) {
            if (!m_socket->waitForBytesWritten(10'000))
                return false;
        }
        return true;
    }
    RawReply receive(int timeoutMs = 30'000)
    {
        RawReply reply;
        qsizetype end = -1;
        while ((end = m_in.indexOf("\r\n\r\n")) < 0) {
            if (!more(timeoutMs))
                return reply;
        }
        reply.head = m_in.first(end);
        const QByteArray lower = reply.head.toLower();
        const qsizetype at = lower.indexOf("content-length: ");
        const qsizetype length =
                at < 0 ? 0 : lower.sliced(at + 16).split('\r').first().toLongLong();
        while (m_in.size() < end + 4 + length) {
            if (!more(timeoutMs))
                return reply;
        }
        reply.body = m_in.sliced(end + 4, length);
        m_in.remove(0, end + 4 + length);
        reply.status = reply.head.sliced(9, 3).toInt();
        if (lower.contains("content-encoding: zstd"))
            reply.body = *protocol::zstdDecompress(reply.body, 64 * 1024 * 1024);
        return reply;
    }
    /// True when the other end has closed and nothing more came.
    bool closed(int timeoutMs = 30'000)
    {
        while (m_socket && m_socket->state() == QAbstractSocket::ConnectedState) {
            if (!m_socket->waitForReadyRead(timeoutMs))
                return m_socket->state() != QAbstractSocket::ConnectedState;
            m_in += m_socket->readAll();
        }
        return true;
    }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QTcpSocket *socket() const { return m_socket.get(); }

private:
    bool more(int timeoutMs)
    {
        if (!m_socket ||
            (!m_socket->waitForReadyRead(timeoutMs) && m_socket->bytesAvailable() == 0))
            return false;
        m_in += m_socket->readAll();
        return true;
    }

    const quint16 m_port;
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_in;
};

/// A kiosk as the wire sees it: a device key and signed requests over one connection.
class TestKiosk
{
public:
    explicit TestKiosk(quint16 port)
        : client(port)
        , keys(crypto::generateKeyPair())
    {}

    /// The bytes of one signed request. `skewSeconds`: how wrong the kiosk's clock is.
    [[nodiscard]] QByteArray signedRequest(const QByteArray &method, const QByteArray &target,
                                           const QByteArray &body, qint64 skewSeconds = 0) const
    {
        const QByteArray authority = "127.0.0.1:" + QByteArray::number(client.port());
        const qsizetype mark = target.indexOf('?');
        const protocol::SignedMessage message{
                method, authority, mark < 0 ? target : target.first(mark),
                mark < 0 ? QByteArray() : target.sliced(mark + 1), body};
        const auto headers =
                protocol::signMessage(message, deviceId.toLatin1(), keys.secretKey,
                                      QDateTime::currentSecsSinceEpoch() + skewSeconds);
        return method + ' ' + target + " HTTP/1.1\r\nHost: " + authority +
               "\r\nContent-Type: application/json\r\nContent-Digest: " + headers.contentDigest +
               "\r\nSignature-Input: " + headers.signatureInput +
               "\r\nSignature: " + headers.signature +
               "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

    RawReply call(const QByteArray &method, const QByteArray &target, const QByteArray &body = {})
    {
        client.send(signedRequest(method, target, body));
        return client.receive();
    }
    RawReply call(const QByteArray &method, const QByteArray &target, const QJsonObject &body)
    {
        return call(method, target, QJsonDocument(body).toJson(QJsonDocument::Compact));
    }

    /// Enrols with a code; afterwards deviceId is the device's.
    RawReply enrol(const QString &code)
    {
        deviceId = QStringLiteral("enrol");
        const RawReply reply =
                call("POST", "/v1/enrol",
                     QJsonObject{{QStringLiteral("code"), code},
                                 {QStringLiteral("public_key"),
                                  QString::fromLatin1(keys.publicKey.toBase64())},
                                 {QStringLiteral("version"), QStringLiteral("test")}});
        if (reply.status == 200) {
            deviceId = reply.json().value(QStringLiteral("device_id")).toString();
            station = reply.json().value(QStringLiteral("station")).toString();
        }
        return reply;
    }

    RawClient client;
    crypto::KeyPair keys;
    QString deviceId;
    QString station;
};

} // namespace riderport::test
