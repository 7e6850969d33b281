// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httpmessages.h"
#include "httpd/httpreply.h"

#include <QHash>
#include <QList>

#include <functional>

namespace riderport::httpd {

using HttpHandler = std::function<void(const HttpRequest &, const HttpReply &)>;

/// Which handler answers which request. Patterns are literal paths with `{name}` for one segment
/// and `{name*}` at the end for the rest: "/v1/tickets/{id}", "/web/{file*}". Literal patterns win
/// over those with captures, earlier ones over later. An unknown path is 404 `http.not-found`, a
/// known path with another method 405 `http.method`. A GET handler answers HEAD as well.
class HttpRoutes
{
public:
    void add(const QByteArray &method, const QByteArray &pattern, HttpHandler handler);
    void dispatch(const HttpRequest &request, const HttpReply &reply) const;
    /// The table as a handler for HttpServer::listen(); it refers to this object.
    [[nodiscard]] HttpHandler handler() const;

private:
    struct Route
    {
        QByteArray method;
        QByteArray pattern;
        QList<QByteArray> segments;
        HttpHandler handler;
    };

    [[nodiscard]] static bool matches(const Route &route, const QList<QByteArray> &segments,
                                      QHash<QByteArray, QByteArray> *parameters);

    QHash<QByteArray, QList<Route>> m_literal;
    QList<Route> m_patterns;
};

} // namespace riderport::httpd
