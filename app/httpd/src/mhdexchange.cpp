// SPDX-License-Identifier: Apache-2.0
#include "mhdexchange.h"

#include "httpd/httperrors.h"
#include "mhdserver.h"

#include <QRandomGenerator>

#include <algorithm>
#include <ctime>

#include <microhttpd.h>
#include <netinet/in.h>

namespace riderport::httpd {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kFirstReservation = 64 * 1024;

qint64 monotonicNs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

ConnectionWatch *watchOf(MHD_Connection *connection)
{
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? static_cast<ConnectionWatch *>(info->socket_context) : nullptr;
}

MHD_Result appendHeader(void *cls, MHD_ValueKind, const char *name, size_t nameSize,
                        const char *value, size_t valueSize)
{
    static_cast<HttpHeaders *>(cls)->emplaceBack(QByteArray(name, qsizetype(nameSize)).toLower(),
                                                 value ? QByteArray(value, qsizetype(valueSize))
                                                       : QByteArray());
    return MHD_YES;
}

bool isTraceId(const QByteArray &text)
{
    return text.size() >= 8 && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
           });
}

QByteArray newTraceId()
{
    return QByteArray::number(QRandomGenerator::global()->generate64() | (Q_UINT64_C(1) << 63), 16);
}

void releaseBody(void *cls)
{
    delete static_cast<QByteArray *>(cls);
}

bool hasHeader(const HttpHeaders &headers, const char *name)
{
    return std::any_of(headers.begin(), headers.end(), [name](const auto &header) {
        return header.first.compare(name, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

MhdExchange::MhdExchange(MhdShard *ownerShard, MHD_Connection *itsConnection, const char *rawUri)
    : Pollable(Kind::HeldClient)
    , shard(ownerShard)
    , connection(itsConnection)
    , m_startedNs(monotonicNs())
{
    const QByteArrayView uri(rawUri);
    const qsizetype mark = uri.indexOf('?');
    m_request.path = (mark < 0 ? uri : uri.first(mark)).toByteArray();
    if (mark >= 0)
        m_request.query = uri.sliced(mark + 1).toByteArray();
    setPhase(int(ConnectionWatch::Phase::Receiving));
    shard->server->exchangeOpened(this);
}

MhdExchange::~MhdExchange()
{
    if (m_suspended)
        shard->server->unwatchHeld(watchOf(connection)->fd);
    if (m_reply)
        m_reply->close();
    shard->server->exchangeClosed(this);
    setPhase(int(ConnectionWatch::Phase::Idle));
    HttpExchangeSummary summary;
    summary.method = m_request.method;
    summary.route = m_reply ? m_reply->route : QByteArrayLiteral("-");
    summary.status = m_status;
    summary.micros = (monotonicNs() - m_startedNs) / 1000;
    summary.bytesIn = m_request.body.size();
    summary.bytesOut = m_bytesOut;
    summary.caller = m_reply ? m_reply->caller : QString();
    summary.traceId = m_request.traceId;
    shard->server->finished(summary);
}

void MhdExchange::setPhase(int phase) const
{
    if (auto *watch = watchOf(connection)) {
        watch->phase = ConnectionWatch::Phase(phase);
        watch->since = monotonicNs() / 1'000'000;
    }
}

int MhdExchange::step(const char *method, const char *data, size_t *size)
{
    if (m_aborted)
        return MHD_NO;
    switch (m_state) {
    case State::Head: {
        m_state = State::Body;
        auto refusal = readHead(method);
        // Answering before the body makes the library close the connection afterwards, so nothing
        // that follows a doubtful head is ever read as a request.
        return refusal ? queue(*refusal) : MHD_YES;
    }
    case State::Body:
        if (*size > 0) {
            if (m_request.body.size() + qsizetype(*size) > shard->server->options().maxBody)
                return MHD_NO;
            m_request.body.append(data, qsizetype(*size));
            *size = 0;
            return MHD_YES;
        }
        return callHandler();
    case State::Handling:
        // After a resume. Without an answer this is a spurious turn.
        if (m_response)
            return queue(*m_response);
        suspend();
        return MHD_YES;
    case State::Answered:
        break;
    }
    return MHD_YES;
}

void MhdExchange::readHeaders()
{
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &appendHeader, &m_request.headers);
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr)
        m_request.peer.setAddress(info->client_addr);
    const QByteArray offered = m_request.header("x-trace-id");
    m_request.traceId = isTraceId(offered) ? offered : newTraceId();
    m_request.authority = m_request.header("host");
}

std::optional<Error> MhdExchange::checkFraming(int *status) const
{
    int hosts = 0;
    int lengths = 0;
    bool coded = false;
    for (const auto &[name, value] : m_request.headers) {
        hosts += name == "host" ? 1 : 0;
        lengths += name == "content-length" ? 1 : 0;
        coded = coded || name == "transfer-encoding";
    }
    // The library takes the first of several lengths and lets a transfer coding win over a length:
    // a proxy in front may decide otherwise, and the difference is a smuggled request.
    *status = 400;
    if (lengths > 1 || hosts > 1 || (coded && lengths > 0))
        return Error{ErrorKind::Invalid, u"http.framing"_s, {}};
    *status = 411;
    if (coded)
        return Error{ErrorKind::Invalid, u"http.length-required"_s, {}};
    *status = 400;
    if (!m_request.path.startsWith('/'))
        return Error{ErrorKind::Invalid, u"http.target"_s, {}};
    *status = 431;
    const auto *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (info && qsizetype(info->header_size) > shard->server->options().maxHead)
        return Error{ErrorKind::TooLarge, u"http.head-too-large"_s, {}};
    *status = 413;
    bool ok = true;
    const QByteArray length = m_request.header("content-length");
    if (!length.isEmpty() && (length.toLongLong(&ok) > shard->server->options().maxBody || !ok))
        return Error{ErrorKind::TooLarge, u"http.body-too-large"_s, {}};
    return {};
}

std::optional<HttpResponse> MhdExchange::readHead(const char *method)
{
    m_request.method = method;
    readHeaders();
    int status = 0;
    if (const auto error = checkFraming(&status))
        return errorResponse(*error, m_request.traceId, status);
    m_request.body.reserve(std::min<qsizetype>(m_request.header("content-length").toLongLong(),
                                               kFirstReservation));
    return {};
}

int MhdExchange::callHandler()
{
    m_state = State::Handling;
    setPhase(int(ConnectionWatch::Phase::Handling));
    auto [inner, outer] = makeReplyPair();
    m_reply = std::move(inner);
    m_reply->traceId = m_request.traceId;
    m_reply->deliver = [this](HttpResponse response) { deliver(std::move(response)); };
    m_inHandler = true;
    shard->server->handler()(m_request, HttpReply(std::move(outer)));
    m_inHandler = false;
    if (m_response)
        return queue(*m_response);
    suspend();
    return MHD_YES;
}

void MhdExchange::deliver(HttpResponse response)
{
    m_response = std::move(response);
    if (m_suspended)
        resume();
}

void MhdExchange::clientGone()
{
    m_aborted = true;
    if (m_suspended)
        resume();
    if (m_reply)
        m_reply->close();
}

void MhdExchange::suspend()
{
    m_suspended = true;
    MHD_suspend_connection(connection);
    shard->server->watchHeld(watchOf(connection)->fd, this);
}

void MhdExchange::resume()
{
    m_suspended = false;
    shard->server->unwatchHeld(watchOf(connection)->fd);
    MHD_resume_connection(connection);
    // The library looks at resumed connections only when it is run.
    shard->server->scheduleRun(shard);
}

int MhdExchange::queue(const HttpResponse &response)
{
    m_state = State::Answered;
    m_status = response.status;
    m_bytesOut = response.body.size();
    setPhase(int(ConnectionWatch::Phase::Sending));
    auto *body = new QByteArray(response.body);
    MHD_Response *out = MHD_create_response_from_buffer_with_free_callback_cls(
            size_t(body->size()), const_cast<char *>(body->constData()), &releaseBody, body);
    if (!out) {
        delete body;
        return MHD_NO;
    }
    if (!response.contentType.isEmpty())
        MHD_add_response_header(out, MHD_HTTP_HEADER_CONTENT_TYPE,
                                response.contentType.constData());
    for (const auto &[name, value] : response.headers)
        MHD_add_response_header(out, name.constData(), value.constData());
    if (!hasHeader(response.headers, "cache-control"))
        MHD_add_response_header(out, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    MHD_add_response_header(out, "X-Content-Type-Options", "nosniff");
    const MHD_Result result = MHD_queue_response(connection, unsigned(response.status), out);
    MHD_destroy_response(out);
    return result;
}

} // namespace riderport::httpd
