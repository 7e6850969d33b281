// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"
#include "domain/localtext.h"
#include "portal/smsrules.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace riderport::district {

inline constexpr qint64 kPhoneSessionLifeMs = 30LL * 24 * 3600'000;
inline constexpr qint64 kPhoneKeyLifeS = 90LL * 24 * 3600;
inline constexpr int kMaxPhoneKeys = 3;

/// A person as the district registered them; full values, for import only.
struct WorkerRecord
{
    quint64 subject = 0; ///< number behind "W" in the worker id
    QString name;
    QString idNumber;
    QString mobile;
    QString category; ///< courier, delivery_rider, truck_driver, ride_hailing_driver, other
    int authLevel = 1;
    qint64 registeredMs = 0;
};

struct PhoneKeyInfo
{
    QString kid; ///< 8 hex digits
    qint64 createdMs = 0;
    qint64 notAfterS = 0; ///< Unix seconds
};

struct KioskVisit
{
    QString station;
    qint64 openedMs = 0;
    qint64 closedMs = 0; ///< 0 = still open
};

/// What the worker may see about themselves: masked, as everything that leaves the server.
struct WorkerProfile
{
    base::WorkerId id;
    QString maskedName;
    QString maskedMobile;
    QString maskedIdNumber;
    QString category;
    int authLevel = 1;
    qint64 registeredMs = 0;
    qint64 deletionRequestedMs = 0; ///< 0 = never asked
    QList<PhoneKeyInfo> keys;
    QList<KioskVisit> visits; ///< the newest 20
};

struct SmsGrant
{
    SmsVerdict verdict;
    bool deliver = false; ///< Send was granted and the number is registered
};

struct SmsLogin
{
    SmsCheck check;
    quint64 subject = 0; ///< set when check is Right
};

struct PhoneKeyGrant
{
    QByteArray certificate; ///< 122 bytes
    QString kid;
    quint64 subject = 0;
    qint64 notAfterS = 0;
};

/// One consent as the worker sees it: what is asked today and what they last decided.
struct ConsentState
{
    QString group;
    bool given = false;
    int version = 0; ///< of the last decision; 0 = never decided
    qint64 atMs = 0;
    QString channel;
};

struct StationEntry
{
    base::StationId id;
    domain::LocalText name;
};

/// A worker's open session on a kiosk.
struct KioskSession
{
    base::SessionId id;
    base::DeviceId device;
    base::StationId station;
    quint64 subject = 0;
    QString maskedName;
    int authLevel = 1;
    qint64 openedMs = 0;
    qint64 expiresMs = 0;

    [[nodiscard]] base::WorkerId worker() const
    {
        return base::WorkerId(QLatin1Char('W') + QString::number(subject));
    }
};

/// Which enrolled kiosk is asking; the caller has verified its signature.
struct KioskCaller
{
    base::DeviceId device;
    base::StationId station;
};

/// "W123" → 123; 0 for anything else.
[[nodiscard]] quint64 subjectOf(const base::WorkerId &worker);
/// "ST07" → 7; 0 for anything else.
[[nodiscard]] quint16 stationNumberOf(const base::StationId &station);

} // namespace riderport::district
