// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/backoff.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

namespace riderport::sync {

class RetryLoop;

/// One turn of a loop. Whoever holds it decides how the loop goes on; if it is dropped without a
/// decision, that counts as a failure. So no path through a turn, however it ends, can leave the
/// loop without its timer.
class LoopTurn
{
public:
    explicit LoopTurn(RetryLoop *loop)
        : m_loop(loop)
    {}
    ~LoopTurn() { failed(); }
    LoopTurn(const LoopTurn &) = delete;
    LoopTurn &operator=(const LoopTurn &) = delete;

    /// Success, go on at once.
    void again();
    /// Success, nothing to do before `ms` have passed or wake() is called.
    void after(qint64 ms);
    /// Wait as the back-off says.
    void failed(qint64 retryAfterMs = -1);

private:
    void settle(qint64 ms);
    QPointer<RetryLoop> m_loop;
};

/// Repeats turns, one at a time, with back-off after failures and one timer that is armed after
/// every turn.
class RetryLoop : public QObject
{
    Q_OBJECT
public:
    using Turn = std::function<void(const std::shared_ptr<LoopTurn> &)>;

    RetryLoop(Turn turn, std::function<double()> uniform, QObject *parent);

    void start();
    void stop();
    /// There is something to do: the next turn now, or right after the one that is running. Does
    /// not cut a back-off short.
    void wake();
    /// The reason of the failures is gone: next turn now, back-off forgotten.
    void hurry();

    [[nodiscard]] bool isArmed() const { return m_timer.isActive(); }
    [[nodiscard]] qint64 armedMs() const { return m_timer.interval(); }
    [[nodiscard]] int failures() const { return m_backoff.failures(); }
    [[nodiscard]] bool isTurning() const { return m_turning; }

private:
    friend class LoopTurn;
    void turn();
    void arm(qint64 ms);

    Turn m_turn;
    transport::Backoff m_backoff;
    QTimer m_timer;
    bool m_running = false;
    bool m_turning = false;
    bool m_woken = false;
};

} // namespace riderport::sync
