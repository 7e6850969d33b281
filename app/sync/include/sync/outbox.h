// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "storage/outboxrepository.h"

#include <QFuture>
#include <QJsonObject>
#include <QObject>

#include <functional>

namespace riderport::storage {
class Database;
class StorageSession;
} // namespace riderport::storage

namespace riderport::sync {

/// Where features leave work for the district. GUI thread.
class Outbox : public QObject
{
    Q_OBJECT
public:
    /// Steps in the ledger that must be true if and only if the operation is queued.
    using LocalEffect = std::function<base::Result<void>(storage::StorageSession &)>;

    Outbox(storage::Database &database, QObject *parent = nullptr);

    /// Queues `operation` and carries out `effect` in one transaction; both are on the disk when
    /// the future succeeds. If `effect` fails, nothing happened and its error is returned. The
    /// value is the operation's id.
    [[nodiscard]] QFuture<base::Result<QString>> enqueue(const storage::NewOperation &operation,
                                                         LocalEffect effect = {});

    [[nodiscard]] const storage::OutboxCounts &counts() const { return m_counts; }
    /// Refusals nobody has seen yet.
    [[nodiscard]] QFuture<base::Result<QList<storage::RejectedOperation>>> rejected();
    [[nodiscard]] QFuture<base::Result<void>> dismiss(const QString &opId);

    /// Counts rows again; countsChanged() follows when they differ.
    void refresh();

Q_SIGNALS:
    void countsChanged();
    /// Something new waits to be sent.
    void enqueued();
    /// The district carried it out; emitted once per operation and run of the program.
    void applied(const QString &opId, const QString &kind, const QJsonObject &answer);
    /// The district refused it for good.
    void rejectedByDistrict(const QString &opId, const QString &kind, const QString &code);

private:
    storage::Database &m_database;
    storage::OutboxCounts m_counts;
};

} // namespace riderport::sync
