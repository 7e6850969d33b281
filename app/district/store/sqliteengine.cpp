// SPDX-License-Identifier: Apache-2.0
#include "district/sqliteengine.h"

#include "store/sqlitethreads.h"

#include <future>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

struct SqliteEngine::Private
{
    Private(SqliteEngine *q, const StoreOptions &options, const base::Clock &clock)
        : writer(q, options, clock)
        , reader(q, options, clock)
    {}
    SqliteWriter writer;
    SqliteReaderThread reader;
};

SqliteEngine::SqliteEngine(const base::Clock &)
{
    qRegisterMetaType<CommitNotice>();
}

SqliteEngine::~SqliteEngine()
{
    close();
}

base::Result<std::unique_ptr<SqliteEngine>> SqliteEngine::open(const StoreOptions &options,
                                                               const base::Clock &clock)
{
    std::unique_ptr<SqliteEngine> engine(new SqliteEngine(clock));
    engine->d = std::make_unique<Private>(engine.get(), options, clock);
    if (auto started = engine->d->writer.start(); !started)
        return started.error();
    if (auto started = engine->d->reader.start(); !started)
        return started.error();
    return engine;
}

void SqliteEngine::enqueue(WriteTask task)
{
    d->writer.enqueue(std::move(task));
}

void SqliteEngine::enqueue(ReadTask task)
{
    d->reader.enqueue(std::move(task));
}

void SqliteEngine::close()
{
    if (!d)
        return;
    // The reader first: the writer's closing checkpoint wants no open snapshot.
    d->reader.stop();
    d->writer.stop();
}

SqliteReaderThread::SqliteReaderThread(SqliteEngine *engine, const StoreOptions &options,
                                       const base::Clock &clock)
    : m_engine(engine)
    , m_options(options)
    , m_clock(clock)
{}

SqliteReaderThread::~SqliteReaderThread()
{
    stop();
}

base::Result<void> SqliteReaderThread::start()
{
    std::promise<base::Result<void>> opened;
    auto result = opened.get_future();
    m_thread = std::thread([this, &opened] {
        loop([&opened](base::Result<void> outcome) { opened.set_value(std::move(outcome)); });
    });
    return result.get();
}

void SqliteReaderThread::enqueue(SqliteEngine::ReadTask task)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopping) {
            m_queue.push_back(std::move(task));
            m_wake.notify_one();
            return;
        }
    }
    task.run(nullptr, Error{ErrorKind::Unavailable, u"storage.closed"_s, {}});
}

void SqliteReaderThread::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void SqliteReaderThread::loop(std::function<void(base::Result<void>)> opened)
{
    auto ready = m_connection.open(m_options.databasePath, true);
    const bool ok = ready.ok();
    opened(std::move(ready));
    while (ok) {
        SqliteEngine::ReadTask task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_queue.empty(); });
            if (m_queue.empty())
                break;
            task = std::move(m_queue.front());
            m_queue.pop_front();
        }
        const auto begun = m_connection.run(u"BEGIN"_s);
        StoreReader snapshot(&m_connection, m_options.districtId, m_clock.wallMs());
        task.run(begun ? &snapshot : nullptr, begun ? std::nullopt : std::optional(begun.error()));
        m_connection.finishAll();
        if (begun)
            (void)m_connection.run(u"COMMIT"_s);
    }
    m_connection.close();
}

} // namespace riderport::district
