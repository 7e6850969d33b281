// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QList>

#include <functional>
#include <memory>
#include <utility>

namespace riderport::transport {

using HttpHeader = std::pair<QByteArray, QByteArray>;

/// A request to the one district server this kiosk belongs to; it cannot name another host.
struct HttpRequest
{
    QByteArray method;         ///< "GET", "POST", "DELETE"
    QByteArray path;           ///< starts with "/", percent-encoded
    QByteArray query;          ///< without "?", percent-encoded
    QList<HttpHeader> headers; ///< besides Host and Content-Length
    QByteArray body;
    int timeoutMs = 15'000;                    ///< from sending to the last byte of the reply
    qsizetype maxReplyBytes = 8 * 1024 * 1024; ///< on the wire, before decompression
};

struct HttpReply
{
    int status = 0;            ///< 100 … 599
    QList<HttpHeader> headers; ///< names in lower case
    QByteArray body;           ///< as sent: still compressed

    [[nodiscard]] QByteArray header(const QByteArray &lowerCaseName) const;
};

/// Lets the one who asked take the question back. Copies share one state; same thread as the
/// transport.
class HttpCancellation
{
public:
    HttpCancellation();
    void cancel();
    [[nodiscard]] bool isCancelled() const;
    /// For transports: called once, at once when it is cancelled already.
    void onCancelled(std::function<void()> callback);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// The wall towards the network. GUI thread; never blocks. Every request ends, with one of: a reply
/// of any status, or the errors Offline http.unreachable / http.tls / http.closed, Timeout
/// http.timeout, TooLarge http.reply-too-large, Invalid http.redirect / http.request, Cancelled
/// http.cancelled.
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;
    /// What goes into the Host header: lower case, port unless default.
    [[nodiscard]] virtual QByteArray authority() const = 0;
    [[nodiscard]] virtual QFuture<base::Result<HttpReply>> send(const HttpRequest &request,
                                                                HttpCancellation cancellation) = 0;
};

} // namespace riderport::transport
