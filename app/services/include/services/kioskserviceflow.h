// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "domain/worker.h"
#include "services/serviceflow.h"
#include "services/serviceports.h"

#include <QTimer>

#include <optional>

namespace riderport::services {

class ServiceCatalogue;

/// The ServiceFlow of a kiosk: descriptor in, steps out. Personal results live in state() only and
/// are gone after close(). Error codes of its own: service.offline (needs the district),
/// service.unconfirmed (log-in not confirmed in time), service.level (log-in too weak),
/// service.unknown; besides them the gateway's, and answer.invalid.
class KioskServiceFlow final : public ServiceFlow
{
    Q_OBJECT
public:
    /// All of them must outlive the flow.
    KioskServiceFlow(const ServiceCatalogue &catalogue, GatewayClient &gateway,
                     ConsentLedger &consents, const base::Clock &clock, ServiceRules rules,
                     QObject *parent = nullptr);
    ~KioskServiceFlow() override;

    [[nodiscard]] const ServiceState &state() const override { return m_state; }
    void open(const base::ServiceId &id) override;
    void proceed() override;
    void acceptConsent() override;
    void declineConsent() override;
    void setInput(const QString &key, const QString &value) override;
    void submit() override;
    void cancel() override;
    void back() override;
    void sendToPhone() override;
    void close() override;

    /// Who is logged in now; nobody: everything personal is dropped.
    void setWorker(const std::optional<domain::WorkerIdentity> &worker);
    /// False = the link is known to be down.
    void setOnline(bool online) { m_online = online; }
    /// Looks at the clock. Called by the timer.
    void check();

Q_SIGNALS:
    /// A result was shown; counted without a person in it.
    void resultShown(const riderport::base::ServiceId &service);

private:
    using Step = ServiceState::Step;

    [[nodiscard]] QDate today() const;
    [[nodiscard]] bool refusedOffline() const;
    [[nodiscard]] bool hasForm() const;
    [[nodiscard]] QJsonObject params() const;
    void goTo(Step step);
    void fail(const base::Error &error);
    void askConsentOrContinue();
    void continueToForm();
    void beginLoading();
    void endLoading();
    void deliverConsent();
    void query();
    void onAnswer(const base::Result<QJsonObject> &answer);
    void onBusinessAnswer(const QJsonObject &answer);
    void queueForLater();
    void dropResult();
    void forgetPersonal();

    const ServiceCatalogue &m_catalogue;
    GatewayClient &m_gateway;
    ConsentLedger &m_consents;
    const base::Clock &m_clock;
    ServiceRules m_rules;
    ServiceState m_state;
    std::optional<domain::WorkerIdentity> m_worker;
    transport::HttpCancellation m_cancellation;
    QString m_idempotencyKey;
    QString m_traceId;
    qint64 m_loadingSince = 0; ///< monotonic
    quint64 m_generation = 0;  ///< answers to an older question are dropped
    bool m_online = true;
    bool m_consentFresh = false; ///< given in this visit, the district may not know yet
    bool m_waitingForSession = false;
    QTimer m_timer;
};

} // namespace riderport::services
