// SPDX-License-Identifier: Apache-2.0
#include "signalwatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace riderport::terminal {

namespace {

sigset_t watched()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

} // namespace

void SignalWatcher::blockSignals()
{
    const sigset_t signals = watched();
    sigprocmask(SIG_BLOCK, &signals, nullptr);
}

SignalWatcher::SignalWatcher()
{
    const sigset_t signals = watched();
    m_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (m_fd < 0)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        if (read(m_fd, &info, sizeof info) == qsizetype(sizeof info))
            QCoreApplication::quit();
    });
}

SignalWatcher::~SignalWatcher()
{
    m_notifier.reset();
    if (m_fd >= 0)
        close(m_fd);
}

} // namespace riderport::terminal
