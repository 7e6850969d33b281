// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QFuture>

namespace riderport::base {
class Clock;
}

namespace riderport::storage {

class Database;

/// Single use of log-in codes, across restarts. Any thread.
class UsedTokenStore
{
public:
    UsedTokenStore(Database &database, const base::Clock &clock);

    /// On the disk when it succeeds: let the log-in count only then. Error: Replay token.replayed,
    /// or storage.*.
    [[nodiscard]] QFuture<base::Result<void>> remember(const QByteArray &kid,
                                                       const QByteArray &nonce, qint64 expiresMs);

private:
    Database &m_database;
    const base::Clock &m_clock;
};

} // namespace riderport::storage
