// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/strongid.h"
#include "gateway/gatewayports.h"
#include "httpd/httpmessages.h"

#include <QHash>
#include <QMap>

#include <deque>
#include <optional>
#include <utility>

namespace riderport::district {

/// Nonces of the last ten minutes. In memory: the request signature around a gateway call carries a
/// nonce of its own that is stored, so that a restart opens no gap.
class GatewayNonces
{
public:
    explicit GatewayNonces(const base::Clock &clock)
        : m_clock(&clock)
    {}
    /// False when that device used it within the last ten minutes.
    [[nodiscard]] bool take(const base::DeviceId &device, const QByteArray &nonce);

    static constexpr qint64 kKeepMs = 10 * 60'000;

private:
    const base::Clock *m_clock;
    QHash<QByteArray, qint64> m_seen;
    std::deque<std::pair<qint64, QByteArray>> m_order;
};

/// What a gateway request asks for, once its contract holds.
struct GatewayCall
{
    QString service;
    QString operation;
    QMap<QString, QString> params;
    QString consentGroup;
    int consentVersion = 0;
    base::SessionId session;
    QString trace;
};

/// The checks of domain contract and WIRE.md 5 that need nothing but the request, the clock and the
/// nonces. In this order; codes and kinds:
/// gateway.sign (Unauthorized: header missing or malformed, wrong app key, wrong signature),
/// gateway.clock (ClockSkew: more than 300 s), gateway.replayed (Replay), gateway.session
/// (Unauthorized: no well-formed session id), gateway.body (Invalid).
[[nodiscard]] base::Result<GatewayCall> checkGatewayRequest(const httpd::HttpRequest &request,
                                                            const GatewayDevice &device,
                                                            const QByteArray &secret, qint64 wallMs,
                                                            GatewayNonces &nonces);

} // namespace riderport::district
