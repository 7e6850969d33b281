// SPDX-License-Identifier: Apache-2.0
#include "httpd/httpreply.h"

#include "httpd/httperrors.h"
#include "httpreplystate.h"

namespace riderport::httpd {

using namespace Qt::StringLiterals;

void HttpReplyState::close()
{
    if (closed)
        return;
    closed = true;
    deliver = nullptr;
    const auto callbacks = std::exchange(closedCallbacks, {});
    for (const auto &callback : callbacks)
        callback();
}

HttpReplyPair makeReplyPair()
{
    auto inner = std::make_shared<HttpReplyState>();
    // The deleter of the handle's own pointer runs when the last HttpReply goes.
    std::shared_ptr<HttpReplyState> outer(inner.get(), [inner](HttpReplyState *state) {
        if (state->deliver) {
            state->deliver(errorResponse({base::ErrorKind::Internal, u"reply.dropped"_s, {}},
                                         state->traceId));
        }
    });
    return {std::move(inner), std::move(outer)};
}

HttpReply::HttpReply(std::shared_ptr<HttpReplyState> state)
    : m_state(std::move(state))
{}

bool HttpReply::send(HttpResponse response) const
{
    if (!isOpen())
        return false;
    const auto deliver = std::exchange(m_state->deliver, nullptr);
    deliver(std::move(response));
    return true;
}

bool HttpReply::isOpen() const
{
    return m_state && m_state->deliver;
}

void HttpReply::onClosed(std::function<void()> callback) const
{
    if (!m_state || m_state->closed)
        callback();
    else
        m_state->closedCallbacks.push_back(std::move(callback));
}

void HttpReply::setRoute(const QByteArray &pattern) const
{
    if (m_state)
        m_state->route = pattern;
}

void HttpReply::setCaller(const QString &deviceId) const
{
    if (m_state)
        m_state->caller = deviceId;
}

} // namespace riderport::httpd
