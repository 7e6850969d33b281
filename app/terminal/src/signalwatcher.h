// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace riderport::terminal {

/// Turns SIGTERM and SIGINT into QCoreApplication::quit(), so that the session is wiped and the
/// store closed. One per process.
class SignalWatcher final : public QObject
{
    Q_OBJECT
public:
    /// First thing in main(): threads inherit the mask, so that none of them dies of the signal.
    static void blockSignals();
    SignalWatcher();
    ~SignalWatcher() override;

private:
    int m_fd = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace riderport::terminal
