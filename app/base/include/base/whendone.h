// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFutureWatcher>
#include <QObject>

#include <memory>
#include <utility>

namespace riderport::base {

/// Calls `step(result)` on the thread of `context` when `future` has its result, unless `context`
/// is gone by then or the producer gave up (no result ever). Use this and not
/// QFuture::then(context, …): Qt 6.4 asserts there when the context has been destroyed in the
/// meantime, which is what happens at every log-out.
template<typename T, typename Step>
void whenDone(const QFuture<T> &future, QObject *context, Step step)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, step = std::move(step)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             step(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace riderport::base
