// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "base/strongid.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace riderport::district {

inline constexpr qint64 kTicketLifeMs = 120'000;       ///< from creation to the worker's decision
inline constexpr qint64 kTicketPickUpMs = 60'000;      ///< from confirmation to the kiosk's reading
inline constexpr qint64 kTicketRepeatMs = 60'000;      ///< the same answer again for a lost reply
inline constexpr qint64 kKioskSessionMs = 15 * 60'000; ///< hard limit of a kiosk session

/// One log-in attempt: the kiosk shows a code and a number, the phone scans the code and picks the
/// number out of three. Times are Unix milliseconds of the server.
struct Ticket
{
    enum class State { Created, Scanned, Confirmed, Consumed, Expired, Cancelled };

    base::TicketId id;
    base::DeviceId device;
    base::StationId station;
    QString matchCode;   ///< two digits, on the kiosk only
    QStringList choices; ///< three different numbers in random order, one of them the right one
    State state = State::Created;
    quint64 worker = 0; ///< the first signed-in phone that scanned it; 0 = none yet
    qint64 expiresMs = 0;
    qint64 consumedMs = 0;
    base::SessionId session;

    friend bool operator==(const Ticket &, const Ticket &) = default;
};

/// A ticket after an event. When `error` is set the event was refused, yet `ticket` may still have
/// changed (a wrong number cancels) and must be stored.
struct TicketStep
{
    Ticket ticket;
    std::optional<base::Error> error;
};

[[nodiscard]] Ticket newTicket(const base::DeviceId &device, const base::StationId &station,
                               qint64 nowMs);
/// A stored ticket as it is now: the undecided and the unread ones run out.
[[nodiscard]] Ticket agedTicket(Ticket ticket, qint64 nowMs);

/// A phone opened the link. `worker` 0 = not signed in: the kiosk learns that somebody scanned,
/// nobody is bound. Codes: ticket.expired, ticket.cancelled, ticket.used, ticket.taken (another
/// worker was first).
[[nodiscard]] TicketStep scanTicket(const Ticket &ticket, quint64 worker, qint64 nowMs);
/// The worker picked a number. Codes: as scanTicket(), and ticket.wrong-number, which cancels. The
/// same confirmation again is no error.
[[nodiscard]] TicketStep confirmTicket(const Ticket &ticket, quint64 worker,
                                       const QString &matchCode, qint64 nowMs);
/// "Not me": any signed-in phone that holds the link may end an undecided ticket.
[[nodiscard]] TicketStep cancelTicketByPhone(const Ticket &ticket, quint64 worker, qint64 nowMs);
/// The kiosk no longer wants it. Cancelling twice is no error; ticket.unknown for another device.
[[nodiscard]] TicketStep cancelTicketByKiosk(const Ticket &ticket, const base::DeviceId &device,
                                             qint64 nowMs);
/// The kiosk reads: a confirmed ticket becomes consumed and carries `session` from then on. The
/// same device reads the same answer for kTicketRepeatMs, later ticket.used. ticket.unknown for
/// another device.
[[nodiscard]] TicketStep readTicket(const Ticket &ticket, const base::DeviceId &device,
                                    const base::SessionId &session, qint64 nowMs);

/// The word in answers to the kiosk; a consumed ticket reads "confirmed".
[[nodiscard]] QString ticketStateName(Ticket::State state);
[[nodiscard]] std::optional<Ticket::State> ticketStateFromStored(const QString &name);
[[nodiscard]] QString ticketStateToStored(Ticket::State state);

} // namespace riderport::district
