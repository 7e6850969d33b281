// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QList>
#include <QUrl>

#include <memory>
#include <utility>

namespace riderport::district {

struct UpstreamRequest
{
    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body; ///< JSON; empty = GET
    int connectMs = 3000;
    int readMs = 10'000; ///< from the request's last byte to the answer's last byte
};

struct UpstreamReply
{
    int status = 0;
    QByteArray contentType;
    QByteArray body;
    bool simulator = false; ///< the answer says that it comes from a simulator
};

/// HTTP towards the bureaus, for questions only: Qt may repeat a request whose kept connection
/// broke off before the first byte of the answer. Loop thread; futures finish there. No redirects,
/// no cookies, no proxy, at most 4 MiB. Codes: upstream.connect (Unavailable: refused or not
/// connected in time), upstream.timeout (Timeout), upstream.dropped (Unavailable: broken off),
/// upstream.too-large.
class UpstreamTransport
{
public:
    virtual ~UpstreamTransport() = default;
    [[nodiscard]] virtual QFuture<base::Result<UpstreamReply>>
    send(const UpstreamRequest &request) = 0;
};

/// The adapter over Qt Network.
[[nodiscard]] std::unique_ptr<UpstreamTransport> makeUpstreamTransport();

} // namespace riderport::district
