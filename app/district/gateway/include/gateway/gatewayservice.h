// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/servicedescriptor.h"
#include "gateway/gatewaycontract.h"
#include "gateway/gatewayports.h"
#include "gateway/resultcache.h"
#include "gateway/upstreampool.h"
#include "httpd/httpreply.h"

#include <QObject>

#include <memory>

namespace riderport::district {

/// The only door between kiosks and bureaus (WIRE.md 5): checks who asks, whether the worker
/// agreed, asks the bureau for nothing more than the descriptor names, and hands out masked data
/// only. Loop thread.
class GatewayService : public QObject
{
    Q_OBJECT
public:
    /// All four must outlive the service.
    GatewayService(GatewayCallers &callers, GatewayRecords &records, UpstreamPool &upstreams,
                   const base::Clock &clock);
    ~GatewayService() override;

    /// The descriptors with their upstream parts; replaces those known. Codes of the descriptor
    /// parser and mapping.invalid; nothing is replaced then.
    [[nodiscard]] base::Result<void> setServices(const QList<QByteArray> &descriptors);

    /// POST /gw/v1/{service}/{op}; the request's signature has been verified.
    void handle(const httpd::HttpRequest &request, const GatewayDevice &device,
                const httpd::HttpReply &reply);
    static constexpr const char *kRoute = "/gw/v1/{service}/{op}";

    /// What was shown in that session under that trace id, as long as it is kept (ten minutes,
    /// until the session ends): the answer as the kiosk got it.
    [[nodiscard]] std::optional<QJsonObject> handoffResult(const base::SessionId &session,
                                                           const QString &service,
                                                           const QString &trace) const;
    /// Forgets what was looked up in it.
    void onSessionClosed(const base::SessionId &session);

private:
    struct Service
    {
        domain::ServiceDescriptor descriptor;
        QHash<QString, UpstreamOperation> operations;
    };
    struct Run; ///< one request on its way

    void onSecret(const std::shared_ptr<Run> &run, const base::Result<QByteArray> &secret);
    [[nodiscard]] std::optional<base::Error> checkCall(Run &run) const;
    void onAdmitted(const std::shared_ptr<Run> &run, const base::Result<GatewaySubject> &subject);
    void onOutcome(const std::shared_ptr<Run> &run, const UpstreamOutcome &outcome);
    void conclude(const std::shared_ptr<Run> &run, const QString &outcome, QJsonObject answer);
    void refuse(const Run &run, const base::Error &error) const;
    [[nodiscard]] QJsonObject answerOf(const Run &run, const UpstreamOutcome &outcome) const;

    GatewayCallers &m_callers;
    GatewayRecords &m_records;
    UpstreamPool &m_upstreams;
    const base::Clock &m_clock;
    GatewayNonces m_nonces;
    ResultCache m_cache;
    QHash<QString, std::shared_ptr<const Service>> m_services;
};

} // namespace riderport::district
