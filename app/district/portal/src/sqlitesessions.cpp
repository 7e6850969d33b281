// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"
#include "domain/masking.h"
#include "portal/tokenrules.h"
#include "protocol/phonekeycertificate.h"
#include "sqliteportal.h"

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace sqliteportal {

namespace {

constexpr char kSelect[] = "SELECT session_id, device_id, station, subject, opened_ms, expires_ms "
                           "FROM kiosk_session WHERE district_id = ? AND closed_ms IS NULL AND ";

/// Without name and level, which are sealed in another table.
KioskSession bareSession(const SqliteRun &sql)
{
    KioskSession session;
    session.id = base::SessionId(sql.text(0));
    session.device = base::DeviceId(sql.text(1));
    session.station = base::StationId(sql.text(2));
    session.subject = quint64(sql.number(3));
    session.openedMs = sql.number(4);
    session.expiresMs = sql.number(5);
    return session;
}

Result<QList<KioskSession>> select(StoreReader &reader, const QString &condition,
                                   const QVariantList &values)
{
    SqliteRun sql(reader);
    if (!sql.run(QLatin1String(kSelect) + condition, values))
        return sql.error();
    QList<KioskSession> found;
    while (sql.next())
        found.append(bareSession(sql));
    return found;
}

std::optional<base::Error> addName(const PortalContext &context, StoreReader &reader,
                                   KioskSession &session)
{
    const auto worker = findWorker(context, reader, session.subject);
    if (!worker)
        return worker.error();
    if (!*worker)
        return base::Error{base::ErrorKind::NotFound, u"worker.unknown"_s, {}};
    session.maskedName = domain::maskName((*worker)->record.name);
    session.authLevel = (*worker)->record.authLevel;
    return {};
}

Result<qint64> closeAll(const PortalContext &context, StoreTransaction &tx,
                        const QList<KioskSession> &sessions, const QString &reason,
                        const SessionSink &sink)
{
    for (const KioskSession &session : sessions) {
        SqliteRun sql(tx);
        if (!sql.update(u"UPDATE kiosk_session SET closed_ms = ?, reason = ? "
                        "WHERE district_id = ? AND session_id = ?"_s,
                        {tx.nowMs(), reason}, {session.id.toString()}))
            return sql.error();
        const auto others = select(tx, u"subject = ?"_s, {qint64(session.subject)});
        if (!others)
            return others.error();
        if (others->isEmpty()) // no kiosk needs the worker's rows any more
            tx.feed().clear(u"w:"_s + session.worker().toString());
        if (auto error = audit(context, tx, u"device:"_s + session.device.toString(),
                               u"session.close"_s, session.subject, {}, reason))
            return *error;
        tx.afterCommit([sink, session] { sink(session, false); });
    }
    return qint64(sessions.size());
}

/// The session a rolling code has opened before, whether or not it is still open.
Result<std::optional<KioskSession>> sessionOfCode(StoreReader &reader, const QString &kid,
                                                  const QByteArray &nonce, bool *closed)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT session_id, device_id, station, subject, opened_ms, expires_ms, "
                 "closed_ms IS NOT NULL FROM kiosk_session "
                 "WHERE district_id = ? AND kid = ? AND nonce = ?"_s,
                 {kid, nonce}))
        return sql.error();
    if (!sql.next())
        return std::optional<KioskSession>();
    *closed = sql.number(6) != 0;
    return std::optional(bareSession(sql));
}

Result<std::optional<TokenKey>> keyOf(const PortalContext &context, StoreReader &reader,
                                      const QByteArray &kid)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT certificate FROM phone_key WHERE district_id = ? AND kid = ?"_s,
                 {QString::fromLatin1(kid.toHex())}))
        return sql.error();
    if (!sql.next())
        return std::optional<TokenKey>();
    const auto certificate = protocol::decodePhoneKey(sql.bytes(0));
    if (!certificate)
        return certificate.error();
    return std::optional(TokenKey{
            *certificate, protocol::verifyPhoneKey(*certificate, context.issuer.publicKey)});
}

} // namespace

Result<std::optional<KioskSession>> findSession(const PortalContext &context, StoreReader &reader,
                                                const base::SessionId &id)
{
    auto found = select(reader, u"session_id = ?"_s, {id.toString()});
    if (!found)
        return found.error();
    if (found->isEmpty() || found->constFirst().expiresMs <= reader.nowMs())
        return std::optional<KioskSession>();
    KioskSession session = found->constFirst();
    if (auto error = addName(context, reader, session))
        return *error;
    return std::optional(session);
}

Result<KioskSession> openSession(const PortalContext &context, StoreTransaction &tx,
                                 const KioskCaller &kiosk, const Opening &opening,
                                 const SessionSink &sink)
{
    if (auto error = requireLoginConsent(context, tx, opening.subject))
        return *error;
    const auto previous = select(tx, u"device_id = ?"_s, {kiosk.device.toString()});
    if (!previous)
        return previous.error();
    if (const auto closed = closeAll(context, tx, *previous, u"replaced"_s, sink); !closed)
        return closed.error();

    KioskSession session;
    session.id = opening.id.isEmpty() ? base::SessionId(crypto::randomHex(16)) : opening.id;
    session.device = kiosk.device;
    session.station = kiosk.station;
    session.subject = opening.subject;
    session.openedMs = opening.openedMs;
    session.expiresMs = opening.openedMs + kKioskSessionMs;
    if (auto error = addName(context, tx, session))
        return *error;
    SqliteRun sql(tx);
    const bool byCode = !opening.kid.isEmpty();
    if (!sql.run(u"INSERT INTO kiosk_session (district_id, session_id, device_id, station, "
                 "subject, opened_ms, expires_ms, way, kid, nonce) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {session.id.toString(), session.device.toString(), session.station.toString(),
                  qint64(session.subject), session.openedMs, session.expiresMs, opening.way,
                  byCode ? QVariant(opening.kid) : QVariant(),
                  byCode ? QVariant(opening.nonce) : QVariant()}))
        return sql.error();
    if (auto error = publishWorker(tx, session))
        return *error;
    if (auto error = audit(context, tx, u"device:"_s + session.device.toString(), u"session.open"_s,
                           session.subject, u"name"_s, opening.way))
        return *error;
    tx.afterCommit([sink, session] { sink(session, true); });
    return session;
}

Result<KioskSession> openByToken(const PortalContext &context, StoreTransaction &tx,
                                 const protocol::LoginToken &token, const KioskCaller &kiosk,
                                 bool offline, qint64 openedMs, const SessionSink &sink)
{
    const auto key = keyOf(context, tx, token.kid);
    if (!key)
        return key.error();
    const protocol::Audience here{context.district, stationNumberOf(kiosk.station)};
    if (auto error = judgeToken(token, *key, here, openedMs / 1000, offline))
        return *error;

    const QString kid = QString::fromLatin1(token.kid.toHex());
    bool closed = false;
    const auto known = sessionOfCode(tx, kid, token.nonce, &closed);
    if (!known)
        return known.error();
    if (*known) {
        KioskSession session = **known;
        const bool alive = !closed && session.expiresMs > tx.nowMs();
        // An offline log-in tells of the past: it is the same session even when it has ended since.
        if (session.device != kiosk.device || (!offline && !alive))
            return base::Error{base::ErrorKind::Replay, u"token.replayed"_s, {}};
        if (auto error = addName(context, tx, session))
            return *error;
        return session;
    }
    return openSession(context, tx, kiosk,
                       {token.subject, openedMs, offline ? u"offline"_s : u"code"_s, kid,
                        token.nonce, base::SessionId()},
                       sink);
}

Result<bool> closeSession(const PortalContext &context, StoreTransaction &tx,
                          const base::SessionId &id, const QString &deviceId, const QString &reason,
                          const SessionSink &sink)
{
    const auto found = select(tx, u"session_id = ? AND device_id = ?"_s, {id.toString(), deviceId});
    if (!found)
        return found.error();
    const auto closed = closeAll(context, tx, *found, reason, sink);
    if (!closed)
        return closed.error();
    return *closed > 0;
}

Result<qint64> closeSessionsOf(const PortalContext &context, StoreTransaction &tx, quint64 subject,
                               const QString &reason, const SessionSink &sink)
{
    const auto found = select(tx, u"subject = ?"_s, {qint64(subject)});
    if (!found)
        return found.error();
    return closeAll(context, tx, *found, reason, sink);
}

Result<bool> closeSessionsOn(const PortalContext &context, StoreTransaction &tx, quint64 subject,
                             const QString &deviceId, const QString &reason,
                             const SessionSink &sink)
{
    const auto found = select(tx, u"subject = ? AND device_id = ?"_s, {qint64(subject), deviceId});
    if (!found)
        return found.error();
    const auto closed = closeAll(context, tx, *found, reason, sink);
    if (!closed)
        return closed.error();
    return *closed > 0;
}

Result<bool> wasOnDevice(StoreReader &reader, quint64 subject, const QString &deviceId)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT 1 FROM kiosk_session WHERE district_id = ? AND subject = ? "
                 "AND device_id = ? AND opened_ms > ? LIMIT 1"_s,
                 {qint64(subject), deviceId, reader.nowMs() - kSmsDayMs}))
        return sql.error();
    return sql.next();
}

Result<qint64> closeExpired(const PortalContext &context, StoreTransaction &tx,
                            const SessionSink &sink)
{
    SqliteRun sql(tx);
    if (!sql.run(u"DELETE FROM sms_code WHERE district_id = ? AND created_ms <= ?"_s,
                 {tx.nowMs() - kSmsDayMs}))
        return sql.error();
    const auto found = select(tx, u"expires_ms <= ?"_s, {tx.nowMs()});
    if (!found)
        return found.error();
    return closeAll(context, tx, *found, u"limit"_s, sink);
}

Result<QList<KioskSession>> openSessions(const PortalContext &context, StoreReader &reader)
{
    auto found = select(reader, u"expires_ms > ?"_s, {reader.nowMs()});
    if (!found)
        return found.error();
    for (KioskSession &session : *found)
        if (auto error = addName(context, reader, session))
            return *error;
    return found;
}

} // namespace sqliteportal
} // namespace riderport::district
