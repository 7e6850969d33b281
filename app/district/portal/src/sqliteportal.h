// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/seal.h"
#include "crypto/signing.h"
#include "district/opeffect.h"
#include "portal/consentcatalogue.h"
#include "portal/portalstore.h"
#include "portal/sessiondirectory.h"
#include "portal/sqliteaudit.h"
#include "portal/sqliteportalstore.h"
#include "sqliterun.h"

namespace riderport::district {

/// What every statement of the portal works with; never changes after the start and is shared with
/// the storage threads.
struct PortalContext
{
    crypto::SealKey columns;     ///< seals name, id number, mobile
    crypto::SealKey mobileIndex; ///< finds a mobile
    crypto::SealKey smsHash;     ///< hides codes
    crypto::SealKey auditIndex;  ///< names a subject in the audit trail
    crypto::KeyPair issuer;
    ConsentCatalogue catalogue;
    quint32 district = 0;

    [[nodiscard]] QByteArray indexOf(const QString &mobile) const;
    [[nodiscard]] QByteArray codeHash(const QString &mobile, const QString &code) const;
    [[nodiscard]] QString auditSubject(quint64 subject) const;
};

using SessionSink = std::function<void(const KioskSession &session, bool open)>;

/// The sealed columns of a worker, opened.
struct WorkerRow
{
    WorkerRecord record;
    qint64 deletionMs = 0;
};

namespace sqliteportal {

template<typename T>
using Result = base::Result<T>;

[[nodiscard]] std::optional<base::Error> audit(const PortalContext &context, StoreTransaction &tx,
                                               const QString &actor, const QString &action,
                                               quint64 subject, const QString &fields,
                                               const QString &purpose);

// sqliteworkers.cpp
[[nodiscard]] Result<qint64> importWorkers(const PortalContext &context, StoreTransaction &tx,
                                           const QList<WorkerRecord> &workers);
/// Nothing when there is no such worker.
[[nodiscard]] Result<std::optional<WorkerRow>> findWorker(const PortalContext &context,
                                                          StoreReader &reader, quint64 subject);
[[nodiscard]] Result<WorkerProfile> profile(const PortalContext &context, StoreTransaction &tx,
                                            quint64 subject);
[[nodiscard]] Result<QJsonObject> exportData(const PortalContext &context, StoreTransaction &tx,
                                             quint64 subject);
[[nodiscard]] Result<qint64> requestDeletion(const PortalContext &context, StoreTransaction &tx,
                                             quint64 subject);

// sqlitesignin.cpp
[[nodiscard]] Result<SmsGrant> requestSms(const PortalContext &context, StoreTransaction &tx,
                                          const QString &mobile, const QString &code);
[[nodiscard]] Result<SmsLogin> loginBySms(const PortalContext &context, StoreTransaction &tx,
                                          const QString &mobile, const QString &code,
                                          const QByteArray &tokenHash);
[[nodiscard]] Result<std::optional<quint64>> phoneSession(StoreReader &reader,
                                                          const QByteArray &tokenHash);
[[nodiscard]] Result<bool> endPhoneSession(const PortalContext &context, StoreTransaction &tx,
                                           const QByteArray &tokenHash);

// sqlitephonekeys.cpp
[[nodiscard]] Result<PhoneKeyGrant> registerKey(const PortalContext &context, StoreTransaction &tx,
                                                quint64 subject, const QByteArray &tokenHash,
                                                const QByteArray &publicKey);
[[nodiscard]] Result<bool> revokeKey(const PortalContext &context, StoreTransaction &tx,
                                     quint64 subject, const QString &kid);
/// Every key of the worker, or only those made in one phone session.
[[nodiscard]] std::optional<base::Error> revokeKeys(const PortalContext &context,
                                                    StoreTransaction &tx, quint64 subject,
                                                    const QByteArray &tokenHash = {});

// sqlitetickets.cpp
[[nodiscard]] Result<Ticket> createTicket(StoreTransaction &tx, const KioskCaller &kiosk);
/// Loads, applies, stores. Code ticket.unknown.
[[nodiscard]] Result<TicketStep> stepTicket(StoreTransaction &tx, const base::TicketId &id,
                                            const std::function<TicketStep(const Ticket &)> &rule);
[[nodiscard]] Result<TicketStep> confirmTicket(const PortalContext &context, StoreTransaction &tx,
                                               const base::TicketId &id, quint64 subject,
                                               const QString &matchCode);
[[nodiscard]] Result<PortalStore::TicketReading>
readTicket(const PortalContext &context, StoreTransaction &tx, const base::TicketId &id,
           const KioskCaller &kiosk, const SessionSink &sink);

// sqlitesessions.cpp
/// How a session comes about.
struct Opening
{
    quint64 subject = 0;
    qint64 openedMs = 0;
    QString way; ///< "ticket", "code", "offline"
    QString kid; ///< of the rolling code, with its nonce
    QByteArray nonce;
    base::SessionId id; ///< empty = make one
};
[[nodiscard]] Result<KioskSession> openSession(const PortalContext &context, StoreTransaction &tx,
                                               const KioskCaller &kiosk, const Opening &opening,
                                               const SessionSink &sink);
[[nodiscard]] Result<std::optional<KioskSession>>
findSession(const PortalContext &context, StoreReader &reader, const base::SessionId &id);
/// Verifies signatures, audience and, unless offline, the age; then opens.
[[nodiscard]] Result<KioskSession> openByToken(const PortalContext &context, StoreTransaction &tx,
                                               const protocol::LoginToken &token,
                                               const KioskCaller &kiosk, bool offline,
                                               qint64 openedMs, const SessionSink &sink);
[[nodiscard]] Result<bool> closeSession(const PortalContext &context, StoreTransaction &tx,
                                        const base::SessionId &id, const QString &deviceId,
                                        const QString &reason, const SessionSink &sink);
/// The worker's open sessions everywhere.
[[nodiscard]] Result<qint64> closeSessionsOf(const PortalContext &context, StoreTransaction &tx,
                                             quint64 subject, const QString &reason,
                                             const SessionSink &sink);
/// The worker's open sessions on one device; false when there was none.
[[nodiscard]] Result<bool> closeSessionsOn(const PortalContext &context, StoreTransaction &tx,
                                           quint64 subject, const QString &deviceId,
                                           const QString &reason, const SessionSink &sink);
/// Whether the worker logged in on that device within the last day.
[[nodiscard]] Result<bool> wasOnDevice(StoreReader &reader, quint64 subject,
                                       const QString &deviceId);
[[nodiscard]] Result<qint64> closeExpired(const PortalContext &context, StoreTransaction &tx,
                                          const SessionSink &sink);
[[nodiscard]] Result<QList<KioskSession>> openSessions(const PortalContext &context,
                                                       StoreReader &reader);

// sqlitequeries.cpp
[[nodiscard]] Result<QueryPerson> admitQuery(const PortalContext &context, StoreTransaction &tx,
                                             const QueryAccess &access);
[[nodiscard]] Result<bool> concludeQuery(const PortalContext &context, StoreTransaction &tx,
                                         const QueryAccess &access, const QString &outcome);

// sqliteconsents.cpp
[[nodiscard]] Result<QList<ConsentState>> consents(StoreReader &reader, quint64 subject);
/// Writes the chain entry and the row in the worker's bucket.
[[nodiscard]] Result<ConsentEntry> recordConsent(const PortalContext &context, StoreTransaction &tx,
                                                 quint64 subject, ConsentEntry entry);
/// Nothing when the worker agreed to the words in force; consent.required otherwise.
[[nodiscard]] std::optional<base::Error> requireLoginConsent(const PortalContext &context,
                                                             StoreReader &reader, quint64 subject);
/// The worker's rows in bucket w:<worker>, for a kiosk that has just opened a session.
[[nodiscard]] std::optional<base::Error> publishWorker(StoreTransaction &tx,
                                                       const KioskSession &session);
[[nodiscard]] Result<QList<ConsentEntry>> consentChain(StoreReader &reader);
/// A decision made on the phone, with what follows from it.
[[nodiscard]] Result<ConsentEntry> decideConsent(const PortalContext &context, StoreTransaction &tx,
                                                 quint64 subject, const QString &group, int version,
                                                 bool given, const SessionSink &sink);
/// The stations in the district's feed.
[[nodiscard]] Result<QList<StationEntry>> stations(StoreReader &reader);

} // namespace sqliteportal
} // namespace riderport::district
