// SPDX-License-Identifier: Apache-2.0
#include "portal/ticketrules.h"

#include "crypto/digest.h"
#include "crypto/random.h"

#include <algorithm>

namespace riderport::district {

using namespace Qt::StringLiterals;
using State = Ticket::State;

namespace {

base::Error refusal(base::ErrorKind kind, const QString &code)
{
    return base::Error{kind, code, {}};
}

/// Why a ticket in this state takes no more decisions; nothing while it does.
std::optional<base::Error> closedBecause(State state)
{
    switch (state) {
    case State::Created:
    case State::Scanned:
        return std::nullopt;
    case State::Confirmed:
    case State::Consumed:
        return refusal(base::ErrorKind::Conflict, u"ticket.used"_s);
    case State::Expired:
        return refusal(base::ErrorKind::Expired, u"ticket.expired"_s);
    case State::Cancelled:
        return refusal(base::ErrorKind::Cancelled, u"ticket.cancelled"_s);
    }
    return refusal(base::ErrorKind::Internal, u"ticket.state"_s);
}

bool belongsTo(const Ticket &ticket, quint64 worker)
{
    return ticket.worker == 0 || ticket.worker == worker;
}

QString twoDigits()
{
    return u"%1"_s.arg(10 + crypto::randomBelow(90));
}

} // namespace

Ticket newTicket(const base::DeviceId &device, const base::StationId &station, qint64 nowMs)
{
    Ticket ticket;
    ticket.id = base::TicketId(crypto::randomHex(16));
    ticket.device = device;
    ticket.station = station;
    ticket.matchCode = twoDigits();
    ticket.choices = {ticket.matchCode};
    while (ticket.choices.size() < 3) {
        const QString other = twoDigits();
        if (!ticket.choices.contains(other))
            ticket.choices.append(other);
    }
    ticket.choices.swapItemsAt(0, crypto::randomBelow(3));
    ticket.expiresMs = nowMs + kTicketLifeMs;
    return ticket;
}

Ticket agedTicket(Ticket ticket, qint64 nowMs)
{
    const bool open = ticket.state == State::Created || ticket.state == State::Scanned ||
                      ticket.state == State::Confirmed;
    if (open && nowMs >= ticket.expiresMs)
        ticket.state = State::Expired;
    return ticket;
}

TicketStep scanTicket(const Ticket &stored, quint64 worker, qint64 nowMs)
{
    TicketStep step{agedTicket(stored, nowMs), std::nullopt};
    step.error = closedBecause(step.ticket.state);
    if (!step.error && worker != 0 && !belongsTo(step.ticket, worker))
        step.error = refusal(base::ErrorKind::Conflict, u"ticket.taken"_s);
    if (step.error)
        return step;
    step.ticket.state = State::Scanned;
    if (worker != 0)
        step.ticket.worker = worker;
    return step;
}

TicketStep confirmTicket(const Ticket &stored, quint64 worker, const QString &matchCode,
                         qint64 nowMs)
{
    const bool right = crypto::constantTimeEqual(matchCode.toUtf8(), stored.matchCode.toUtf8());
    const Ticket aged = agedTicket(stored, nowMs);
    const bool decided = aged.state == State::Confirmed || aged.state == State::Consumed;
    if (decided && aged.worker == worker && right)
        return {aged, std::nullopt}; // the answer to the first try was lost on the way
    TicketStep step = scanTicket(stored, worker, nowMs);
    if (step.error)
        return step;
    if (!right) {
        step.ticket.state = State::Cancelled;
        step.error = refusal(base::ErrorKind::Forbidden, u"ticket.wrong-number"_s);
        return step;
    }
    step.ticket.state = State::Confirmed;
    step.ticket.expiresMs = nowMs + kTicketPickUpMs;
    return step;
}

TicketStep cancelTicketByPhone(const Ticket &stored, quint64 worker, qint64 nowMs)
{
    TicketStep step{agedTicket(stored, nowMs), std::nullopt};
    if (step.ticket.state == State::Cancelled || step.ticket.state == State::Expired)
        return step;
    step.error = closedBecause(step.ticket.state);
    if (!step.error && !belongsTo(step.ticket, worker))
        step.error = refusal(base::ErrorKind::Conflict, u"ticket.taken"_s);
    if (!step.error)
        step.ticket.state = State::Cancelled;
    return step;
}

TicketStep cancelTicketByKiosk(const Ticket &stored, const base::DeviceId &device, qint64 nowMs)
{
    TicketStep step{agedTicket(stored, nowMs), std::nullopt};
    if (step.ticket.device != device)
        step.error = refusal(base::ErrorKind::NotFound, u"ticket.unknown"_s);
    else if (step.ticket.state == State::Consumed)
        step.error = refusal(base::ErrorKind::Conflict, u"ticket.used"_s);
    else if (step.ticket.state != State::Expired)
        step.ticket.state = State::Cancelled;
    return step;
}

TicketStep readTicket(const Ticket &stored, const base::DeviceId &device,
                      const base::SessionId &session, qint64 nowMs)
{
    TicketStep step{agedTicket(stored, nowMs), std::nullopt};
    if (step.ticket.device != device) {
        step.error = refusal(base::ErrorKind::NotFound, u"ticket.unknown"_s);
    } else if (step.ticket.state == State::Confirmed) {
        step.ticket.state = State::Consumed;
        step.ticket.consumedMs = nowMs;
        step.ticket.session = session;
    } else if (step.ticket.state == State::Consumed &&
               nowMs >= step.ticket.consumedMs + kTicketRepeatMs) {
        step.error = refusal(base::ErrorKind::Conflict, u"ticket.used"_s);
    }
    return step;
}

QString ticketStateName(State state)
{
    return state == State::Consumed ? u"confirmed"_s : ticketStateToStored(state);
}

QString ticketStateToStored(State state)
{
    static const QStringList names{u"created"_s,  u"scanned"_s, u"confirmed"_s,
                                   u"consumed"_s, u"expired"_s, u"cancelled"_s};
    return names.at(int(state));
}

std::optional<State> ticketStateFromStored(const QString &name)
{
    for (const State state : {State::Created, State::Scanned, State::Confirmed, State::Consumed,
                              State::Expired, State::Cancelled})
        if (ticketStateToStored(state) == name)
            return state;
    return std::nullopt;
}

} // namespace riderport::district
