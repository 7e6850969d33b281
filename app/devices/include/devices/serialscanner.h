// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/codesource.h"

#include <QTimer>

#include <memory>

class QSerialPort;

namespace riderport::devices {

class LineAssembler;

/// A scanner on a serial line or USB-CDC port that sends each code as a line ended by CR, LF or
/// both (printable ASCII, at most 512 bytes; anything else drops the whole line). Never blocks.
/// A port that is missing or breaks is opened again after 1, 2, 4 … at most 15 seconds.
class SerialScanner final : public CodeSource
{
    Q_OBJECT
public:
    /// `port` is a device path such as /dev/ttyACM0; `baudRate` in bits per second, 8N1.
    SerialScanner(const QString &port, qint32 baudRate, const base::Clock *clock,
                  QObject *parent = nullptr);
    ~SerialScanner() override;

    void start() override;
    void stop() override;
    [[nodiscard]] Kind kind() const override { return Kind::Serial; }

private:
    void open();
    void close();
    void onReadyRead();
    void onBroken(State state);

    QString m_portName;
    qint32 m_baudRate;
    const base::Clock *m_clock;
    std::unique_ptr<QSerialPort> m_port;
    std::unique_ptr<LineAssembler> m_line;
    QTimer m_retry;
    int m_failures = 0;
};

} // namespace riderport::devices
