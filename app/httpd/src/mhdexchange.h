// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httpserver.h"
#include "httpreplystate.h"
#include "pollable.h"

#include <optional>

struct MHD_Connection;

namespace riderport::httpd {

class MhdShard;
struct ConnectionWatch;

/// One request from its request line to its last answered byte. Made when the request line is
/// complete, destroyed by the library's completion callback.
struct MhdExchange final : Pollable
{
    enum class State { Head, Body, Handling, Answered };

    MhdExchange(MhdShard *ownerShard, MHD_Connection *itsConnection, const char *rawUri);
    ~MhdExchange();
    MhdExchange(const MhdExchange &) = delete;
    MhdExchange &operator=(const MhdExchange &) = delete;

    /// The library's access callback. Returns an MHD_Result.
    int step(const char *method, const char *data, size_t *size);
    /// The client of a suspended exchange has closed its end.
    void clientGone();

    MhdShard *const shard;
    MHD_Connection *const connection;

private:
    [[nodiscard]] std::optional<HttpResponse> readHead(const char *method);
    void readHeaders();
    [[nodiscard]] std::optional<base::Error> checkFraming(int *status) const;
    int callHandler();
    void deliver(HttpResponse response);
    int queue(const HttpResponse &response);
    void suspend();
    void resume();
    void setPhase(int phase) const;

    State m_state = State::Head;
    HttpRequest m_request;
    std::shared_ptr<HttpReplyState> m_reply;
    std::optional<HttpResponse> m_response;
    bool m_inHandler = false;
    bool m_suspended = false;
    bool m_aborted = false;
    int m_status = 0;
    qsizetype m_bytesOut = 0;
    qint64 m_startedNs = 0;
};

} // namespace riderport::httpd
