// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httpserver.h"
#include "mhdshard.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <memory>
#include <unordered_set>

namespace riderport::httpd {

/// The outer epoll set: the listening socket, the sets of all shards, and the sockets of suspended
/// clients (the library does not watch those, so their closing would go unnoticed until the
/// answer). One QSocketNotifier watches it, because Qt's dispatchers poll every notifier on every
/// turn.
class MhdServer final : public QObject, public HttpServer
{
    Q_OBJECT

public:
    MhdServer();
    ~MhdServer() override;

    base::Result<void> listen(const HttpServerOptions &options, HttpHandler handler) override;
    quint16 port() const override { return m_port; }
    int connectionCount() const override { return int(m_watches.size()); }
    int openExchanges() const override { return m_openExchanges; }
    void onFinished(std::function<void(const HttpExchangeSummary &)> callback) override;
    void drain(int graceMs, std::function<void()> done) override;
    void stop() override;

    // For the exchanges and shards.
    [[nodiscard]] const HttpServerOptions &options() const { return m_options; }
    [[nodiscard]] const HttpHandler &handler() const { return m_handler; }
    void finished(const HttpExchangeSummary &summary);
    void exchangeOpened(MhdExchange *exchange);
    void exchangeClosed(MhdExchange *exchange);
    void watchHeld(int fd, MhdExchange *exchange) const;
    void unwatchHeld(int fd) const;
    void scheduleRun(MhdShard *shard);
    void connectionOpened(ConnectionWatch *watch) { m_watches.insert(watch); }
    void connectionClosed(ConnectionWatch *watch) { m_watches.erase(watch); }

private:
    void onReadable();
    void acceptAll();
    void onTick();
    void runShards();
    void closeListener();
    void checkDrained();

    HttpServerOptions m_options;
    HttpHandler m_handler;
    std::function<void(const HttpExchangeSummary &)> m_finished;
    std::function<void()> m_drained;
    int m_epollFd = -1;
    int m_listenFd = -1;
    bool m_accepting = false;
    quint16 m_port = 0;
    int m_openExchanges = 0;
    Pollable m_listener{Pollable::Kind::Listener};
    std::array<std::unique_ptr<MhdShard>, 16> m_shards;
    std::unordered_set<ConnectionWatch *> m_watches;
    std::unordered_set<MhdExchange *> m_exchanges;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_tick;
    QTimer m_runSoon;
    QTimer m_grace;
};

} // namespace riderport::httpd
