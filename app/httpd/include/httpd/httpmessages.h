// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>
#include <QList>

#include <utility>

namespace riderport::httpd {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// One complete request, body included. A plain value: copy it into whatever outlives the handler.
struct HttpRequest
{
    QByteArray method;    ///< as sent, "GET"
    QByteArray authority; ///< the only Host header, as sent; empty for HTTP/1.0 without one
    QByteArray path;      ///< as sent, percent-encoding kept, without the query
    QByteArray query;     ///< as sent, without "?"
    HttpHeaders headers;  ///< names in lower case, values as sent, in order of arrival
    QByteArray body;      ///< at most HttpServerOptions::maxBody bytes
    QHostAddress peer;
    QByteArray traceId; ///< X-Trace-Id when it is well-formed, otherwise 16 fresh hex digits
    /// What the {name} and {name*} parts of the route's pattern stood for, percent-decoded.
    QHash<QByteArray, QByteArray> parameters;

    /// The first header of that (lower-case) name, or empty.
    [[nodiscard]] QByteArray header(const char *lowerCaseName) const;
    /// The decoded value of one query item, or empty.
    [[nodiscard]] QByteArray queryItem(const char *name) const;
    /// The value of one cookie, or empty.
    [[nodiscard]] QByteArray cookie(const char *name) const;
};

struct HttpResponse
{
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    /// Further headers. Content-Length, Date and Connection are the server's own; Cache-Control
    /// defaults to no-store and X-Content-Type-Options to nosniff.
    HttpHeaders headers;
};

} // namespace riderport::httpd
