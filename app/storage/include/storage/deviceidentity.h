// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"

#include <QByteArray>
#include <QList>

namespace riderport::storage {

/// A key of the district that certifies phone keys.
struct IssuerKey
{
    QByteArray kid;       ///< 4 bytes
    QByteArray publicKey; ///< 32 bytes
    friend bool operator==(const IssuerKey &, const IssuerKey &) = default;
};

/// Who this kiosk is, as told by the district at enrolment. Secrets are sealed in the ledger and
/// clear only here.
struct DeviceIdentity
{
    base::DeviceId device;
    base::StationId station;
    quint32 district = 0;     ///< GB/T 2260, six digits
    QString gatewayAppKey;    ///< X-App-Key
    QByteArray gatewaySecret; ///< HMAC-SM3 key
    QByteArray
            cacheKey; ///< 32 bytes, held by the district as well: its end cuts off a retired kiosk
    QList<IssuerKey> issuerKeys;
    friend bool operator==(const DeviceIdentity &, const DeviceIdentity &) = default;
};

} // namespace riderport::storage
