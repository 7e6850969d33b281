// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "district/storetransaction.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>
#include <optional>

namespace riderport::district {

struct StoreOptions
{
    QString databasePath; ///< created when missing, directory must exist
    QString schemaDir;    ///< resources/schema/district; empty = take the schema as it is
    QString districtId = QStringLiteral("420303");
};

/// What one commit changed. `external`: another process wrote; everything may have changed.
struct CommitNotice
{
    QList<BucketHead> heads;
    bool external = false;
};

/// The embedded store: one thread writes with group commit (all tasks that wait share one
/// transaction and one flush, each in its savepoint), one thread reads snapshots. WAL, synchronous
/// FULL: a finished write is on the disk. Futures finish in the storage threads; continue them with
/// a context object. Call from the loop thread.
class SqliteEngine final : public QObject
{
    Q_OBJECT

public:
    ~SqliteEngine() override;

    /// Applies missing migrations. Codes: storage.open, schema.too-new, schema.changed,
    /// schema.syntax, storage.*. `clock` must outlive the engine.
    [[nodiscard]] static base::Result<std::unique_ptr<SqliteEngine>>
    open(const StoreOptions &options, const base::Clock &clock);

    /// Queues a write. The future holds the task's value once it is durable, the task's own error
    /// (nothing of it stored), or the commit's (nothing of the group stored).
    template<typename T>
    [[nodiscard]] QFuture<base::Result<T>>
    write(std::function<base::Result<T>(StoreTransaction &)> task);

    /// Runs in one read snapshot, in the reading thread.
    template<typename T>
    [[nodiscard]] QFuture<base::Result<T>> read(std::function<base::Result<T>(StoreReader &)> task);

    /// Finishes what is queued, checkpoints, closes. Further tasks fail with storage.closed.
    void close();

Q_SIGNALS:
    /// In the loop thread, after the commit and before the futures of its tasks finish.
    void committed(const riderport::district::CommitNotice &notice);

private:
    friend class SqliteWriter;
    friend class SqliteReaderThread;

    struct WriteTask
    {
        std::function<std::optional<base::Error>(StoreTransaction &)> run;
        std::function<void(const std::optional<base::Error> &)> finish;
    };
    struct ReadTask
    {
        std::function<void(StoreReader *, const std::optional<base::Error> &)> run;
    };

    explicit SqliteEngine(const base::Clock &clock);
    void enqueue(WriteTask task);
    void enqueue(ReadTask task);

    struct Private;
    std::unique_ptr<Private> d;
};

template<typename T>
QFuture<base::Result<T>>
SqliteEngine::write(std::function<base::Result<T>(StoreTransaction &)> task)
{
    struct State
    {
        QPromise<base::Result<T>> promise;
        std::optional<base::Result<T>> result;
    };
    auto state = std::make_shared<State>();
    state->promise.start();
    auto future = state->promise.future();
    enqueue(WriteTask{
            [state, task = std::move(task)](StoreTransaction &tx) -> std::optional<base::Error> {
                state->result.emplace(task(tx));
                if (!state->result->ok())
                    return state->result->error();
                return {};
            },
            [state](const std::optional<base::Error> &error) {
                if (error)
                    state->promise.addResult(base::Result<T>(*error));
                else
                    state->promise.addResult(std::move(*state->result));
                state->promise.finish();
            }});
    return future;
}

template<typename T>
QFuture<base::Result<T>> SqliteEngine::read(std::function<base::Result<T>(StoreReader &)> task)
{
    auto promise = std::make_shared<QPromise<base::Result<T>>>();
    promise->start();
    auto future = promise->future();
    enqueue(ReadTask{[promise, task = std::move(task)](StoreReader *reader,
                                                       const std::optional<base::Error> &error) {
        promise->addResult(reader ? task(*reader) : base::Result<T>(*error));
        promise->finish();
    }});
    return future;
}

} // namespace riderport::district
