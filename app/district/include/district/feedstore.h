// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "district/storetransaction.h"
#include "protocol/syncmessages.h"

#include <QFuture>
#include <QMap>

namespace riderport::district {

/// All heads and the epoch they belong to.
struct FeedHeads
{
    qint64 epoch = 0;
    QMap<QString, BucketHead> buckets;
};

/// One row to publish; an import hands over many at once.
struct FeedRow
{
    QString table;
    QString id;
    QByteArray body;
};

/// Reading side of the feed, and publishing of rows nobody else stores.
class FeedStore
{
public:
    virtual ~FeedStore() = default;

    [[nodiscard]] virtual QFuture<base::Result<FeedHeads>> heads() = 0;

    /// Pages, sums and resets for the cursors, all read in one snapshot; bodies up to about
    /// maxBytes, at least one operation when there is any. server_time is left to the caller.
    [[nodiscard]] virtual QFuture<base::Result<protocol::SyncReply>>
    pull(const QMap<QString, protocol::Cursor> &cursors, qint64 maxBytes) = 0;

    /// Rows of the current table after (afterTable, afterId), in that order. head 0: the current
    /// head is chosen. Code sync.head when `head` is beyond the bucket's.
    [[nodiscard]] virtual QFuture<base::Result<protocol::SnapshotPage>>
    snapshot(const QString &bucket, qint64 head, const QString &afterTable, const QString &afterId,
             qint64 maxBytes) = 0;

    /// Makes `rows` the complete content of `tables` in the bucket: puts what differs, removes what
    /// is missing, except rows whose id is in `keep`.
    [[nodiscard]] virtual QFuture<base::Result<void>> replace(const QString &bucket,
                                                              const QStringList &tables,
                                                              const QList<FeedRow> &rows,
                                                              const QStringList &keep) = 0;

    /// A new epoch, because the store may have lost what it had acknowledged (restore, failover).
    [[nodiscard]] virtual QFuture<base::Result<qint64>> bumpEpoch(const QString &reason) = 0;

    /// Drops superseded entries and tombstones older than keepMs. Returns the entries dropped.
    [[nodiscard]] virtual QFuture<base::Result<qint64>> compact(qint64 keepMs) = 0;
};

} // namespace riderport::district
