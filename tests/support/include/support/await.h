// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTimer>

namespace riderport::test {

/// The result of a future, with the event loop running meanwhile. Aborts the test program when none
/// comes: a test that waits for ever tells nobody where.
template<typename T>
T await(const QFuture<T> &future, int timeoutMs = 20'000)
{
    QEventLoop loop;
    QFutureWatcher<T> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(future);
    if (!future.isFinished()) {
        QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (!future.isFinished() || future.resultCount() == 0)
        qFatal("no result");
    return future.result();
}

} // namespace riderport::test
