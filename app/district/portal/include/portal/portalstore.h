// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "portal/consentchain.h"
#include "portal/portalrecords.h"
#include "portal/ticketrules.h"
#include "protocol/logintoken.h"

#include <QFuture>
#include <QJsonObject>

#include <optional>

namespace riderport::district {

/// Everything the phone pages and the log-in need kept. Each call is one transaction; every look at
/// personal data leaves an audit entry in the same transaction. Futures finish in the storage
/// thread. Storage failures carry the engine's own codes.
class PortalStore
{
public:
    template<typename T>
    using Future = QFuture<base::Result<T>>;
    virtual ~PortalStore() = default;

    // --- people
    // -----------------------------------------------------------------------------------
    /// Adds or replaces workers by subject; all or nothing. Answers how many.
    [[nodiscard]] virtual Future<qint64> importWorkers(const QList<WorkerRecord> &workers) = 0;
    /// Code phone.signed-out when the worker is gone.
    [[nodiscard]] virtual Future<WorkerProfile> profile(quint64 subject) = 0;
    /// Everything stored about the worker, masked, as one JSON object.
    [[nodiscard]] virtual Future<QJsonObject> exportData(quint64 subject) = 0;
    /// Unix ms of the (first) request.
    [[nodiscard]] virtual Future<qint64> requestDeletion(quint64 subject) = 0;

    // --- sign-in of a phone
    // -----------------------------------------------------------------------
    /// Counts a request for a code and, when granted, stores `code` hashed.
    [[nodiscard]] virtual Future<SmsGrant> requestSms(const QString &mobile,
                                                      const QString &code) = 0;
    /// Counts one attempt. When it is right, a phone session opens under `tokenHash` (SHA-256 of
    /// the cookie).
    [[nodiscard]] virtual Future<SmsLogin> loginBySms(const QString &mobile, const QString &code,
                                                      const QByteArray &tokenHash) = 0;
    /// Whose phone this is; nothing when unknown, ended or older than 30 days.
    [[nodiscard]] virtual Future<std::optional<quint64>>
    phoneSession(const QByteArray &tokenHash) = 0;
    /// Ends the session and revokes the keys made in it.
    [[nodiscard]] virtual Future<bool> endPhoneSession(const QByteArray &tokenHash) = 0;

    // --- keys of phones
    // ---------------------------------------------------------------------------
    /// Certifies a key and publishes it to all kiosks; the oldest goes when there are more than
    /// kMaxPhoneKeys. Codes: consent.required, key.collision (make another one), key.invalid.
    [[nodiscard]] virtual Future<PhoneKeyGrant>
    registerKey(quint64 subject, const QByteArray &tokenHash, const QByteArray &publicKey) = 0;
    /// Code key.unknown unless it is the worker's own.
    [[nodiscard]] virtual Future<bool> revokeKey(quint64 subject, const QString &kid) = 0;

    // --- tickets
    // ----------------------------------------------------------------------------------
    [[nodiscard]] virtual Future<Ticket> createTicket(const KioskCaller &kiosk) = 0;
    [[nodiscard]] virtual Future<Ticket> scanTicket(const base::TicketId &id, quint64 subject) = 0;
    /// Codes of confirmTicket() in ticketrules.h and consent.required.
    [[nodiscard]] virtual Future<Ticket> confirmTicket(const base::TicketId &id, quint64 subject,
                                                       const QString &matchCode) = 0;
    [[nodiscard]] virtual Future<Ticket> cancelTicketByPhone(const base::TicketId &id,
                                                             quint64 subject) = 0;
    [[nodiscard]] virtual Future<Ticket> cancelTicketByKiosk(const base::TicketId &id,
                                                             const KioskCaller &kiosk) = 0;
    struct TicketReading
    {
        Ticket ticket;
        std::optional<KioskSession> session; ///< once confirmed
    };
    /// Reading a confirmed ticket consumes it and opens the session.
    [[nodiscard]] virtual Future<TicketReading> readTicket(const base::TicketId &id,
                                                           const KioskCaller &kiosk) = 0;

    // --- kiosk sessions
    // ---------------------------------------------------------------------------
    /// Verifies a rolling code against the server's clock and keys; codes of WIRE.md 4. The same
    /// code again from the same device answers the same session.
    [[nodiscard]] virtual Future<KioskSession> openSession(const protocol::LoginToken &token,
                                                           const KioskCaller &kiosk) = 0;
    /// False when it was closed before or belongs to another device.
    [[nodiscard]] virtual Future<bool>
    closeSession(const base::SessionId &id, const KioskCaller &kiosk, const QString &reason) = 0;
    /// Closes what is past its hard limit and forgets codes of the day before; answers how many
    /// sessions.
    [[nodiscard]] virtual Future<qint64> closeExpiredSessions() = 0;

    // --- consents, stations
    // -----------------------------------------------------------------------
    /// The last decision per group.
    [[nodiscard]] virtual Future<QList<ConsentState>> consents(quint64 subject) = 0;
    /// Records a decision made on the phone. Withdrawing login_profile also revokes the worker's
    /// phone keys and closes the kiosk sessions. Code consent.version when `version` is not the one
    /// in force, consent.unknown-group.
    [[nodiscard]] virtual Future<ConsentEntry> decideConsent(quint64 subject, const QString &group,
                                                             int version, bool given) = 0;
    [[nodiscard]] virtual Future<QList<StationEntry>> stations() = 0;
};

} // namespace riderport::district
