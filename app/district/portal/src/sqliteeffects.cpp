// SPDX-License-Identifier: Apache-2.0
#include "sqliteeffects.h"

#include "base/boundedjson.h"

#include <limits>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxBody = 16 * 1024;
constexpr qint64 kMaxTime = std::numeric_limits<qint64>::max();

/// Our own trouble is worth another try, a judgement is final.
OpOutcome outcomeOf(const base::Error &error)
{
    const bool ours = error.kind == base::ErrorKind::Storage ||
                      error.kind == base::ErrorKind::Corrupt ||
                      error.kind == base::ErrorKind::Internal;
    return ours ? OpOutcome::retry(error.code) : OpOutcome::rejected(error.code);
}

} // namespace

SqlitePortalEffects::SqlitePortalEffects(std::shared_ptr<const PortalContext> context,
                                         SessionSink sink)
    : m_context(std::move(context))
    , m_sink(std::move(sink))
{}

QStringList SqlitePortalEffects::kinds() const
{
    return {u"session.opened"_s, u"session.closed"_s, u"consent.given"_s, u"consent.withdrawn"_s};
}

OpOutcome SqlitePortalEffects::apply(StoreTransaction &tx, const protocol::Operation &op,
                                     const OpContext &context)
{
    const auto body = base::parseJsonObject(op.body, kMaxBody);
    if (!body)
        return OpOutcome::rejected(u"op.body"_s);
    if (op.kind == "session.opened"_L1)
        return opened(tx, *body, context);
    if (op.kind == "session.closed"_L1)
        return closed(tx, *body, context);
    return decided(tx, *body, context, op.kind == "consent.given"_L1);
}

OpOutcome SqlitePortalEffects::opened(StoreTransaction &tx, const QJsonObject &body,
                                      const OpContext &context) const
{
    base::JsonReader in(body);
    const QString text = in.string(u"token"_s, 200);
    const qint64 openedAt = in.int64(u"opened_at"_s, 0, kMaxTime);
    if (in.error())
        return OpOutcome::rejected(u"op.body"_s);
    const auto token = protocol::decodeLoginToken(text);
    if (!token)
        return OpOutcome::rejected(token.error().code);
    // A kiosk with a wrong clock told a wrong time; a session never starts in the future.
    const qint64 told = context.clockSuspect ? context.occurredMs : openedAt;
    const qint64 at = std::min(told, tx.nowMs());
    const KioskCaller kiosk{base::DeviceId(context.deviceId), context.station};
    const auto session = sqliteportal::openByToken(*m_context, tx, *token, kiosk, true, at, m_sink);
    if (!session)
        return outcomeOf(session.error());
    if (session->expiresMs <= tx.nowMs()) {
        const auto ended = sqliteportal::closeSession(*m_context, tx, session->id, context.deviceId,
                                                      u"limit"_s, m_sink);
        if (!ended)
            return outcomeOf(ended.error());
    }
    return OpOutcome::applied({{u"session"_s, session->id.toString()},
                               {u"worker"_s, session->worker().toString()},
                               {u"name_masked"_s, session->maskedName},
                               {u"auth_level"_s, session->authLevel}});
}

OpOutcome SqlitePortalEffects::closed(StoreTransaction &tx, const QJsonObject &body,
                                      const OpContext &context) const
{
    base::JsonReader in(body);
    const QString session = in.optionalString(u"session"_s, 32);
    const QString worker = in.optionalString(u"worker"_s, 24);
    const QString reason = in.optionalString(u"reason"_s, 40);
    if (in.error() || (session.isEmpty() && worker.isEmpty()))
        return OpOutcome::rejected(u"op.body"_s);
    base::Result<bool> done = false;
    if (!session.isEmpty())
        done = sqliteportal::closeSession(*m_context, tx, base::SessionId(session),
                                          context.deviceId, reason, m_sink);
    else // the log-in itself was told in an earlier operation of the same lane
        done = sqliteportal::closeSessionsOn(*m_context, tx, subjectOf(base::WorkerId(worker)),
                                             context.deviceId, reason, m_sink);
    if (!done)
        return outcomeOf(done.error());
    return OpOutcome::applied({{u"was_open"_s, *done}});
}

OpOutcome SqlitePortalEffects::decided(StoreTransaction &tx, const QJsonObject &body,
                                       const OpContext &context, bool given) const
{
    base::JsonReader in(body);
    const quint64 subject = subjectOf(base::WorkerId(in.string(u"worker"_s, 24)));
    ConsentEntry entry;
    entry.group = in.string(u"group"_s, 40);
    entry.version = int(in.int64(u"version"_s, 1, 1'000'000));
    const qint64 told = in.int64(u"at"_s, 0, kMaxTime);
    if (in.error() || subject == 0)
        return OpOutcome::rejected(u"op.body"_s);
    if (m_context->catalogue.find(entry.group) == nullptr)
        return OpOutcome::rejected(u"consent.unknown-group"_s);
    const auto seen = sqliteportal::wasOnDevice(tx, subject, context.deviceId);
    if (!seen)
        return outcomeOf(seen.error());
    if (!*seen)
        return OpOutcome::rejected(u"consent.no-session"_s);
    entry.given = given;
    entry.atMs = std::min(context.clockSuspect ? context.occurredMs : told, tx.nowMs());
    entry.channel = u"kiosk"_s;
    entry.device = context.deviceId;
    const auto stored = sqliteportal::recordConsent(*m_context, tx, subject, entry);
    if (!stored)
        return outcomeOf(stored.error());
    return OpOutcome::applied({{u"seq"_s, stored->seq}});
}

} // namespace riderport::district
