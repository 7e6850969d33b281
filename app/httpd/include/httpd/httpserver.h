// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "httpd/httproutes.h"

#include <QHostAddress>

#include <memory>

namespace riderport::httpd {

struct HttpServerOptions
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0;                    ///< 0 = any free port, see HttpServer::port()
    qsizetype maxHead = 16 * 1024;       ///< request line and headers; above: 431 or 414
    qsizetype maxBody = 8 * 1024 * 1024; ///< above: 413 before the body is read
    int maxConnections = 8192;           ///< above: closed at once
    int idleMs = 75'000;                 ///< without the start of a request
    int receiveMs = 60'000;              ///< from request line to last body byte
    int sendMs = 120'000;                ///< from answer to last byte taken by the client
};

/// What is known about an exchange when it is over. Fit for a log: no path, no query, no address.
struct HttpExchangeSummary
{
    QByteArray method;
    QByteArray route; ///< pattern, or "-" when none matched
    int status = 0;   ///< 0: the client left before the answer
    qint64 micros = 0;
    qsizetype bytesIn = 0;
    qsizetype bytesOut = 0;
    QString caller; ///< device id or empty
    QByteArray traceId;
};

/// An HTTP/1.1 server living in one Qt event loop. All calls and all callbacks in the thread that
/// created it. TLS ends in front of it.
class HttpServer
{
public:
    virtual ~HttpServer() = default;

    /// Code httpd.listen (detail = system's reason) when the address cannot be bound.
    [[nodiscard]] virtual base::Result<void> listen(const HttpServerOptions &options,
                                                    HttpHandler handler) = 0;
    [[nodiscard]] virtual quint16 port() const = 0;
    [[nodiscard]] virtual int connectionCount() const = 0;
    /// Requests whose handler has not answered yet, held long-polls included.
    [[nodiscard]] virtual int openExchanges() const = 0;
    /// Called at the end of each exchange that reached a handler or was refused.
    virtual void onFinished(std::function<void(const HttpExchangeSummary &)> callback) = 0;

    /// Graceful end: accepts nothing more and calls `done` when all open exchanges are answered, at
    /// the latest after graceMs. Long-polls are their owner's to answer.
    virtual void drain(int graceMs, std::function<void()> done) = 0;
    /// Answers what is left with 503 `server.stopping` and closes everything.
    virtual void stop() = 0;
};

/// The adapter over libmicrohttpd, driven by one epoll descriptor of this thread's event loop.
[[nodiscard]] std::unique_ptr<HttpServer> makeHttpServer();

} // namespace riderport::httpd
