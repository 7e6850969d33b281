// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "httpd/httpserver.h"
#include "pollable.h"

#include <sys/socket.h>

struct MHD_Daemon;
struct MHD_Connection;

namespace riderport::httpd {

class MhdServer;
struct MhdExchange;

/// What a connection is doing, for the deadlines the library itself does not keep: its idle timeout
/// starts again with every byte, so a client that drips bytes would hold a slot for ever.
struct ConnectionWatch
{
    enum class Phase { Idle, Receiving, Handling, Sending };
    int fd = -1;
    Phase phase = Phase::Idle;
    qint64 since = 0; ///< monotonic ms
};

/// One libmicrohttpd daemon without a listening socket. There are several because waking one
/// suspended connection walks the list of all suspended connections of its daemon: sixteen short
/// lists keep the cost of an answer flat while thousands of long-polls are held.
class MhdShard final : public Pollable
{
public:
    explicit MhdShard(MhdServer *server);
    ~MhdShard();
    MhdShard(const MhdShard &) = delete;
    MhdShard &operator=(const MhdShard &) = delete;

    [[nodiscard]] base::Result<void> start(const HttpServerOptions &options);
    void stop();
    /// Takes ownership of the socket.
    void add(int fd, const sockaddr *address, socklen_t length);
    /// One turn. True when there is more to do at once.
    [[nodiscard]] bool run();

    [[nodiscard]] int epollFd() const { return m_epollFd; }
    [[nodiscard]] int connections() const { return m_connections; }

    MhdServer *const server;
    bool needsRun = false;

private:
    friend struct MhdCallbacks;

    MHD_Daemon *m_daemon = nullptr;
    int m_epollFd = -1;
    int m_connections = 0;
};

} // namespace riderport::httpd
