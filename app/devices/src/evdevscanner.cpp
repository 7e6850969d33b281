// SPDX-License-Identifier: Apache-2.0
#include "devices/evdevscanner.h"

#include "keycodes.h"
#include "lineassembler.h"
#include "log.h"

#include "base/clock.h"

#include <QFile>
#include <QSocketNotifier>

#include <cerrno>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace riderport::devices {
namespace {
constexpr int kFirstRetryMs = 1000;
constexpr int kLastRetryMs = 15'000;
constexpr int kKeyUp = 0;
constexpr int kKeyDown = 1;
} // namespace

EvdevScanner::EvdevScanner(const QString &device, const base::Clock *clock, QObject *parent)
    : CodeSource(clock, parent)
    , m_device(device)
    , m_clock(clock)
    , m_line(std::make_unique<LineAssembler>(kLongestCode))
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &EvdevScanner::open);
}

EvdevScanner::~EvdevScanner()
{
    close();
}

void EvdevScanner::start()
{
    if (m_fd >= 0 || m_retry.isActive())
        return;
    m_failures = 0;
    open();
}

void EvdevScanner::stop()
{
    m_retry.stop();
    close();
    setState(State::Stopped);
}

void EvdevScanner::open()
{
    m_line->reset();
    m_shift[0] = m_shift[1] = false;
    m_fd = ::open(QFile::encodeName(m_device).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (m_fd < 0) {
        onBroken(errno == ENOENT || errno == ENODEV || errno == ENXIO ? State::Absent
                                                                      : State::Failed);
        return;
    }
    struct stat status = {};
    // A named pipe stands in for the device in tests; it cannot be grabbed and need not be.
    const bool pipe = ::fstat(m_fd, &status) == 0 && S_ISFIFO(status.st_mode);
    if (!pipe && ::ioctl(m_fd, EVIOCGRAB, 1) != 0) {
        // Not ours alone means a login code would also be typed into whatever has the focus.
        qCWarning(lcDevices, "scanner cannot be grabbed: errno %d", errno);
        onBroken(State::Failed);
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &EvdevScanner::onReadable);
    setState(State::Ready);
}

void EvdevScanner::close()
{
    // We may be inside the notifier's own signal.
    if (m_notifier) {
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater();
    }
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

void EvdevScanner::onBroken(State state)
{
    close();
    if (state == State::Failed)
        qCWarning(lcDevices, "scanner failed, trying again");
    setState(state);
    m_retry.start(std::min(kLastRetryMs, kFirstRetryMs << std::min(m_failures++, 8)));
}

void EvdevScanner::onReadable()
{
    input_event events[64];
    const ssize_t got = ::read(m_fd, events, sizeof events);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    // The kernel hands out whole events; anything else is not an input device.
    if (got <= 0 || got % ssize_t(sizeof(input_event)) != 0) {
        onBroken(got <= 0 ? State::Absent : State::Failed);
        return;
    }
    m_failures = 0;
    for (ssize_t i = 0; i < got / ssize_t(sizeof(input_event)); ++i) {
        onEvent(events[i]);
        // A receiver may have stopped us.
        if (m_fd < 0)
            return;
    }
}

void EvdevScanner::onEvent(const input_event &event)
{
    if (event.type == EV_SYN && event.code == SYN_DROPPED) {
        m_line->spoil();
        m_shift[0] = m_shift[1] = false;
        return;
    }
    if (event.type != EV_KEY)
        return;
    if (event.code == KEY_LEFTSHIFT || event.code == KEY_RIGHTSHIFT) {
        m_shift[event.code == KEY_RIGHTSHIFT] = event.value != kKeyUp;
        return;
    }
    // Autorepeat (value 2) of a stuck key is not part of a code.
    if (event.value != kKeyDown)
        return;
    const char c = usCharacter(event.code, m_shift[0] || m_shift[1]);
    if (!c)
        return;
    if (const auto line = m_line->feed(c, m_clock->monotonicMs()))
        publish(*line);
}

} // namespace riderport::devices
