// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "httpd/httpserver.h"
#include "sim/bureaus.h"
#include "sim/faultscript.h"

#include <QJsonArray>
#include <QObject>

#include <memory>

class QTcpServer;

namespace riderport::sim {

/// Simulated bureaus of families A and B, each behind its own port, and a control port:
/// POST script (FaultScript), DELETE script, GET upstreams (what a district server needs to reach
/// them), GET stats, POST sms {to,text}, GET sms (the newest 1,000; everything is marked 演示).
/// Every answer of a bureau carries X-Riderport-Simulator: 1. Loop thread.
class UpstreamSimulator : public QObject
{
    Q_OBJECT
public:
    explicit UpstreamSimulator(const base::Clock &clock);
    ~UpstreamSimulator() override;

    /// The control port on `port` (0 = any), the bureaus on any. Loopback addresses only: code
    /// sim.loopback for others, httpd.listen when a port cannot be had.
    [[nodiscard]] base::Result<void> listen(const QHostAddress &address, quint16 port);

    /// {"ready":true,"control":url,"upstreams":{"A":url,"B":url},"sms":url}
    [[nodiscard]] QJsonObject readyLine() const;

private:
    struct Gate; ///< one bureau with its server and the door in front of it

    void registerControl();
    void registerBureau(Gate &gate);
    void answer(Gate &gate, const httpd::HttpRequest &request, const httpd::HttpReply &reply);
    void deliver(Gate &gate, const httpd::HttpReply &reply, const QJsonObject &json,
                 const Fault &fault);
    [[nodiscard]] base::Result<void> open(Gate &gate, const QHostAddress &address);
    [[nodiscard]] QString urlOf(quint16 port) const;
    [[nodiscard]] QJsonObject endpoints() const;

    const base::Clock &m_clock;
    FaultScript m_script;
    QJsonArray m_sms;
    QHostAddress m_address;
    httpd::HttpRoutes m_controlRoutes;
    std::unique_ptr<httpd::HttpServer> m_control;
    std::unique_ptr<Gate> m_a;
    std::unique_ptr<Gate> m_b;
};

} // namespace riderport::sim
