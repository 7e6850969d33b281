// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httpmessages.h"

#include <QString>

#include <functional>
#include <memory>

namespace riderport::httpd {

struct HttpReplyState;

/// The right to answer one request. A value with shared state: copy it into a continuation and
/// answer later, from the server's thread. The first send() counts; sending after the client has
/// gone, after the server has stopped, or a second time does nothing. When the last copy goes
/// unanswered, the client receives 500 `reply.dropped`: a forgotten branch must not hang a kiosk.
class HttpReply
{
public:
    HttpReply() = default;
    explicit HttpReply(std::shared_ptr<HttpReplyState> state);

    /// False when nobody is waiting any more (gone, answered, stopped).
    bool send(HttpResponse response) const;
    [[nodiscard]] bool isOpen() const;

    /// Called once, in the server's thread, when the exchange is over for whatever reason. At once
    /// if it already is.
    void onClosed(std::function<void()> callback) const;

    /// For the log line and the metrics: the pattern that matched, never the path itself.
    void setRoute(const QByteArray &pattern) const;
    /// For the log line: a device id. Never a person.
    void setCaller(const QString &deviceId) const;

private:
    std::shared_ptr<HttpReplyState> m_state;
};

} // namespace riderport::httpd
