// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QPromise>

#include <memory>

namespace riderport::test {

/// A future that the test answers when it likes.
template<typename T>
class Pending
{
public:
    Pending()
        : m_promise(std::make_shared<QPromise<T>>())
    {
        m_promise->start();
    }
    [[nodiscard]] QFuture<T> future() const { return m_promise->future(); }
    void answer(T value)
    {
        m_promise->addResult(std::move(value));
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<T>> m_promise;
};

/// A future that is already answered.
template<typename T>
[[nodiscard]] QFuture<T> readyNow(T value)
{
    Pending<T> pending;
    pending.answer(std::move(value));
    return pending.future();
}

} // namespace riderport::test
