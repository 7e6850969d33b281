// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/codesource.h"

#include <QTimer>

#include <memory>

class QSocketNotifier;
struct input_event;

namespace riderport::devices {

class LineAssembler;

/// A scanner that pretends to be a keyboard, read as a Linux input device (linux/input.h): grabbed
/// exclusively, so that its keys reach nothing else, and translated by a fixed US layout whatever
/// the layout or CapsLock of the system. Enter ends a code; half a code is dropped after a pause of
/// 500 ms. Never blocks. A device that is missing or goes away is opened again after 1, 2, 4 … at
/// most 15 seconds.
class EvdevScanner final : public CodeSource
{
    Q_OBJECT
public:
    /// `device` is a path such as /dev/input/by-id/…-event-kbd.
    EvdevScanner(const QString &device, const base::Clock *clock, QObject *parent = nullptr);
    ~EvdevScanner() override;

    void start() override;
    void stop() override;
    [[nodiscard]] Kind kind() const override { return Kind::Keyboard; }

private:
    void open();
    void close();
    void onReadable();
    void onEvent(const input_event &event);
    void onBroken(State state);

    QString m_device;
    const base::Clock *m_clock;
    int m_fd = -1;
    bool m_shift[2] = {false, false};
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<LineAssembler> m_line;
    QTimer m_retry;
    int m_failures = 0;
};

} // namespace riderport::devices
