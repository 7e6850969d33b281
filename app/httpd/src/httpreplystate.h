// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httpmessages.h"

#include <QString>

#include <functional>
#include <vector>

namespace riderport::httpd {

/// Shared between the exchange and all copies of its HttpReply.
struct HttpReplyState
{
    HttpReplyState() = default;
    HttpReplyState(const HttpReplyState &) = delete;
    HttpReplyState &operator=(const HttpReplyState &) = delete;

    /// Set while the exchange lives and is unanswered.
    std::function<void(HttpResponse)> deliver;
    std::vector<std::function<void()>> closedCallbacks;
    bool closed = false;
    QByteArray route = "-";
    QString caller;
    QByteArray traceId;

    /// The exchange is over: forget the way to it, tell who asked.
    void close();
};

/// A state whose last HttpReply answers 500 when it goes unanswered. The exchange itself keeps
/// `inner`, the copies of HttpReply share `outer`.
struct HttpReplyPair
{
    std::shared_ptr<HttpReplyState> inner;
    std::shared_ptr<HttpReplyState> outer;
};
[[nodiscard]] HttpReplyPair makeReplyPair();

} // namespace riderport::httpd
