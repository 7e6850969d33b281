// SPDX-License-Identifier: Apache-2.0
#include "storage/database.h"

#include "sqlconnection.h"
#include "storageopener.h"

#include "storage/devicerepository.h"
#include "storage/feedrepository.h"
#include "storage/outboxrepository.h"
#include "storage/usedtokenrepository.h"

#include <QThread>

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

StorageSession::StorageSession() = default;
StorageSession::~StorageSession() = default;

Result<void> StorageSession::inLedger(const std::function<Result<void>()> &steps)
{
    return m_ledger->transaction(steps);
}

Result<void> StorageSession::inCache(const std::function<Result<void>()> &steps)
{
    return m_cache->transaction(steps);
}

/// Lives on the caller's side except for `session` and `opener`, which only the thread touches.
class Database::Worker
{
public:
    Worker(DatabaseSettings settings, const base::Clock &clock)
        : opener(std::make_unique<StorageOpener>(settings, clock))
    {
        thread.setObjectName(u"storage"_s);
        context.moveToThread(&thread);
        thread.start();
    }

    ~Worker()
    {
        QMetaObject::invokeMethod(
                &context,
                [this] {
                    session.reset();
                    opener.reset();
                    thread.quit();
                },
                Qt::QueuedConnection);
        thread.wait();
    }

    QThread thread;
    QObject context;
    std::unique_ptr<StorageOpener> opener;
    std::unique_ptr<StorageSession> session;
    Error closed{ErrorKind::Storage, u"storage.closed"_s, {}};
};

Database::Database(DatabaseSettings settings, const base::Clock &clock)
    : m_worker(std::make_unique<Worker>(std::move(settings), clock))
{}

Database::~Database() = default;

QFuture<Result<OpenReport>> Database::open()
{
    auto promise = std::make_shared<QPromise<Result<OpenReport>>>();
    promise->start();
    QFuture<Result<OpenReport>> future = promise->future();
    Worker *worker = m_worker.get();
    QMetaObject::invokeMethod(
            &worker->context,
            [worker, promise] {
                auto session = std::make_unique<StorageSession>();
                Result<OpenReport> report = worker->opener->open(*session);
                if (report)
                    worker->session = std::move(session);
                else
                    worker->closed = report.error();
                promise->addResult(std::move(report));
                promise->finish();
            },
            Qt::QueuedConnection);
    return future;
}

void Database::post(Job job)
{
    Worker *worker = m_worker.get();
    QMetaObject::invokeMethod(
            &worker->context,
            [worker, job = std::move(job)] { job(worker->session.get(), worker->closed); },
            Qt::QueuedConnection);
}

} // namespace riderport::storage
