// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/syncmessages.h"
#include "storage/feedrepository.h"

#include <QMap>
#include <QSet>
#include <QStringList>

namespace riderport::storage {
class StorageSession;
}

namespace riderport::sync {

/// What the storage thread found out while carrying out a reply.
struct RoundOutcome
{
    qint64 serverTimeMs = 0;
    QSet<QString> tables;  ///< changed
    QStringList faults;    ///< see SyncPlan::faults, and sync.sum-mismatch
    bool retry = false;    ///< part of the reply was refused
    bool progress = false; ///< something was applied; there may be more
};

/// The costly half of a pull, run on the storage thread: decompress, parse, check, apply.
/// All errors leave cursors and rows as they belong together.
class SyncRound
{
public:
    explicit SyncRound(storage::StorageSession &session)
        : m_session(session)
    {}

    [[nodiscard]] base::Result<QList<storage::BucketState>> states(const QStringList &buckets);
    [[nodiscard]] base::Result<RoundOutcome> applySync(const QMap<QString, protocol::Cursor> &asked,
                                                       const QByteArray &body,
                                                       const QByteArray &encoding, qint64 nowMs);
    [[nodiscard]] base::Result<RoundOutcome>
    applySnapshot(const QString &bucket, const QByteArray &body, const QByteArray &encoding);

private:
    storage::StorageSession &m_session;
};

} // namespace riderport::sync
