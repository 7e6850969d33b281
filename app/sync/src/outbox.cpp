// SPDX-License-Identifier: Apache-2.0
#include "sync/outbox.h"

#include "base/whendone.h"
#include "storage/database.h"

namespace riderport::sync {

using base::Result;
using storage::StorageSession;

Outbox::Outbox(storage::Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
{}

QFuture<Result<QString>> Outbox::enqueue(const storage::NewOperation &operation, LocalEffect effect)
{
    const auto future = m_database.run(
            [operation, effect = std::move(effect)](StorageSession &session) -> Result<QString> {
                QString opId;
                const auto done = session.inLedger([&]() -> Result<void> {
                    if (effect) {
                        if (const auto carried = effect(session); !carried)
                            return carried;
                    }
                    const auto added = session.outbox().append(operation);
                    if (!added)
                        return added.error();
                    opId = *added;
                    return {};
                });
                if (!done)
                    return done.error();
                return opId;
            });
    base::whenDone(future, this, [this](const Result<QString> &opId) {
        if (!opId)
            return;
        refresh();
        Q_EMIT enqueued();
    });
    return future;
}

QFuture<Result<QList<storage::RejectedOperation>>> Outbox::rejected()
{
    return m_database.run([](StorageSession &session) { return session.outbox().rejected(); });
}

QFuture<Result<void>> Outbox::dismiss(const QString &opId)
{
    const auto future = m_database.run(
            [opId](StorageSession &session) { return session.outbox().dismiss(opId); });
    base::whenDone(future, this, [this](const Result<void> &) { refresh(); });
    return future;
}

void Outbox::refresh()
{
    base::whenDone(
            m_database.run([](StorageSession &session) { return session.outbox().counts(); }), this,
            [this](const Result<storage::OutboxCounts> &counts) {
                if (!counts || *counts == m_counts)
                    return;
                m_counts = *counts;
                Q_EMIT countsChanged();
            });
}

} // namespace riderport::sync
