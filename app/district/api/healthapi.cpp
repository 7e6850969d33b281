// SPDX-License-Identifier: Apache-2.0
#include "district/healthapi.h"

#include "httpd/httperrors.h"

namespace riderport::district {

using namespace Qt::StringLiterals;

void HealthApi::registerRoutes(httpd::HttpRoutes &routes)
{
    routes.add("GET", "/healthz", [](const auto &, const auto &reply) {
        httpd::HttpResponse response;
        response.body = R"({"status":"ok"})";
        reply.send(std::move(response));
    });
    routes.add("GET", "/metrics", [this](const auto &request, const auto &reply) {
        // What came through the proxy is not from this machine, whatever the socket says.
        if (!request.peer.isLoopback() || !request.header("x-forwarded-for").isEmpty()) {
            reply.send(httpd::errorResponse({base::ErrorKind::NotFound, u"http.not-found"_s, {}},
                                            request.traceId));
            return;
        }
        reply.send({200, "text/plain; version=0.0.4; charset=utf-8", metrics(), {}});
    });
}

void HealthApi::count(const httpd::HttpExchangeSummary &summary)
{
    const QByteArray label =
            "route=\"" + summary.route + "\",status=\"" + QByteArray::number(summary.status) + "\"";
    Count &entry = m_counts[label];
    ++entry.n;
    entry.micros += summary.micros;
}

QByteArray HealthApi::metrics() const
{
    QByteArray text = "# TYPE riderport_http_requests_total counter\n";
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        text += "riderport_http_requests_total{" + it.key() + "} " + QByteArray::number(it->n) +
                '\n';
    text += "# TYPE riderport_http_seconds_total counter\n";
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it) {
        text += "riderport_http_seconds_total{" + it.key() + "} " +
                QByteArray::number(double(it->micros) / 1e6, 'f', 6) + '\n';
    }
    for (const Collector &collector : m_collectors)
        collector(text);
    return text;
}

} // namespace riderport::district
