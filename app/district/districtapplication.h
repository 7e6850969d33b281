// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "district/statekeys.h"
#include "districtoptions.h"

#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace riderport::httpd {
class HttpRoutes;
class HttpServer;
struct HttpExchangeSummary;
} // namespace riderport::httpd

namespace riderport::district {

class DeviceRegistry;
class FeedWatch;
class GatewayArea;
class HealthApi;
class KioskApi;
class NonceJournal;
class PortalParts;
class SignatureGate;
class SqliteDeviceStore;
class SqliteEngine;
class SqliteFeedStore;
class SqliteOpsStore;
class SyncApi;

/// The composition root of the server: makes every part in order, joins them, takes them down in
/// reverse. Contains no rule of its own.
class DistrictApplication final : public QObject
{
    Q_OBJECT

public:
    explicit DistrictApplication(DistrictOptions options);
    ~DistrictApplication() override;

    /// Opens the store, publishes what belongs in the feed, listens. Waits; before serving only.
    [[nodiscard]] base::Result<void> start();
    [[nodiscard]] QUrl url() const;
    /// Graceful end: held pulls are answered, open requests finished, the store checkpointed.
    void stop(std::function<void()> done);

private:
    [[nodiscard]] base::Result<void> openStore();
    [[nodiscard]] base::Result<void> publish();
    [[nodiscard]] base::Result<void> loadCaches();
    void makeApi();
    [[nodiscard]] base::Result<void> makePortalAndGateway();
    [[nodiscard]] base::Result<void> listen();
    void onExternalChange();
    void logExchange(const httpd::HttpExchangeSummary &summary) const;
    void compact();

    const DistrictOptions m_options;
    base::SystemClock m_clock;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<StateKeys> m_keys;
    std::unique_ptr<SqliteEngine> m_engine;
    std::unique_ptr<SqliteFeedStore> m_feed;
    std::unique_ptr<SqliteDeviceStore> m_devices;
    std::unique_ptr<SqliteOpsStore> m_ops;
    std::unique_ptr<FeedWatch> m_watch;
    std::unique_ptr<DeviceRegistry> m_registry;
    std::unique_ptr<NonceJournal> m_nonces;
    std::unique_ptr<SignatureGate> m_gate;
    std::unique_ptr<HealthApi> m_health;
    std::unique_ptr<KioskApi> m_kiosk;
    std::unique_ptr<SyncApi> m_sync;
    std::unique_ptr<PortalParts> m_portal;
    std::unique_ptr<GatewayArea> m_gateway;
    std::unique_ptr<httpd::HttpRoutes> m_routes;
    std::unique_ptr<httpd::HttpServer> m_server;
    QTimer m_compaction;
};

} // namespace riderport::district
