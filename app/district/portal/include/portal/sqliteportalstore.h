// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "portal/consentcatalogue.h"
#include "portal/portalstore.h"
#include "portal/sessiondirectory.h"

#include <QHash>

#include <memory>

namespace riderport::district {

/// A kiosk's wish to ask a bureau about a worker. Names of fields, never their values.
struct QueryAccess
{
    base::DeviceId device;
    quint64 subject = 0;
    QString what; ///< "S02/query"
    QString consentGroup;
    int consentVersion = 0;
    QString fields; ///< what the bureau is told about the person
    QString trace;
};

/// The person, for the request to the bureau only. Empty without a current consent.
struct QueryPerson
{
    bool consentCurrent = false;
    QString name;
    QString idNumber;
};

class OpEffect;
class SqliteEngine;
class StateKeys;
struct PortalContext;

/// PortalStore over the embedded database, and the directory of open sessions that it keeps
/// current. Loop thread; must outlive nothing but its callers, the engine and the clock outlive it.
class SqlitePortalStore final : public PortalStore, public SessionDirectory
{
public:
    /// `districtCode`: GB/T 2260, six digits.
    SqlitePortalStore(SqliteEngine &engine, const base::Clock &clock, const StateKeys &keys,
                      ConsentCatalogue catalogue, quint32 districtCode);
    ~SqlitePortalStore() override;

    /// Publishes the issuer key to all kiosks and loads the open sessions. Once, before serving.
    [[nodiscard]] Future<bool> prepare();
    /// How many workers are registered.
    [[nodiscard]] Future<qint64> workerCount();
    /// session.opened, session.closed, consent.given, consent.withdrawn; to be registered with
    /// OpsStore.
    [[nodiscard]] std::unique_ptr<OpEffect> makeOpEffect();
    /// For the gateway, in one transaction: is the consent of that group given in that version and
    /// in force; if so, who is it; and an audit entry either way. Code worker.unknown.
    [[nodiscard]] Future<QueryPerson> admitQuery(const QueryAccess &access);
    /// The audit entry of the outcome: "OK", a normalised code, "cache".
    [[nodiscard]] Future<bool> concludeQuery(const QueryAccess &access, const QString &outcome);
    /// The whole consent chain and the first broken audit entry (0 = none), for verification.
    [[nodiscard]] Future<QList<ConsentEntry>> consentChain();
    [[nodiscard]] Future<qint64> firstBrokenAudit();

    [[nodiscard]] Future<qint64> importWorkers(const QList<WorkerRecord> &workers) override;
    [[nodiscard]] Future<WorkerProfile> profile(quint64 subject) override;
    [[nodiscard]] Future<QJsonObject> exportData(quint64 subject) override;
    [[nodiscard]] Future<qint64> requestDeletion(quint64 subject) override;
    [[nodiscard]] Future<SmsGrant> requestSms(const QString &mobile, const QString &code) override;
    [[nodiscard]] Future<SmsLogin> loginBySms(const QString &mobile, const QString &code,
                                              const QByteArray &tokenHash) override;
    [[nodiscard]] Future<std::optional<quint64>> phoneSession(const QByteArray &tokenHash) override;
    [[nodiscard]] Future<bool> endPhoneSession(const QByteArray &tokenHash) override;
    [[nodiscard]] Future<PhoneKeyGrant> registerKey(quint64 subject, const QByteArray &tokenHash,
                                                    const QByteArray &publicKey) override;
    [[nodiscard]] Future<bool> revokeKey(quint64 subject, const QString &kid) override;
    [[nodiscard]] Future<Ticket> createTicket(const KioskCaller &kiosk) override;
    [[nodiscard]] Future<Ticket> scanTicket(const base::TicketId &id, quint64 subject) override;
    [[nodiscard]] Future<Ticket> confirmTicket(const base::TicketId &id, quint64 subject,
                                               const QString &matchCode) override;
    [[nodiscard]] Future<Ticket> cancelTicketByPhone(const base::TicketId &id,
                                                     quint64 subject) override;
    [[nodiscard]] Future<Ticket> cancelTicketByKiosk(const base::TicketId &id,
                                                     const KioskCaller &kiosk) override;
    [[nodiscard]] Future<TicketReading> readTicket(const base::TicketId &id,
                                                   const KioskCaller &kiosk) override;
    [[nodiscard]] Future<KioskSession> openSession(const protocol::LoginToken &token,
                                                   const KioskCaller &kiosk) override;
    [[nodiscard]] Future<bool> closeSession(const base::SessionId &id, const KioskCaller &kiosk,
                                            const QString &reason) override;
    [[nodiscard]] Future<qint64> closeExpiredSessions() override;
    [[nodiscard]] Future<QList<ConsentState>> consents(quint64 subject) override;
    [[nodiscard]] Future<ConsentEntry> decideConsent(quint64 subject, const QString &group,
                                                     int version, bool given) override;
    [[nodiscard]] Future<QList<StationEntry>> stations() override;

    [[nodiscard]] std::optional<KioskSession> find(const base::SessionId &id,
                                                   const base::DeviceId &device) const override;
    [[nodiscard]] bool isOpen(const base::WorkerId &worker,
                              const base::DeviceId &device) const override;

    /// Called in the loop thread when a session has ended, so that others drop what they hold for
    /// it.
    void onSessionClosed(std::function<void(const base::SessionId &)> callback);

private:
    struct LiveSessions;

    template<typename T, typename Task>
    [[nodiscard]] Future<T> write(Task task);
    template<typename Rule>
    [[nodiscard]] Future<Ticket> stepTicket(const base::TicketId &id, Rule rule);

    SqliteEngine &m_engine;
    const base::Clock &m_clock;
    std::shared_ptr<const PortalContext> m_context;
    std::shared_ptr<LiveSessions> m_live;
};

} // namespace riderport::district
