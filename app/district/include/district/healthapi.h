// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httproutes.h"
#include "httpd/httpserver.h"

#include <QMap>

#include <functional>

namespace riderport::district {

/// GET /healthz and, for callers on this machine, GET /metrics (Prometheus text). Counts every
/// exchange by route pattern. Loop thread.
class HealthApi
{
public:
    /// Appends gauges: "riderport_held_pulls 3\n".
    using Collector = std::function<void(QByteArray &)>;

    void registerRoutes(httpd::HttpRoutes &routes);
    void addCollector(Collector collector) { m_collectors.append(std::move(collector)); }
    void count(const httpd::HttpExchangeSummary &summary);

private:
    struct Count
    {
        qint64 n = 0;
        qint64 micros = 0;
    };
    [[nodiscard]] QByteArray metrics() const;

    QMap<QByteArray, Count> m_counts; ///< by label text
    QList<Collector> m_collectors;
};

} // namespace riderport::district
