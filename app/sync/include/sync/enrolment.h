// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/signing.h"
#include "storage/deviceidentity.h"

#include <QFuture>
#include <QObject>

namespace riderport::base {
class Clock;
}
namespace riderport::storage {
class Database;
}
namespace riderport::transport {
class HttpTransport;
class SignedClient;
} // namespace riderport::transport

namespace riderport::sync {

/// Turns a one-time code into this kiosk's identity (POST /v1/enrol), signed with the new device
/// key. GUI thread.
class Enrolment : public QObject
{
    Q_OBJECT
public:
    Enrolment(storage::Database &database, transport::HttpTransport &transport,
              const base::Clock &clock, crypto::KeyPair deviceKey, QObject *parent = nullptr);
    ~Enrolment() override;

    /// `code` as typed: case and blanks do not matter. The identity is on the disk when the future
    /// succeeds. Codes: enrol.code-malformed (nothing was sent), enrol.code-invalid,
    /// enrol.code-expired, enrol.code-used, enrol.too-many, enrol.reply (unreadable), http.*,
    /// storage.*.
    [[nodiscard]] QFuture<base::Result<storage::DeviceIdentity>> enrol(const QString &code,
                                                                       const QString &version);

    /// The identity in a reply to /v1/enrol; for tests and tools. Code enrol.reply.
    [[nodiscard]] static base::Result<storage::DeviceIdentity>
    readReply(const QByteArray &body, const crypto::KeyPair &deviceKey);

private:
    storage::Database &m_database;
    crypto::KeyPair m_deviceKey;
    std::unique_ptr<transport::SignedClient> m_client;
};

} // namespace riderport::sync
