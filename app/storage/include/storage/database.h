// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/signing.h"
#include "storage/deviceidentity.h"
#include "storage/storagesession.h"

#include <QFuture>
#include <QPromise>
#include <QString>

#include <memory>
#include <optional>
#include <type_traits>

namespace riderport::base {
class Clock;
}

namespace riderport::storage {

struct DatabaseSettings
{
    QString stateDirectory; ///< absolute; made with mode 0700 when missing
    QString schemaDirectory = QStringLiteral(":/riderport/schema/terminal");
};

/// What opening found.
struct OpenReport
{
    crypto::KeyPair deviceKey;              ///< made at the first start
    std::optional<DeviceIdentity> identity; ///< absent until enrolled
    QString cacheSetAside; ///< name of a damaged cache's new place; empty = it was sound
};

/// The kiosk's store: one thread that owns the process's only connections to `cache.db` (can be
/// pulled again) and `ledger.db` (cannot). A lock on the directory keeps a second process out. Any
/// thread may call run(); tasks are executed one by one in the order of the calls.
///
/// Errors of open(), and of every task while it is not open: storage.in-use, storage.read-only,
/// storage.full, storage.open, storage.io, storage.newer-schema, storage.ledger-damaged (a copy has
/// been put aside), storage.keys-lost, storage.keys-damaged, storage.closed.
class Database
{
public:
    Database(DatabaseSettings settings, const base::Clock &clock);
    /// Finishes the queued tasks, closes both files and ends the thread; may take the time of those
    /// tasks.
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Once, before the first run().
    [[nodiscard]] QFuture<base::Result<OpenReport>> open();

    /// Runs `task(StorageSession &)`, which returns a Result, on the storage thread.
    template<typename Task>
    [[nodiscard]] auto run(Task task) -> QFuture<std::invoke_result_t<Task, StorageSession &>>
    {
        using Outcome = std::invoke_result_t<Task, StorageSession &>;
        auto promise = std::make_shared<QPromise<Outcome>>();
        auto job = std::make_shared<Task>(std::move(task));
        promise->start();
        QFuture<Outcome> future = promise->future();
        post([promise, job](StorageSession *session, const base::Error &closed) {
            promise->addResult(session ? (*job)(*session) : Outcome(closed));
            promise->finish();
        });
        return future;
    }

private:
    using Job = std::function<void(StorageSession *, const base::Error &)>;
    void post(Job job);

    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace riderport::storage
