// SPDX-License-Identifier: Apache-2.0
#include "transport/httptransport.h"

namespace riderport::transport {

struct HttpCancellation::State
{
    bool cancelled = false;
    QList<std::function<void()>> callbacks;
};

HttpCancellation::HttpCancellation()
    : m_state(std::make_shared<State>())
{}

void HttpCancellation::cancel()
{
    if (std::exchange(m_state->cancelled, true))
        return;
    // A callback may drop the last other reference to the state.
    const auto keep = m_state;
    const auto callbacks = std::exchange(keep->callbacks, {});
    for (const auto &callback : callbacks)
        callback();
}

bool HttpCancellation::isCancelled() const
{
    return m_state->cancelled;
}

void HttpCancellation::onCancelled(std::function<void()> callback)
{
    if (m_state->cancelled)
        callback();
    else
        m_state->callbacks.append(std::move(callback));
}

QByteArray HttpReply::header(const QByteArray &lowerCaseName) const
{
    for (const HttpHeader &header : headers) {
        if (header.first == lowerCaseName)
            return header.second;
    }
    return {};
}

} // namespace riderport::transport
