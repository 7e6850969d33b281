// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/feedstore.h"

namespace riderport::district {

class SqliteEngine;

/// FeedStore over the embedded store.
class SqliteFeedStore final : public FeedStore
{
public:
    /// `engine` must outlive it.
    explicit SqliteFeedStore(SqliteEngine &engine)
        : m_engine(engine)
    {}

    QFuture<base::Result<FeedHeads>> heads() override;
    QFuture<base::Result<protocol::SyncReply>> pull(const QMap<QString, protocol::Cursor> &cursors,
                                                    qint64 maxBytes) override;
    QFuture<base::Result<protocol::SnapshotPage>> snapshot(const QString &bucket, qint64 head,
                                                           const QString &afterTable,
                                                           const QString &afterId,
                                                           qint64 maxBytes) override;
    QFuture<base::Result<void>> replace(const QString &bucket, const QStringList &tables,
                                        const QList<FeedRow> &rows,
                                        const QStringList &keep) override;
    QFuture<base::Result<qint64>> bumpEpoch(const QString &reason) override;
    QFuture<base::Result<qint64>> compact(qint64 keepMs) override;

private:
    SqliteEngine &m_engine;
};

/// The newest epoch; the first one is made when there is none.
[[nodiscard]] base::Result<qint64> ensureEpoch(StoreTransaction &tx);
[[nodiscard]] base::Result<qint64> currentEpoch(StoreReader &reader);

} // namespace riderport::district
