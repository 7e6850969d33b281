// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace riderport::district {

/// One decision of a worker about one consent, as it stays on record. Nothing is ever changed or
/// removed; each entry holds the hash of the one before it (PIPL art. 14-16, kept 3 years).
struct ConsentEntry
{
    qint64 seq = 0; ///< 1, 2, … within the district
    base::WorkerId worker;
    QString group;
    int version = 0;
    bool given = false;
    qint64 atMs = 0;     ///< when the worker decided
    QString channel;     ///< "phone" or "kiosk"
    QString device;      ///< the kiosk, empty for a phone
    QString textSha256;  ///< of the text that was shown; empty when that version is not at hand
    QByteArray previous; ///< hash of entry seq - 1, empty for the first
    QByteArray hash;     ///< 32 bytes over all of the above

    friend bool operator==(const ConsentEntry &, const ConsentEntry &) = default;
};

/// What `hash` has to be.
[[nodiscard]] QByteArray consentHash(const ConsentEntry &entry);
/// The sequence number of the first entry that does not fit; nothing when the chain holds.
[[nodiscard]] std::optional<qint64> firstBrokenConsent(const QList<ConsentEntry> &chain);

} // namespace riderport::district
