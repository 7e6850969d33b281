// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::storage {

class SqlConnection;

/// Log-in codes that have opened a session here. Storage thread.
class UsedTokenRepository
{
public:
    /// How long a code is remembered beyond its expiry, so that a wall clock set back by a day does
    /// not bring it to life again.
    static constexpr qint64 kMemoryMs = 48LL * 3'600'000;

    explicit UsedTokenRepository(SqlConnection &ledger);

    /// Error Replay token.replayed when (kid, nonce) is known. Forgets what expired more than
    /// kMemoryMs ago.
    [[nodiscard]] base::Result<void> remember(const QByteArray &kid, const QByteArray &nonce,
                                              qint64 expiresMs, qint64 nowMs);

private:
    SqlConnection &m_ledger;
};

} // namespace riderport::storage
