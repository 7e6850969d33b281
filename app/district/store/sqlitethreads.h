// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/sqliteengine.h"
#include "store/sqliteconnection.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace riderport::district {

/// The thread that owns the writing connection.
class SqliteWriter
{
public:
    SqliteWriter(SqliteEngine *engine, const StoreOptions &options, const base::Clock &clock);
    ~SqliteWriter();

    /// Opens, migrates and starts; waits for the outcome.
    [[nodiscard]] base::Result<void> start();
    void enqueue(SqliteEngine::WriteTask task);
    void stop();

private:
    void loop(std::function<void(base::Result<void>)> opened);
    void runGroup(std::deque<SqliteEngine::WriteTask> &group);
    [[nodiscard]] std::optional<base::Error> runTask(SqliteEngine::WriteTask &task,
                                                     QList<BucketHead> &heads,
                                                     QList<std::function<void()>> &callbacks);
    void noticeForeignCommits();
    void publish(QList<BucketHead> heads, QList<std::function<void()>> callbacks);

    SqliteEngine *const m_engine;
    const StoreOptions m_options;
    const base::Clock &m_clock;
    SqliteConnection m_connection;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<SqliteEngine::WriteTask> m_queue;
    bool m_stopping = false;
    qint64 m_dataVersion = 0;
    std::thread m_thread;
};

/// The thread that owns the reading connection. It also notices commits of other processes.
class SqliteReaderThread
{
public:
    SqliteReaderThread(SqliteEngine *engine, const StoreOptions &options, const base::Clock &clock);
    ~SqliteReaderThread();

    [[nodiscard]] base::Result<void> start();
    void enqueue(SqliteEngine::ReadTask task);
    void stop();

private:
    void loop(std::function<void(base::Result<void>)> opened);

    SqliteEngine *const m_engine;
    const StoreOptions m_options;
    const base::Clock &m_clock;
    SqliteConnection m_connection;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<SqliteEngine::ReadTask> m_queue;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace riderport::district
