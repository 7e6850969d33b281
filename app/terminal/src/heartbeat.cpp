// SPDX-License-Identifier: Apache-2.0
#include "heartbeat.h"

#include "transport/signedclient.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace riderport::terminal {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBeatMs = 60'000;
constexpr int kTimeoutMs = 10'000;

} // namespace

Heartbeat::Heartbeat(transport::SignedClient &client, const base::Clock &clock,
                     std::function<QJsonObject()> health)
    : m_client(client)
    , m_clock(clock)
    , m_health(std::move(health))
    , m_startedMs(clock.monotonicMs())
{
    m_timer.setInterval(kBeatMs);
    connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
}

void Heartbeat::start()
{
    if (m_timer.isActive())
        return;
    m_timer.start();
    beat();
}

void Heartbeat::beat()
{
    QJsonObject body = m_health();
    body.insert(u"version"_s, QCoreApplication::applicationVersion());
    body.insert(u"uptime_ms"_s, double(m_clock.monotonicMs() - m_startedMs));
    body.insert(u"clock_wall_ms"_s, double(m_clock.wallMs()));
    transport::ApiRequest request;
    request.path = "/v1/heartbeat";
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    request.timeoutMs = kTimeoutMs;
    [[maybe_unused]] const auto answer = m_client.call(request);
}

} // namespace riderport::terminal
