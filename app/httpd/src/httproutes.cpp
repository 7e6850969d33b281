// SPDX-License-Identifier: Apache-2.0
#include "httpd/httproutes.h"

#include "httpd/httperrors.h"

namespace riderport::httpd {

using namespace Qt::StringLiterals;

namespace {

bool isCapture(const QByteArray &segment)
{
    return segment.startsWith('{') && segment.endsWith('}');
}

bool isRest(const QByteArray &segment)
{
    return segment.startsWith('{') && segment.endsWith("*}");
}

bool allows(const QByteArray &routeMethod, const QByteArray &method)
{
    return routeMethod == method || (routeMethod == "GET" && method == "HEAD");
}

} // namespace

QByteArray HttpRequest::header(const char *lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name == lowerCaseName)
            return value;
    }
    return {};
}

QByteArray HttpRequest::queryItem(const char *name) const
{
    for (const QByteArray &item : query.split('&')) {
        const qsizetype equals = item.indexOf('=');
        if (QByteArray::fromPercentEncoding(equals < 0 ? item : item.first(equals)) == name)
            return equals < 0 ? QByteArray()
                              : QByteArray::fromPercentEncoding(item.sliced(equals + 1));
    }
    return {};
}

QByteArray HttpRequest::cookie(const char *name) const
{
    for (const QByteArray &item : header("cookie").split(';')) {
        const QByteArray pair = item.trimmed();
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0 && pair.first(equals) == name)
            return pair.sliced(equals + 1);
    }
    return {};
}

void HttpRoutes::add(const QByteArray &method, const QByteArray &pattern, HttpHandler handler)
{
    Route route{method, pattern, pattern.split('/'), std::move(handler)};
    if (pattern.contains('{'))
        m_patterns.append(std::move(route));
    else
        m_literal[pattern].append(std::move(route));
}

bool HttpRoutes::matches(const Route &route, const QList<QByteArray> &segments,
                         QHash<QByteArray, QByteArray> *parameters)
{
    parameters->clear();
    for (qsizetype i = 0; i < route.segments.size(); ++i) {
        const QByteArray &want = route.segments.at(i);
        if (isRest(want)) {
            if (i >= segments.size())
                return false;
            const QByteArray rest = segments.sliced(i).join('/');
            parameters->insert(want.sliced(1).chopped(2), QByteArray::fromPercentEncoding(rest));
            return !rest.isEmpty();
        }
        if (i >= segments.size())
            return false;
        const QByteArray &have = segments.at(i);
        if (isCapture(want)) {
            if (have.isEmpty())
                return false;
            parameters->insert(want.sliced(1).chopped(1), QByteArray::fromPercentEncoding(have));
        } else if (want != have) {
            return false;
        }
    }
    return route.segments.size() == segments.size();
}

void HttpRoutes::dispatch(const HttpRequest &request, const HttpReply &reply) const
{
    bool pathKnown = false;
    if (const auto found = m_literal.constFind(request.path); found != m_literal.constEnd()) {
        pathKnown = true;
        for (const Route &route : *found) {
            if (allows(route.method, request.method)) {
                reply.setRoute(route.pattern);
                route.handler(request, reply);
                return;
            }
        }
    }
    const QList<QByteArray> segments = request.path.split('/');
    QHash<QByteArray, QByteArray> parameters;
    for (const Route &route : m_patterns) {
        if (!matches(route, segments, &parameters))
            continue;
        pathKnown = true;
        if (!allows(route.method, request.method))
            continue;
        reply.setRoute(route.pattern);
        HttpRequest withParameters = request;
        withParameters.parameters = parameters;
        route.handler(withParameters, reply);
        return;
    }
    if (pathKnown)
        reply.send(errorResponse({base::ErrorKind::Invalid, u"http.method"_s, {}}, request.traceId,
                                 405));
    else
        reply.send(errorResponse({base::ErrorKind::NotFound, u"http.not-found"_s, {}},
                                 request.traceId));
}

HttpHandler HttpRoutes::handler() const
{
    return [this](const HttpRequest &request, const HttpReply &reply) { dispatch(request, reply); };
}

} // namespace riderport::httpd
