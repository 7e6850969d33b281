// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "protocol/rowsum.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QVariant>

#include <functional>
#include <optional>

class QSqlQuery;

namespace riderport::district {

class SqliteConnection;

/// A bucket's state after a commit.
struct BucketHead
{
    QString bucket;
    qint64 seq = 0;
    protocol::BucketSum sum;
};

/// One consistent snapshot of the store, valid during one task in the store's thread. Only code in
/// files named sqlite* uses exec(): the areas' ports are what the rest of the server sees.
class StoreReader
{
public:
    StoreReader(SqliteConnection *connection, QString districtId, qint64 nowMs);
    StoreReader(const StoreReader &) = delete;
    StoreReader &operator=(const StoreReader &) = delete;
    virtual ~StoreReader() = default;

    /// First value of every primary key.
    [[nodiscard]] const QString &districtId() const { return m_districtId; }
    /// Wall clock when the task started, Unix ms.
    [[nodiscard]] qint64 nowMs() const { return m_nowMs; }

    /// Runs one statement, prepared once per connection; positional parameters. The query is
    /// positioned before its first row and stays valid until the same text is run again or the task
    /// ends. Codes: storage.full, storage.busy, storage.corrupt, storage.constraint, storage.sql.
    [[nodiscard]] base::Result<QSqlQuery *> exec(const QString &sql,
                                                 const QVariantList &values = {});

protected:
    SqliteConnection *const m_connection;

private:
    const QString m_districtId;
    const qint64 m_nowMs;
};

/// The only way into the feed. Changes are collected while a task runs and written at its end, the
/// buckets in sorted order and each head last: sequence numbers stay dense, and no bucket is locked
/// longer than needed on stores that lock rows. A put that equals the current row is dropped.
class FeedWriter
{
public:
    /// `body`: the row's JSON text, at most 1 MiB.
    void put(const QString &bucket, const QString &table, const QString &id,
             const QByteArray &body);
    /// Nothing happens when there is no such row.
    void remove(const QString &bucket, const QString &table, const QString &id);
    /// Ends a bucket: removes all its rows (a worker's session has closed, an account is deleted).
    void clear(const QString &bucket);

private:
    friend class StoreTransaction;
    struct Change
    {
        enum class Kind { Put, Remove, Clear };
        Kind kind = Kind::Put;
        QString bucket;
        QString table;
        QString id;
        QByteArray body;
    };
    QList<Change> m_changes;
};

/// A unit of work inside the storage thread's group commit. It succeeds or vanishes on its own:
/// when the task returns an error, its savepoint is rolled back and nothing of it remains.
class StoreTransaction final : public StoreReader
{
public:
    using StoreReader::StoreReader;

    [[nodiscard]] FeedWriter &feed() { return m_feed; }

    /// Counts one receipt in bucket "r" and returns its dense sequence number.
    [[nodiscard]] base::Result<qint64> countReceipt();

    /// Runs `body` in its own savepoint; an error takes back exactly what it did, feed changes and
    /// afterCommit() calls included.
    [[nodiscard]] std::optional<base::Error>
    nested(const std::function<std::optional<base::Error>()> &body);

    /// Called in the loop thread once everything is durable; dropped when the task fails.
    void afterCommit(std::function<void()> callback);

private:
    friend class SqliteWriter;
    [[nodiscard]] std::optional<base::Error> flushFeed();
    [[nodiscard]] std::optional<base::Error> flushBucket(const QString &bucket,
                                                         const QList<FeedWriter::Change> &changes);

    FeedWriter m_feed;
    QList<BucketHead> m_heads;
    QList<std::function<void()>> m_afterCommit;
};

} // namespace riderport::district
