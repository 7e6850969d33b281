// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/strongid.h"

#include <QByteArray>
#include <QFuture>
#include <QList>
#include <QString>

namespace riderport::district {

/// An enrolled kiosk, as far as request checking needs it.
struct Device
{
    QString id; ///< "K-" + 16 hex digits
    base::StationId station;
    QByteArray publicKey; ///< Ed25519
    bool revoked = false;
    QString appKey; ///< of the gateway contract
};

/// The answer to an enrolment; the two secrets are already sealed to the device's key.
struct Enrolment
{
    Device device;
    QByteArray gatewaySecretSealed;
    QByteArray cacheKeySealed;
};

/// Enrolment codes and device keys.
class DeviceStore
{
public:
    virtual ~DeviceStore() = default;

    /// A fresh code for a station, 8 characters, valid for 24 h, once. Shown once: only its hash is
    /// stored.
    [[nodiscard]] virtual QFuture<base::Result<QString>>
    createEnrolCode(const base::StationId &station) = 0;

    /// Redeems a code and closes the station's earlier keys. Codes: enrol.code-invalid,
    /// enrol.code-expired, enrol.code-used, enrol.key-used (the key already belongs to a device).
    [[nodiscard]] virtual QFuture<base::Result<Enrolment>>
    enrol(const QString &code, const QByteArray &publicKey, const QString &version) = 0;

    /// All devices, revoked ones included.
    [[nodiscard]] virtual QFuture<base::Result<QList<Device>>> devices() = 0;

    /// Codes: device.unknown.
    [[nodiscard]] virtual QFuture<base::Result<void>> revoke(const QString &deviceId,
                                                             const QString &reason) = 0;

    /// The HMAC secret behind an app key of a live device, unsealed. Code device.unknown.
    [[nodiscard]] virtual QFuture<base::Result<QByteArray>>
    gatewaySecret(const QString &appKey) = 0;
};

} // namespace riderport::district
