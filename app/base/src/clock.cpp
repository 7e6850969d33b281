// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <QFile>

#include <ctime>

namespace riderport::base {

using namespace Qt::StringLiterals;

namespace {

qint64 readClock(clockid_t id)
{
    timespec now{};
    clock_gettime(id, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

} // namespace

SystemClock::SystemClock()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    if (file.open(QIODevice::ReadOnly))
        m_bootId = QString::fromLatin1(file.readLine(64)).trimmed();
    if (m_bootId.isEmpty())
        m_bootId = u"unknown"_s;
}

qint64 SystemClock::wallMs() const
{
    return readClock(CLOCK_REALTIME);
}

qint64 SystemClock::monotonicMs() const
{
    return readClock(CLOCK_BOOTTIME);
}

} // namespace riderport::base
