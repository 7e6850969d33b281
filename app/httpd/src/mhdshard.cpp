// SPDX-License-Identifier: Apache-2.0
#include "mhdshard.h"

#include "mhdexchange.h"
#include "mhdserver.h"

#include <QLoggingCategory>

#include <cstdarg>
#include <cstdio>
#include <ctime>

#include <microhttpd.h>
#include <unistd.h>

namespace riderport::httpd {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcMhd, "riderport.httpd.mhd", QtWarningMsg)

namespace {

// The library frees the connection's pool only with the connection; a head of maxHead bytes needs
// room for the parsed header list beside the text itself.
constexpr size_t kPoolExtra = 16 * 1024;

void logFromLibrary(void *, const char *format, va_list arguments)
{
    // One line per malformed request or reset connection: noise on a public port.
    if (!lcMhd().isDebugEnabled())
        return;
    char text[512];
    std::vsnprintf(text, sizeof text, format, arguments);
    qCDebug(lcMhd, "%s", text);
}

size_t keepEscapes(void *, MHD_Connection *, char *text)
{
    // Routes and signatures need the path as it was sent; we decode captures ourselves.
    return std::char_traits<char>::length(text);
}

qint64 monotonicMs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

} // namespace

/// The C callbacks; a struct only to be a friend.
struct MhdCallbacks
{
    static void *uriSeen(void *cls, const char *uri, MHD_Connection *connection)
    {
        return new MhdExchange(static_cast<MhdShard *>(cls), connection, uri);
    }

    static MHD_Result access(void *, MHD_Connection *, const char *, const char *method,
                             const char *, const char *data, size_t *size, void **context)
    {
        return MHD_Result(static_cast<MhdExchange *>(*context)->step(method, data, size));
    }

    static void completed(void *, MHD_Connection *, void **context, MHD_RequestTerminationCode)
    {
        delete static_cast<MhdExchange *>(*context);
        *context = nullptr;
    }

    static void connectionChanged(void *cls, MHD_Connection *connection, void **context,
                                  MHD_ConnectionNotificationCode code)
    {
        auto *shard = static_cast<MhdShard *>(cls);
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
            auto *watch = new ConnectionWatch;
            watch->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
                                ->connect_fd;
            watch->since = monotonicMs();
            *context = watch;
            ++shard->m_connections;
            shard->server->connectionOpened(watch);
            return;
        }
        auto *watch = static_cast<ConnectionWatch *>(*context);
        --shard->m_connections;
        shard->server->connectionClosed(watch);
        delete watch;
        *context = nullptr;
    }
};

MhdShard::MhdShard(MhdServer *owner)
    : Pollable(Kind::Shard)
    , server(owner)
{}

MhdShard::~MhdShard()
{
    stop();
}

base::Result<void> MhdShard::start(const HttpServerOptions &options)
{
    // No MHD_USE_TURBO: it would close without a linger and cut early refusals short.
    m_daemon = MHD_start_daemon(
            MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG,
            0, nullptr, nullptr, &MhdCallbacks::access, this, MHD_OPTION_EXTERNAL_LOGGER,
            &logFromLibrary, nullptr, MHD_OPTION_URI_LOG_CALLBACK, &MhdCallbacks::uriSeen, this,
            MHD_OPTION_NOTIFY_COMPLETED, &MhdCallbacks::completed, nullptr,
            MHD_OPTION_NOTIFY_CONNECTION, &MhdCallbacks::connectionChanged, this,
            MHD_OPTION_UNESCAPE_CALLBACK, &keepEscapes, nullptr, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
            size_t(options.maxHead) + kPoolExtra, MHD_OPTION_CONNECTION_MEMORY_INCREMENT,
            size_t(4096), MHD_OPTION_CONNECTION_LIMIT, unsigned(options.maxConnections),
            MHD_OPTION_CONNECTION_TIMEOUT, unsigned(options.idleMs + 999) / 1000,
            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!m_daemon)
        return base::Error{base::ErrorKind::Internal, u"httpd.listen"_s, u"daemon"_s};
    m_epollFd = MHD_get_daemon_info(m_daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    return {};
}

void MhdShard::stop()
{
    if (m_daemon)
        MHD_stop_daemon(m_daemon);
    m_daemon = nullptr;
    m_epollFd = -1;
}

void MhdShard::add(int fd, const sockaddr *address, socklen_t length)
{
    // On failure the library has closed the socket itself.
    MHD_add_connection(m_daemon, fd, address, length);
    needsRun = true;
}

bool MhdShard::run()
{
    needsRun = false;
    MHD_run(m_daemon);
    unsigned long long wait = 0;
    return needsRun || (MHD_get_timeout(m_daemon, &wait) == MHD_YES && wait == 0);
}

} // namespace riderport::httpd
