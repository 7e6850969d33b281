// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"
#include "sqliteportal.h"

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace sqliteportal {

namespace {

constexpr qint64 kKeepTicketsMs = 24 * 3600'000LL;

base::Error unknownTicket()
{
    return base::Error{base::ErrorKind::NotFound, u"ticket.unknown"_s, {}};
}

Result<Ticket> load(StoreReader &reader, const base::TicketId &id)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT device_id, station, match_code, choices, state, subject, expires_ms, "
                 "consumed_ms, session_id FROM ticket WHERE district_id = ? AND ticket_id = ?"_s,
                 {id.toString()}))
        return sql.error();
    if (!sql.next())
        return unknownTicket();
    const auto state = ticketStateFromStored(sql.text(4));
    if (!state)
        return base::Error{base::ErrorKind::Corrupt, u"ticket.state"_s, sql.text(4)};
    return Ticket{id,
                  base::DeviceId(sql.text(0)),
                  base::StationId(sql.text(1)),
                  sql.text(2),
                  sql.text(3).split(u','),
                  *state,
                  quint64(sql.number(5)),
                  sql.number(6),
                  sql.number(7),
                  base::SessionId(sql.text(8))};
}

std::optional<base::Error> store(StoreTransaction &tx, const Ticket &ticket)
{
    SqliteRun sql(tx);
    if (!sql.update(u"UPDATE ticket SET state = ?, subject = ?, expires_ms = ?, consumed_ms = ?, "
                    "session_id = ? WHERE district_id = ? AND ticket_id = ?"_s,
                    {ticketStateToStored(ticket.state), qint64(ticket.worker), ticket.expiresMs,
                     ticket.consumedMs, ticket.session.toString()},
                    {ticket.id.toString()}))
        return sql.error();
    return {};
}

} // namespace

Result<Ticket> createTicket(StoreTransaction &tx, const KioskCaller &kiosk)
{
    SqliteRun sql(tx);
    if (!sql.run(u"DELETE FROM ticket WHERE district_id = ? AND expires_ms < ?"_s,
                 {tx.nowMs() - kKeepTicketsMs}))
        return sql.error();
    const Ticket ticket = newTicket(kiosk.device, kiosk.station, tx.nowMs());
    if (!sql.run(u"INSERT INTO ticket (district_id, ticket_id, device_id, station, match_code, "
                 "choices, state, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {ticket.id.toString(), ticket.device.toString(), ticket.station.toString(),
                  ticket.matchCode, ticket.choices.join(u','), ticketStateToStored(ticket.state),
                  ticket.expiresMs}))
        return sql.error();
    return ticket;
}

Result<TicketStep> stepTicket(StoreTransaction &tx, const base::TicketId &id,
                              const std::function<TicketStep(const Ticket &)> &rule)
{
    const auto ticket = load(tx, id);
    if (!ticket)
        return ticket.error();
    const TicketStep step = rule(*ticket);
    if (!(step.ticket == *ticket))
        if (auto error = store(tx, step.ticket))
            return *error;
    return step;
}

Result<TicketStep> confirmTicket(const PortalContext &context, StoreTransaction &tx,
                                 const base::TicketId &id, quint64 subject,
                                 const QString &matchCode)
{
    if (auto error = requireLoginConsent(context, tx, subject))
        return *error;
    const auto step = stepTicket(tx, id, [&](const Ticket &ticket) {
        return district::confirmTicket(ticket, subject, matchCode, tx.nowMs());
    });
    if (!step)
        return step;
    const QString outcome = step->error ? step->error->code : u"confirmed"_s;
    if (auto error = audit(context, tx, u"phone"_s, u"ticket.confirm"_s, subject, {}, outcome))
        return *error;
    return step;
}

Result<PortalStore::TicketReading> readTicket(const PortalContext &context, StoreTransaction &tx,
                                              const base::TicketId &id, const KioskCaller &kiosk,
                                              const SessionSink &sink)
{
    const base::SessionId fresh(crypto::randomHex(16));
    const auto step = stepTicket(tx, id, [&](const Ticket &ticket) {
        return district::readTicket(ticket, kiosk.device, fresh, tx.nowMs());
    });
    if (!step)
        return step.error();
    if (step->error)
        return *step->error;
    PortalStore::TicketReading reading{step->ticket, std::nullopt};
    if (step->ticket.state != Ticket::State::Consumed)
        return reading;
    if (step->ticket.session != fresh) { // read before: the same session, if it is still open
        const auto session = findSession(context, tx, step->ticket.session);
        if (!session)
            return session.error();
        if (!*session)
            return base::Error{base::ErrorKind::Conflict, u"ticket.used"_s, {}};
        reading.session = **session;
        return reading;
    }
    const auto session =
            openSession(context, tx, kiosk,
                        {step->ticket.worker, tx.nowMs(), u"ticket"_s, {}, {}, fresh}, sink);
    if (!session)
        return session.error();
    reading.session = *session;
    return reading;
}

} // namespace sqliteportal
} // namespace riderport::district
