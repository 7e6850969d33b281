// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "domain/worker.h"
#include "identity/tokenverifier.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace riderport::identity {

/// The cached keys of phones and issuers. Answers arrive on the GUI thread's event loop.
class KeyDirectory
{
public:
    virtual ~KeyDirectory() = default;
    /// `kid` has 4 bytes. No row is not an error: the certificate is empty then.
    [[nodiscard]] virtual QFuture<base::Result<KeyMaterial>> keysFor(const QByteArray &kid) = 0;
};

/// Codes that were used on this kiosk; survives restarts.
class UsedTokens
{
public:
    virtual ~UsedTokens() = default;
    /// Atomically remembers a code; durable when it succeeds. Error token.replayed when it was
    /// there already. A storage error means: let nobody in.
    [[nodiscard]] virtual QFuture<base::Result<void>>
    remember(const QByteArray &kid, const QByteArray &nonce, qint64 untilMs) = 0;
};

/// A single-use log-in ticket made by the district server.
struct Ticket
{
    base::TicketId id;
    QString url;       ///< what the QR holds
    QString matchCode; ///< two digits
    qint64 expiresInMs = 0;
};

struct TicketStatus
{
    enum class State { Created, Scanned, Confirmed, Expired, Cancelled };
    State state = State::Created;
    std::optional<domain::WorkerIdentity> worker; ///< Confirmed only
};

/// Wire word of a ticket state, as in app/docs/WIRE.md 4.
[[nodiscard]] QString ticketStateName(TicketStatus::State state);
[[nodiscard]] std::optional<TicketStatus::State> ticketStateFromName(const QString &name);

/// True when an error means that nobody judged: Offline, Timeout, Unavailable.
[[nodiscard]] bool noVerdict(base::ErrorKind kind);

/// What the district server does for log-ins. An error is a judgement unless noVerdict() holds.
class DistrictLogin
{
public:
    virtual ~DistrictLogin() = default;
    [[nodiscard]] virtual QFuture<base::Result<Ticket>> createTicket() = 0;
    /// Held by the server until the state differs from `known`, at most `waitMs`.
    [[nodiscard]] virtual QFuture<base::Result<TicketStatus>>
    ticketStatus(const base::TicketId &id, TicketStatus::State known, qint64 waitMs) = 0;
    virtual void cancelTicket(const base::TicketId &id) = 0;
    /// The same code again returns the same session.
    [[nodiscard]] virtual QFuture<base::Result<domain::WorkerIdentity>>
    openSession(const QString &code) = 0;
};

/// Where log-ins that nobody but this kiosk has seen wait for the link (operation session.opened).
class LoginJournal : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    /// Done when it is durable.
    [[nodiscard]] virtual QFuture<base::Result<void>> record(const QString &code,
                                                             qint64 openedAtMs) = 0;

Q_SIGNALS:
    /// The server accepted the log-in recorded for `code`.
    void accepted(const QString &code, const riderport::domain::WorkerIdentity &worker);
    void rejected(const QString &code, const riderport::base::Error &error);
};

} // namespace riderport::identity
