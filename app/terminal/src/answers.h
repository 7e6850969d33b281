// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/boundedjson.h"
#include "base/whendone.h"

#include <QPromise>

#include <memory>

namespace riderport::terminal {

/// The future of `step(value)` for adapters that translate one answer into another. Like
/// base::whenDone(), nothing happens once `context` is gone.
template<typename Out, typename In, typename Step>
[[nodiscard]] QFuture<Out> translated(const QFuture<In> &future, QObject *context, Step step)
{
    auto promise = std::make_shared<QPromise<Out>>();
    promise->start();
    base::whenDone(future, context, [promise, step = std::move(step)](const In &value) {
        promise->addResult(Out(step(value)));
        promise->finish();
    });
    return promise->future();
}

template<typename Out>
[[nodiscard]] QFuture<Out> answeredNow(Out value)
{
    QPromise<Out> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// The object in a reply's body; code json.*.
[[nodiscard]] inline base::Result<QJsonObject> objectOf(const base::Result<QByteArray> &body)
{
    constexpr qsizetype kMaxReply = 1024 * 1024;
    if (!body)
        return body.error();
    return base::parseJsonObject(*body, kMaxReply);
}

} // namespace riderport::terminal
