// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "portal/portal.h"

#include <QObject>

namespace riderport::district {

struct PortalShared;

/// /v1/tickets, /v1/sessions, /v1/handoffs: what kiosks ask about log-ins (WIRE.md 4).
class KioskLoginApi : public QObject
{
    Q_OBJECT
public:
    explicit KioskLoginApi(PortalShared &shared);
    void registerRoutes(const AddKioskRoute &add);

private:
    void createTicket(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                      const httpd::HttpReply &reply);
    void readTicket(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                    const httpd::HttpReply &reply, qint64 waitMs);
    void cancelTicket(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                      const httpd::HttpReply &reply);
    void openSession(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                     const httpd::HttpReply &reply);
    void closeSession(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                      const httpd::HttpReply &reply);
    void createHandoff(const httpd::HttpRequest &request, const KioskCaller &kiosk,
                       const httpd::HttpReply &reply);
    [[nodiscard]] QString publicUrl(const QString &path) const;

    PortalShared &m_shared;
};

} // namespace riderport::district
