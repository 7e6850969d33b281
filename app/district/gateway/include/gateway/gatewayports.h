// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/strongid.h"

#include <QByteArray>
#include <QFuture>
#include <QString>

#include <optional>

namespace riderport::district {

/// The kiosk whose request signature (WIRE.md 1) has been verified.
struct GatewayDevice
{
    base::DeviceId id;
    QString appKey;
};

/// The worker who is logged in on that kiosk.
struct GatewaySession
{
    quint64 subject = 0;
    int authLevel = 1;
};

/// What the gateway has to know about callers; the composition root joins it to the device and
/// session keepers. Loop thread.
class GatewayCallers
{
public:
    virtual ~GatewayCallers() = default;
    /// The secret behind an app key, for X-Sign. Code device.unknown.
    [[nodiscard]] virtual QFuture<base::Result<QByteArray>> secret(const QString &appKey) = 0;
    /// Nothing when the session is closed, over, or open on another device.
    [[nodiscard]] virtual std::optional<GatewaySession>
    session(const base::SessionId &id, const base::DeviceId &device) const = 0;
};

/// One access to a person's data at a bureau, as the audit trail records it. Names of fields, never
/// their values.
struct GatewayAccess
{
    base::DeviceId device;
    quint64 subject = 0;
    QString service;
    QString operation;
    QString consentGroup;
    int consentVersion = 0;
    QString fields; ///< "aac002,aac003": what the source is told about the person
    QString trace;
};

/// The person, for the upstream request only. Empty without a current consent.
struct GatewaySubject
{
    bool consentCurrent = false;
    QString name;
    QString idNumber;
};

/// Consents, identities and the audit trail. Futures may finish in the storage thread.
class GatewayRecords
{
public:
    virtual ~GatewayRecords() = default;
    /// In one transaction: is the consent of that group given in that version and not withdrawn; if
    /// so, who is it; and an audit entry either way. Code worker.unknown.
    [[nodiscard]] virtual QFuture<base::Result<GatewaySubject>>
    admit(const GatewayAccess &access) = 0;
    /// The audit entry of the outcome: "OK", a normalised code, "cache". Nothing is handed out
    /// before it is stored.
    [[nodiscard]] virtual QFuture<base::Result<void>> conclude(const GatewayAccess &access,
                                                               const QString &outcome) = 0;
};

} // namespace riderport::district
