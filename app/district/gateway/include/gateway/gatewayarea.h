// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "gateway/upstreamfamily.h"
#include "portal/handoffresults.h"

#include <QMap>
#include <QObject>
#include <QUrl>

#include <memory>

namespace riderport::httpd {
class HttpRoutes;
} // namespace riderport::httpd

namespace riderport::district {

class DeviceStore;
class SignatureGate;
class SqlitePortalStore;

/// Where the bureaus are.
struct GatewayUpstreams
{
    /// Endpoints and credentials as readUpstreamEndpoints() reads them; empty or missing = none.
    /// Must not be readable by others.
    QString endpointsFile;
    QMap<QString, QUrl> addresses; ///< by family; replace the addresses of the file
    QUrl simulatorControl;         ///< asked for the endpoints instead, until it answers
};

/// The gateway joined to the server's other parts. Loop thread.
class GatewayArea : public QObject, public HandoffResults
{
    Q_OBJECT
public:
    /// All are used until the last request is answered.
    struct Parts
    {
        SqlitePortalStore &portal;
        DeviceStore &devices;
        const base::Clock &clock;
        QString resourcesDir;
    };
    /// Codes: descriptor.*, mapping.invalid, services.missing, upstreams.invalid (also: a family
    /// with an address and no credentials), upstreams.permissions.
    [[nodiscard]] static base::Result<std::unique_ptr<GatewayArea>>
    create(const Parts &parts, const GatewayUpstreams &upstreams);
    ~GatewayArea() override;

    void registerRoutes(httpd::HttpRoutes &routes, SignatureGate &gate);

    [[nodiscard]] std::optional<QJsonObject> find(const base::SessionId &session,
                                                  const base::ServiceId &service,
                                                  const QString &traceId) const override;

Q_SIGNALS:
    /// The simulator has named its bureaus; calls succeed from now on.
    void connected();

private:
    explicit GatewayArea(const Parts &parts);
    [[nodiscard]] base::Result<void> loadServices(const QString &resourcesDir);
    [[nodiscard]] base::Result<void> loadEndpoints(const GatewayUpstreams &upstreams);
    void askSimulator(const QUrl &control);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace riderport::district
