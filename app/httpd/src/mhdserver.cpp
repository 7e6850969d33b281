// SPDX-License-Identifier: Apache-2.0
#include "mhdserver.h"

#include "mhdexchange.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <vector>

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace riderport::httpd {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr int kTickMs = 1000;
constexpr int kMaxEvents = 256;
constexpr int kBacklog = 1024;
constexpr int kAcceptsPerTurn = 128;

qint64 monotonicMs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

void epollAdd(int set, int fd, quint32 events, Pollable *what)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = what;
    epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
}

socklen_t toSocketAddress(const QHostAddress &address, quint16 port, sockaddr_storage *out)
{
    std::memset(out, 0, sizeof *out);
    if (address.protocol() == QAbstractSocket::IPv6Protocol || address == QHostAddress::Any) {
        auto *v6 = reinterpret_cast<sockaddr_in6 *>(out);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        if (address != QHostAddress::Any)
            std::memcpy(&v6->sin6_addr, &bytes, sizeof bytes);
        return sizeof *v6;
    }
    auto *v4 = reinterpret_cast<sockaddr_in *>(out);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    v4->sin_addr.s_addr = htonl(address.toIPv4Address());
    return sizeof *v4;
}

Error listenError()
{
    return {ErrorKind::Unavailable, u"httpd.listen"_s,
            QString::fromLocal8Bit(std::strerror(errno))};
}

} // namespace

MhdServer::MhdServer()
{
    m_tick.setInterval(kTickMs);
    m_tick.setTimerType(Qt::CoarseTimer);
    connect(&m_tick, &QTimer::timeout, this, &MhdServer::onTick);
    m_runSoon.setSingleShot(true);
    m_runSoon.setInterval(0);
    connect(&m_runSoon, &QTimer::timeout, this, &MhdServer::runShards);
    m_grace.setSingleShot(true);
    connect(&m_grace, &QTimer::timeout, this, [this] {
        if (const auto done = std::exchange(m_drained, nullptr))
            done();
    });
}

MhdServer::~MhdServer()
{
    stop();
}

base::Result<void> MhdServer::listen(const HttpServerOptions &options, HttpHandler handler)
{
    m_options = options;
    m_handler = std::move(handler);
    sockaddr_storage address{};
    socklen_t length = toSocketAddress(options.address, options.port, &address);
    m_listenFd = ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_listenFd < 0)
        return listenError();
    const int on = 1;
    setsockopt(m_listenFd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listenFd, generic, length) != 0 || ::listen(m_listenFd, kBacklog) != 0 ||
        getsockname(m_listenFd, generic, &length) != 0) {
        const Error error = listenError();
        closeListener();
        return error;
    }
    m_port = ntohs(address.ss_family == AF_INET6
                           ? reinterpret_cast<sockaddr_in6 *>(&address)->sin6_port
                           : reinterpret_cast<sockaddr_in *>(&address)->sin_port);
    m_epollFd = epoll_create1(EPOLL_CLOEXEC);
    for (auto &shard : m_shards) {
        shard = std::make_unique<MhdShard>(this);
        if (auto started = shard->start(options); !started)
            return started;
        epollAdd(m_epollFd, shard->epollFd(), EPOLLIN, shard.get());
    }
    epollAdd(m_epollFd, m_listenFd, EPOLLIN, &m_listener);
    m_accepting = true;
    m_notifier = std::make_unique<QSocketNotifier>(m_epollFd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &MhdServer::onReadable);
    m_tick.start();
    return {};
}

void MhdServer::onFinished(std::function<void(const HttpExchangeSummary &)> callback)
{
    m_finished = std::move(callback);
}

void MhdServer::finished(const HttpExchangeSummary &summary)
{
    if (m_finished)
        m_finished(summary);
}

void MhdServer::exchangeOpened(MhdExchange *exchange)
{
    m_exchanges.insert(exchange);
    ++m_openExchanges;
}

void MhdServer::exchangeClosed(MhdExchange *exchange)
{
    m_exchanges.erase(exchange);
    --m_openExchanges;
    checkDrained();
}

void MhdServer::watchHeld(int fd, MhdExchange *exchange) const
{
    epollAdd(m_epollFd, fd, EPOLLRDHUP | EPOLLONESHOT, exchange);
}

void MhdServer::unwatchHeld(int fd) const
{
    epoll_ctl(m_epollFd, EPOLL_CTL_DEL, fd, nullptr);
}

void MhdServer::scheduleRun(MhdShard *shard)
{
    shard->needsRun = true;
    if (!m_runSoon.isActive())
        m_runSoon.start();
}

void MhdServer::onReadable()
{
    epoll_event events[kMaxEvents];
    const int count = epoll_wait(m_epollFd, events, kMaxEvents, 0);
    // Held clients first: running a shard destroys exchanges that later events could point to.
    for (int i = 0; i < count; ++i) {
        auto *what = static_cast<Pollable *>(events[i].data.ptr);
        if (what->kind == Pollable::Kind::HeldClient)
            static_cast<MhdExchange *>(what)->clientGone();
        else if (what->kind == Pollable::Kind::Shard)
            static_cast<MhdShard *>(what)->needsRun = true;
    }
    for (int i = 0; i < count; ++i) {
        if (static_cast<Pollable *>(events[i].data.ptr)->kind == Pollable::Kind::Listener)
            acceptAll();
    }
    runShards();
}

void MhdServer::acceptAll()
{
    for (int i = 0; i < kAcceptsPerTurn && m_accepting; ++i) {
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        const int fd = accept4(m_listenFd, generic, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            // Out of descriptors: leave the backlog alone until the next tick instead of spinning.
            if (errno == EMFILE || errno == ENFILE) {
                epoll_ctl(m_epollFd, EPOLL_CTL_DEL, m_listenFd, nullptr);
                m_accepting = false;
            }
            if (errno == ECONNABORTED || errno == EINTR)
                continue;
            return;
        }
        if (connectionCount() >= m_options.maxConnections) {
            ::close(fd);
            continue;
        }
        const auto least = std::min_element(
                m_shards.begin(), m_shards.end(),
                [](const auto &a, const auto &b) { return a->connections() < b->connections(); });
        (*least)->add(fd, generic, length);
    }
}

void MhdServer::runShards()
{
    bool again = false;
    for (const auto &shard : m_shards) {
        if (shard && shard->needsRun) {
            shard->needsRun = shard->run();
            again = again || shard->needsRun;
        }
    }
    if (again && !m_runSoon.isActive())
        m_runSoon.start();
}

void MhdServer::onTick()
{
    const qint64 now = monotonicMs();
    for (ConnectionWatch *watch : m_watches) {
        qint64 limit = 0;
        switch (watch->phase) {
        case ConnectionWatch::Phase::Idle:
            limit = m_options.idleMs;
            break;
        case ConnectionWatch::Phase::Receiving:
            limit = m_options.receiveMs;
            break;
        case ConnectionWatch::Phase::Sending:
            limit = m_options.sendMs;
            break;
        case ConnectionWatch::Phase::Handling:
            continue;
        }
        // The library sees the end of the stream and closes; it must not find its socket gone.
        if (now - watch->since > limit)
            ::shutdown(watch->fd, SHUT_RDWR);
    }
    for (const auto &shard : m_shards)
        shard->needsRun = true;
    if (!m_accepting && m_listenFd >= 0) {
        epollAdd(m_epollFd, m_listenFd, EPOLLIN, &m_listener);
        m_accepting = true;
    }
    runShards();
}

void MhdServer::closeListener()
{
    m_accepting = false;
    if (m_listenFd >= 0)
        ::close(m_listenFd);
    m_listenFd = -1;
}

void MhdServer::drain(int graceMs, std::function<void()> done)
{
    closeListener();
    m_drained = std::move(done);
    m_grace.start(graceMs);
    QMetaObject::invokeMethod(this, &MhdServer::checkDrained, Qt::QueuedConnection);
}

void MhdServer::checkDrained()
{
    if (m_drained && m_openExchanges == 0)
        m_grace.start(0);
}

void MhdServer::stop()
{
    closeListener();
    m_tick.stop();
    m_runSoon.stop();
    m_grace.stop();
    m_notifier.reset();
    // A daemon must not be stopped with suspended connections, so each gets its end first.
    const std::vector<MhdExchange *> open(m_exchanges.begin(), m_exchanges.end());
    for (MhdExchange *exchange : open)
        exchange->clientGone();
    for (auto &shard : m_shards) {
        for (int turn = 0; shard && turn < 4; ++turn)
            (void)shard->run();
        shard.reset();
    }
    if (m_epollFd >= 0)
        ::close(m_epollFd);
    m_epollFd = -1;
}

std::unique_ptr<HttpServer> makeHttpServer()
{
    return std::make_unique<MhdServer>();
}

} // namespace riderport::httpd
