// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QFile>
#include <QSet>
#include <QString>

namespace riderport::district {

/// Nonces seen within the signature window, remembered across restarts. Each one is appended to a
/// file before the request is served: a plain write() survives the death of the process, and costs
/// a microsecond where a durable transaction would cost a disk flush per request. What a power
/// failure can take is the last few seconds, and a machine needs longer than that to come back; a
/// replay would then still meet receipts, single-use tokens and the gateway's own nonces.
/// Two generations of `windowMs` each: the older file goes when the younger is full of its time.
class NonceJournal
{
public:
    static constexpr qint64 kWindowMs = 600'000; ///< ± 300 s around the clock

    explicit NonceJournal(const base::Clock &clock);

    /// Loads and continues <directory>/nonces.0 and nonces.1. Code nonces.storage.
    [[nodiscard]] base::Result<void> open(const QString &directory);

    /// False when this nonce of this key was used before. Code nonces.storage when it cannot be
    /// remembered: then the request must not be served.
    [[nodiscard]] base::Result<bool> use(const QByteArray &keyId, const QByteArray &nonce);

private:
    [[nodiscard]] base::Result<void> rotate(qint64 nowMs);
    [[nodiscard]] base::Result<void> load(const QString &path, QSet<QByteArray> *into,
                                          qint64 *firstMs) const;

    const base::Clock &m_clock;
    QString m_directory;
    QFile m_file;
    qint64 m_startedMs = 0;
    QSet<QByteArray> m_young;
    QSet<QByteArray> m_old;
};

} // namespace riderport::district
