// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "httpd/httproutes.h"
#include "portal/consentcatalogue.h"
#include "portal/handoffresults.h"
#include "portal/portalstore.h"
#include "portal/sessiondirectory.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace riderport::district {

class SmsSender;

struct PortalOptions
{
    QString resourcesDir;
    QUrl publicUrl;    ///< how phones reach this server; https makes the cookie Secure
    bool demo = false; ///< simulators feed this server: every page says 演示数据
    quint32 district = 420303;
};

/// A handler behind the signature check of WIRE.md 1.
using KioskHandler = std::function<void(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                                        const httpd::HttpReply &reply)>;
/// Adds a route whose requests the api part has verified before they arrive.
using AddKioskRoute =
        std::function<void(const QByteArray &method, const QByteArray &pattern, KioskHandler)>;

/// The phone's side of the district server: pages, sign-in, log-in of kiosks, consents, own data,
/// results sent from a kiosk. Loop thread; everything handed in outlives it.
class Portal : public QObject
{
    Q_OBJECT
public:
    /// Codes: web.missing, descriptor.*. `sms` null: nobody can sign in by message, and the pages
    /// say so. `results` null: no gateway, nothing can be sent to a phone.
    [[nodiscard]] static base::Result<std::unique_ptr<Portal>>
    create(PortalStore &store, const SessionDirectory &sessions, const ConsentCatalogue &catalogue,
           const base::Clock &clock, SmsSender *sms, const HandoffResults *results,
           const PortalOptions &options);
    ~Portal() override;

    void registerRoutes(httpd::HttpRoutes &routes, const AddKioskRoute &addKioskRoute);
    /// Known only once the server listens on a free port.
    void setPublicUrl(const QUrl &url);
    /// Lets held long-polls go; before the server drains.
    void releaseWaiting();

private:
    struct Private;
    explicit Portal(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace riderport::district
