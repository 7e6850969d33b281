// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace riderport::base {

/// Time as the product sees it. Injected everywhere so that tests own time. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall time, UTC. May jump in either direction: never order events by it.
    [[nodiscard]] virtual qint64 wallMs() const = 0;
    /// Milliseconds since an unspecified start; never goes back within one boot.
    [[nodiscard]] virtual qint64 monotonicMs() const = 0;
    /// Identifies the boot that monotonicMs() belongs to; values of two boots cannot be compared.
    [[nodiscard]] virtual QString bootId() const = 0;

    [[nodiscard]] QDateTime now() const
    {
        return QDateTime::fromMSecsSinceEpoch(wallMs(), Qt::UTC);
    }
};

/// The machine's own clocks (CLOCK_REALTIME, CLOCK_BOOTTIME, /proc/sys/kernel/random/boot_id).
class SystemClock final : public Clock
{
public:
    SystemClock();
    [[nodiscard]] qint64 wallMs() const override;
    [[nodiscard]] qint64 monotonicMs() const override;
    [[nodiscard]] QString bootId() const override { return m_bootId; }

private:
    QString m_bootId;
};

} // namespace riderport::base
