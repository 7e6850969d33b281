// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "services/serviceports.h"

#include <QObject>

namespace riderport::transport {
class SignedClient;
}

namespace riderport::terminal {

/// services::GatewayClient over signed requests with the gateway's own HMAC-SM3 signature on top
/// (app/docs/WIRE.md 5).
class SignedGateway final : public QObject, public services::GatewayClient
{
    Q_OBJECT
public:
    SignedGateway(transport::SignedClient &client, const base::Clock &clock);

    /// What enrolment brought.
    void setCredentials(const QString &appKey, const QByteArray &secret);

    QFuture<base::Result<QJsonObject>>
    query(const services::GatewayQuery &query,
          const transport::HttpCancellation &cancellation) override;
    QFuture<base::Result<QString>> handoff(const base::SessionId &session,
                                           const base::ServiceId &service,
                                           const QString &traceId) override;

private:
    transport::SignedClient &m_client;
    const base::Clock &m_clock;
    QByteArray m_appKey;
    QByteArray m_secret;
};

} // namespace riderport::terminal
