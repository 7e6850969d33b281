// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/seal.h"
#include "district/devicestore.h"

#include <memory>

namespace riderport::district {

class SqliteEngine;
class StateKeys;

/// DeviceStore over the embedded store.
class SqliteDeviceStore final : public DeviceStore
{
public:
    SqliteDeviceStore(SqliteEngine &engine, const StateKeys &keys);

    QFuture<base::Result<QString>> createEnrolCode(const base::StationId &station) override;
    QFuture<base::Result<Enrolment>> enrol(const QString &code, const QByteArray &publicKey,
                                           const QString &version) override;
    QFuture<base::Result<QList<Device>>> devices() override;
    QFuture<base::Result<void>> revoke(const QString &deviceId, const QString &reason) override;
    QFuture<base::Result<QByteArray>> gatewaySecret(const QString &appKey) override;

private:
    struct Keys
    {
        crypto::SealKey codes;
        crypto::SealKey secrets;
    };

    SqliteEngine &m_engine;
    std::shared_ptr<const Keys> m_keys;
};

} // namespace riderport::district
