// SPDX-License-Identifier: Apache-2.0
#include "storage/usedtokenstore.h"

#include "base/clock.h"
#include "storage/database.h"
#include "storage/usedtokenrepository.h"

namespace riderport::storage {

using base::Result;

UsedTokenStore::UsedTokenStore(Database &database, const base::Clock &clock)
    : m_database(database)
    , m_clock(clock)
{}

QFuture<Result<void>> UsedTokenStore::remember(const QByteArray &kid, const QByteArray &nonce,
                                               qint64 expiresMs)
{
    return m_database.run([kid, nonce, expiresMs, now = m_clock.wallMs()](StorageSession &session) {
        return session.usedTokens().remember(kid, nonce, expiresMs, now);
    });
}

} // namespace riderport::storage
