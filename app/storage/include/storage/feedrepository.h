// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/seal.h"
#include "protocol/syncmessages.h"
#include "storage/feedrow.h"

#include <QList>
#include <QMap>
#include <QSet>

#include <memory>
#include <optional>

class QSqlQuery;

namespace riderport::storage {

class SqlConnection;

/// A snapshot being collected beside the rows on show.
struct StageState
{
    bool active = false;
    qint64 epoch = 0;
    qint64 head = 0;
    QString afterTable; ///< key of the last row that is safely stored
    QString afterId;
};

/// How far one bucket is.
struct BucketState
{
    QString bucket; ///< "d", "s:ST01", "w:W123"
    protocol::Cursor cursor;
    protocol::BucketSum sum;
    bool complete = false; ///< a whole set is on show
    bool stale = true;     ///< the feed cannot go on before a snapshot
    qint64 resets = 0;
    StageState stage;
};

/// The copy of the feed: rows, cursors and snapshots under way. A page's rows, the bucket's sum and
/// its cursor change in one transaction, always. Rows of worker buckets ("w:…") are sealed with a
/// key that lives in memory only, under keyed hashes instead of names. Storage thread.
class FeedRepository
{
public:
    explicit FeedRepository(SqlConnection &cache);
    ~FeedRepository();

    /// The bucket's state; makes it on first sight. A worker bucket must be open (error NotFound,
    /// code feed.worker-closed).
    [[nodiscard]] base::Result<BucketState> state(const QString &bucket);
    /// Rows and cursor in one transaction. Rows with a higher version stay. Returns the sum after
    /// the page.
    [[nodiscard]] base::Result<protocol::BucketSum> apply(const protocol::SyncPage &page,
                                                          qint64 epoch);
    /// The server goes on from our cursor under a new epoch.
    [[nodiscard]] base::Result<void> adoptEpoch(const QString &bucket, qint64 epoch);
    /// The bucket must be read anew; its rows stay on show until the new set is whole.
    [[nodiscard]] base::Result<void> markStale(const QString &bucket);

    /// Adds one snapshot page to the stage; with `done` the stage becomes the set on show, cursor
    /// and sum with it.
    [[nodiscard]] base::Result<void> stage(const protocol::SnapshotPage &page);
    [[nodiscard]] base::Result<void> dropStage(const QString &bucket);

    /// Compares every stored row with the stored sum, and marks what does not match as stale.
    /// Returns those buckets.
    [[nodiscard]] base::Result<QStringList> verify(const QStringList &buckets);

    [[nodiscard]] base::Result<void> openWorker(const QString &bucket, crypto::SealKey key);
    /// Destroys the key, deletes the rows, empties the write-ahead log.
    [[nodiscard]] base::Result<void> closeWorker(const QString &bucket);

    [[nodiscard]] base::Result<QList<FeedRow>> rows(const QString &table);
    [[nodiscard]] base::Result<std::optional<FeedRow>> row(const QString &table, const QString &id);
    [[nodiscard]] base::Result<qint64> meta(const QString &key);
    [[nodiscard]] base::Result<void> setMeta(const QString &key, qint64 value);

    /// Tables touched since the last call, for change signals.
    [[nodiscard]] QSet<QString> takeTouched();
    /// At start: worker rows of an earlier run have lost their key; sets nobody shows are
    /// left-overs.
    [[nodiscard]] base::Result<void> sweep();

private:
    struct Bucket;
    struct StoredRow;
    [[nodiscard]] base::Result<Bucket> load(const QString &bucket);
    [[nodiscard]] base::Result<void> save(const Bucket &bucket);
    [[nodiscard]] base::Result<std::optional<StoredRow>>
    find(const Bucket &bucket, qint64 set, const QString &table, const QString &id);
    [[nodiscard]] base::Result<void> write(const Bucket &bucket, qint64 set, const FeedRow &row,
                                           quint64 digest);
    [[nodiscard]] base::Result<void> erase(const Bucket &bucket, qint64 set, const QString &table,
                                           const QString &id);
    [[nodiscard]] base::Result<qint64> newSet();
    [[nodiscard]] base::Result<void> dropSet(qint64 set);
    [[nodiscard]] base::Result<void> switchSets(Bucket &bucket);
    [[nodiscard]] base::Result<QList<FeedRow>> sealedRows(const Bucket &bucket, qint64 set);
    [[nodiscard]] base::Result<protocol::BucketSum> recount(const Bucket &bucket);

    SqlConnection &m_cache;
    QMap<QString, std::shared_ptr<crypto::SealKey>> m_workerKeys;
    QSet<QString> m_touched;
};

} // namespace riderport::storage
