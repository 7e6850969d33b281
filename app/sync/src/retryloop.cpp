// SPDX-License-Identifier: Apache-2.0
#include "retryloop.h"

namespace riderport::sync {

void LoopTurn::again()
{
    if (m_loop)
        m_loop->m_backoff.reset();
    settle(0);
}

void LoopTurn::after(qint64 ms)
{
    if (m_loop)
        m_loop->m_backoff.reset();
    settle(ms);
}

void LoopTurn::failed(qint64 retryAfterMs)
{
    if (m_loop)
        settle(m_loop->m_backoff.nextDelayMs(retryAfterMs));
}

void LoopTurn::settle(qint64 ms)
{
    if (RetryLoop *loop = std::exchange(m_loop, nullptr))
        loop->arm(ms);
}

RetryLoop::RetryLoop(Turn turn, std::function<double()> uniform, QObject *parent)
    : QObject(parent)
    , m_turn(std::move(turn))
    , m_backoff(std::move(uniform))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RetryLoop::turn);
}

void RetryLoop::start()
{
    m_running = true;
    if (!m_turning)
        m_timer.start(0);
}

void RetryLoop::stop()
{
    m_running = false;
    m_timer.stop();
}

void RetryLoop::wake()
{
    if (m_turning)
        m_woken = true;
    else if (m_running && m_backoff.failures() == 0)
        m_timer.start(0);
}

void RetryLoop::hurry()
{
    m_backoff.reset();
    wake();
}

void RetryLoop::turn()
{
    if (!m_running || m_turning)
        return;
    m_turning = true;
    m_woken = false;
    m_turn(std::make_shared<LoopTurn>(this));
}

void RetryLoop::arm(qint64 ms)
{
    m_turning = false;
    if (!m_running)
        return;
    const bool goOn = m_woken && m_backoff.failures() == 0;
    m_timer.start(int(goOn ? 0 : ms));
}

} // namespace riderport::sync
