// SPDX-License-Identifier: Apache-2.0
#include "devices/serialscanner.h"

#include "lineassembler.h"
#include "log.h"

#include "base/clock.h"

#include <QFileInfo>
#include <QSerialPort>

namespace riderport::devices {
namespace {
constexpr int kFirstRetryMs = 1000;
constexpr int kLastRetryMs = 15'000;
} // namespace

SerialScanner::SerialScanner(const QString &port, qint32 baudRate, const base::Clock *clock,
                             QObject *parent)
    : CodeSource(clock, parent)
    , m_portName(port)
    , m_baudRate(baudRate)
    , m_clock(clock)
    , m_line(std::make_unique<LineAssembler>(kLongestCode))
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &SerialScanner::open);
}

SerialScanner::~SerialScanner()
{
    close();
}

void SerialScanner::start()
{
    if (m_port || m_retry.isActive())
        return;
    m_failures = 0;
    open();
}

void SerialScanner::stop()
{
    m_retry.stop();
    close();
    setState(State::Stopped);
}

void SerialScanner::open()
{
    m_line->reset();
    m_port = std::make_unique<QSerialPort>(m_portName);
    m_port->setBaudRate(m_baudRate);
    // What a hostile device pours out waits in the kernel, not in our memory.
    m_port->setReadBufferSize(4096);
    if (!m_port->open(QIODevice::ReadOnly)) {
        onBroken(QFileInfo::exists(m_portName) ? State::Failed : State::Absent);
        return;
    }
    m_failures = 0;
    connect(m_port.get(), &QSerialPort::readyRead, this, &SerialScanner::onReadyRead);
    connect(
            m_port.get(), &QSerialPort::errorOccurred, this,
            [this](QSerialPort::SerialPortError error) {
                if (error != QSerialPort::NoError && error != QSerialPort::TimeoutError)
                    onBroken(error == QSerialPort::ResourceError ? State::Absent : State::Failed);
            },
            Qt::QueuedConnection);
    setState(State::Ready);
}

void SerialScanner::close()
{
    if (m_port) {
        m_port->disconnect(this);
        m_port->close();
    }
    m_port.reset();
}

void SerialScanner::onBroken(State state)
{
    if (!m_port)
        return;
    close();
    if (state == State::Failed)
        qCWarning(lcDevices, "serial scanner failed, trying again");
    setState(state);
    m_retry.start(std::min(kLastRetryMs, kFirstRetryMs << std::min(m_failures++, 8)));
}

void SerialScanner::onReadyRead()
{
    const QByteArray bytes = m_port->readAll();
    const qint64 now = m_clock->monotonicMs();
    for (const char c : bytes) {
        if (const auto line = m_line->feed(c, now))
            publish(*line);
        // A receiver may have stopped us.
        if (!m_port)
            return;
    }
}

} // namespace riderport::devices
