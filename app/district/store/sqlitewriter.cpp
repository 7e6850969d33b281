// SPDX-License-Identifier: Apache-2.0
#include "store/sqlitemigrations.h"
#include "store/sqlitethreads.h"

#include <QLoggingCategory>

#include <future>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcStore, "riderport.district.store")

namespace {

// Bounds the time a reader of the newest state waits, and what one failing commit takes along.
constexpr size_t kMaxGroup = 256;
// How soon a change made by riderportctl is noticed.
constexpr auto kForeignCommitPoll = std::chrono::milliseconds(500);

Error closedError()
{
    return {ErrorKind::Unavailable, u"storage.closed"_s, {}};
}

} // namespace

SqliteWriter::SqliteWriter(SqliteEngine *engine, const StoreOptions &options,
                           const base::Clock &clock)
    : m_engine(engine)
    , m_options(options)
    , m_clock(clock)
{}

SqliteWriter::~SqliteWriter()
{
    stop();
}

base::Result<void> SqliteWriter::start()
{
    std::promise<base::Result<void>> opened;
    auto result = opened.get_future();
    m_thread = std::thread([this, &opened] {
        loop([&opened](base::Result<void> outcome) { opened.set_value(std::move(outcome)); });
    });
    return result.get();
}

void SqliteWriter::enqueue(SqliteEngine::WriteTask task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back(std::move(task));
            m_wake.notify_one();
            return;
        }
    }
    task.finish(closedError());
}

void SqliteWriter::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void SqliteWriter::loop(std::function<void(base::Result<void>)> opened)
{
    auto ready = m_connection.open(m_options.databasePath, false);
    if (ready && !m_options.schemaDir.isEmpty())
        ready = applyMigrations(m_connection, m_options.schemaDir, m_clock.wallMs());
    const bool ok = ready.ok();
    m_dataVersion = ok ? m_connection.dataVersion() : 0;
    opened(std::move(ready));
    while (ok) {
        std::deque<SqliteEngine::WriteTask> group;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, kForeignCommitPoll,
                            [this] { return m_stopping || !m_queue.empty(); });
            if (m_stopping && m_queue.empty())
                break;
            while (!m_queue.empty() && group.size() < kMaxGroup) {
                group.push_back(std::move(m_queue.front()));
                m_queue.pop_front();
            }
        }
        noticeForeignCommits();
        if (!group.empty())
            runGroup(group);
    }
    if (ok)
        (void)m_connection.run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    m_connection.close();
}

void SqliteWriter::noticeForeignCommits()
{
    // Of this connection's view only: our reader does not write, so it was another process.
    const qint64 version = m_connection.dataVersion();
    if (version == m_dataVersion)
        return;
    m_dataVersion = version;
    QMetaObject::invokeMethod(
            m_engine,
            [engine = m_engine] {
                Q_EMIT engine->committed(CommitNotice{{}, true});
            },
            Qt::QueuedConnection);
}

std::optional<Error> SqliteWriter::runTask(SqliteEngine::WriteTask &task, QList<BucketHead> &heads,
                                           QList<std::function<void()>> &callbacks)
{
    if (auto begun = m_connection.run(u"SAVEPOINT task"_s); !begun)
        return begun.error();
    StoreTransaction tx(&m_connection, m_options.districtId, m_clock.wallMs());
    auto error = task.run(tx);
    if (!error)
        error = tx.flushFeed();
    m_connection.finishAll();
    if (error)
        (void)m_connection.run(u"ROLLBACK TO task"_s);
    if (auto released = m_connection.run(u"RELEASE task"_s); !released && !error)
        error = released.error();
    if (!error) {
        heads += tx.m_heads;
        callbacks += tx.m_afterCommit;
    }
    return error;
}

void SqliteWriter::runGroup(std::deque<SqliteEngine::WriteTask> &group)
{
    QList<std::optional<Error>> outcomes(qsizetype(group.size()));
    QList<BucketHead> heads;
    QList<std::function<void()>> callbacks;
    auto group_outcome = m_connection.run(u"BEGIN IMMEDIATE"_s);
    for (size_t i = 0; group_outcome && i < group.size(); ++i)
        outcomes[qsizetype(i)] = runTask(group[i], heads, callbacks);
    if (group_outcome)
        group_outcome = m_connection.run(u"COMMIT"_s);
    if (!group_outcome) {
        // Whatever a task thought it did is undone: a full disk ends the whole transaction.
        qCWarning(lcStore).noquote()
                << "commit failed" << group_outcome.error().code << group_outcome.error().detail;
        m_connection.finishAll();
        (void)m_connection.run(u"ROLLBACK"_s);
        for (auto &outcome : outcomes)
            outcome = outcome ? outcome : std::optional(group_outcome.error());
    } else {
        publish(std::move(heads), std::move(callbacks));
    }
    for (size_t i = 0; i < group.size(); ++i)
        group[i].finish(outcomes.at(qsizetype(i)));
}

void SqliteWriter::publish(QList<BucketHead> heads, QList<std::function<void()>> callbacks)
{
    if (heads.isEmpty() && callbacks.isEmpty())
        return;
    QMetaObject::invokeMethod(
            m_engine,
            [engine = m_engine, heads = std::move(heads), callbacks = std::move(callbacks)] {
                if (!heads.isEmpty())
                    Q_EMIT engine->committed(CommitNotice{heads, false});
                for (const auto &callback : callbacks)
                    callback();
            },
            Qt::QueuedConnection);
}

} // namespace riderport::district
