// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/loginports.h"

namespace riderport::transport {
class SignedClient;
}

namespace riderport::terminal {

/// identity::DistrictLogin over signed requests (app/docs/WIRE.md 4).
class SignedDistrictLogin final : public QObject, public identity::DistrictLogin
{
    Q_OBJECT
public:
    explicit SignedDistrictLogin(transport::SignedClient &client);

    QFuture<base::Result<identity::Ticket>> createTicket() override;
    QFuture<base::Result<identity::TicketStatus>> ticketStatus(const base::TicketId &id,
                                                               identity::TicketStatus::State known,
                                                               qint64 waitMs) override;
    void cancelTicket(const base::TicketId &id) override;
    QFuture<base::Result<domain::WorkerIdentity>> openSession(const QString &code) override;

private:
    transport::SignedClient &m_client;
};

/// Reads {session, worker, name_masked, auth_level}; code json.field.
[[nodiscard]] base::Result<domain::WorkerIdentity> workerFromJson(const QJsonObject &body);

} // namespace riderport::terminal
