// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "portal/portal.h"
#include "portal/smssender.h"
#include "portal/sqliteportalstore.h"

#include <memory>

namespace riderport::httpd {
class HttpRoutes;
}

namespace riderport::district {

struct DistrictOptions;
class SignatureGate;

/// The portal with everything it is made of, joined to the rest of the server by the composition
/// root.
class PortalParts
{
public:
    /// The store, with the sample people when asked for. Waits; before serving only. Everything
    /// handed in outlives it.
    [[nodiscard]] static base::Result<std::unique_ptr<PortalParts>>
    open(SqliteEngine &engine, const StateKeys &keys, const base::Clock &clock,
         const DistrictOptions &options);
    /// Pages and APIs. `results`: where look-up results to be sent to phones come from.
    [[nodiscard]] base::Result<void> serve(const HandoffResults *results, httpd::HttpRoutes &routes,
                                           SignatureGate &gate);
    /// Once the server listens; what phones use unless the options say otherwise.
    void listeningOn(const QUrl &url);
    void stop() { m_portal->releaseWaiting(); }
    [[nodiscard]] SqlitePortalStore &store() { return *m_store; }

private:
    explicit PortalParts(const base::Clock &clock)
        : m_clock(clock)
    {}

    const base::Clock &m_clock;
    PortalOptions m_options;
    QUrl m_smsUrl;
    ConsentCatalogue m_catalogue;
    std::unique_ptr<SqlitePortalStore> m_store;
    std::unique_ptr<HttpSmsSender> m_sms;
    std::unique_ptr<Portal> m_portal;
};

} // namespace riderport::district
