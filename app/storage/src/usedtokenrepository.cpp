// SPDX-License-Identifier: Apache-2.0
#include "storage/usedtokenrepository.h"

#include "sqlconnection.h"

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

UsedTokenRepository::UsedTokenRepository(SqlConnection &ledger)
    : m_ledger(ledger)
{}

Result<void> UsedTokenRepository::remember(const QByteArray &kid, const QByteArray &nonce,
                                           qint64 expiresMs, qint64 nowMs)
{
    return m_ledger.transaction([&]() -> Result<void> {
        const auto added = m_ledger.change(
                u"INSERT INTO used_token (kid, nonce, expires_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"_s,
                {kid, nonce, expiresMs});
        if (!added)
            return added.error();
        if (*added == 0)
            return Error{ErrorKind::Replay, u"token.replayed"_s, {}};
        return m_ledger.run(u"DELETE FROM used_token WHERE expires_ms < ?"_s, {nowMs - kMemoryMs});
    });
}

} // namespace riderport::storage
