// SPDX-License-Identifier: Apache-2.0
#include "sqliteportal.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace sqliteportal {

namespace {

QString bucketOf(quint64 subject)
{
    return u"w:W%1"_s.arg(subject);
}

void publish(StoreTransaction &tx, quint64 subject, const QString &group, int version, bool given,
             qint64 atMs)
{
    const QJsonObject row{
            {u"group"_s, group}, {u"version"_s, version}, {u"given"_s, given}, {u"at"_s, atMs}};
    tx.feed().put(bucketOf(subject), u"consent"_s, group,
                  QJsonDocument(row).toJson(QJsonDocument::Compact));
}

Result<bool> hasOpenSession(StoreReader &reader, quint64 subject)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT 1 FROM kiosk_session WHERE district_id = ? AND subject = ? "
                 "AND closed_ms IS NULL LIMIT 1"_s,
                 {qint64(subject)}))
        return sql.error();
    return sql.next();
}

} // namespace

Result<QList<ConsentState>> consents(StoreReader &reader, quint64 subject)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT c.grp, c.given, c.version, c.at_ms, c.channel FROM consent c "
                 "WHERE c.district_id = ? AND c.subject = ? AND c.seq = (SELECT max(n.seq) FROM "
                 "consent n WHERE n.district_id = c.district_id AND n.subject = c.subject "
                 "AND n.grp = c.grp) ORDER BY c.grp"_s,
                 {qint64(subject)}))
        return sql.error();
    QList<ConsentState> states;
    while (sql.next())
        states.append(
                {sql.text(0), sql.number(1) != 0, int(sql.number(2)), sql.number(3), sql.text(4)});
    return states;
}

Result<ConsentEntry> recordConsent(const PortalContext &context, StoreTransaction &tx,
                                   quint64 subject, ConsentEntry entry)
{
    SqliteRun sql(tx);
    if (!sql.run(
                u"SELECT seq, hash FROM consent WHERE district_id = ? ORDER BY seq DESC LIMIT 1"_s))
        return sql.error();
    entry.seq = 1;
    entry.previous = "";
    if (sql.next()) {
        entry.seq = sql.number(0) + 1;
        entry.previous = sql.bytes(1);
    }
    entry.worker = base::WorkerId(u'W' + QString::number(subject));
    if (const ConsentOffer *offer = context.catalogue.find(entry.group))
        entry.textSha256 = offer->version == entry.version ? offer->textSha256() : QString();
    entry.hash = consentHash(entry);
    if (!sql.run(u"INSERT INTO consent (district_id, seq, subject, grp, version, given, at_ms, "
                 "channel, device_id, text_sha256, previous, hash) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {entry.seq, qint64(subject), entry.group, entry.version, entry.given, entry.atMs,
                  entry.channel, entry.device, entry.textSha256, entry.previous, entry.hash}))
        return sql.error();
    const auto open = hasOpenSession(tx, subject);
    if (!open)
        return open.error();
    if (*open)
        publish(tx, subject, entry.group, entry.version, entry.given, entry.atMs);
    const QString actor = entry.device.isEmpty() ? u"phone"_s : u"device:"_s + entry.device;
    if (auto error =
                audit(context, tx, actor, entry.given ? u"consent.given"_s : u"consent.withdrawn"_s,
                      subject, {}, u"%1 v%2"_s.arg(entry.group).arg(entry.version)))
        return *error;
    return entry;
}

std::optional<base::Error> requireLoginConsent(const PortalContext &context, StoreReader &reader,
                                               quint64 subject)
{
    const QString group = QLatin1String(kLoginConsentGroup);
    const ConsentOffer *offer = context.catalogue.find(group);
    const auto states = consents(reader, subject);
    if (!states)
        return states.error();
    for (const ConsentState &state : *states)
        if (offer != nullptr && state.group == group && state.given &&
            state.version == offer->version)
            return {};
    return base::Error{base::ErrorKind::Forbidden, u"consent.required"_s, {}};
}

std::optional<base::Error> publishWorker(StoreTransaction &tx, const KioskSession &session)
{
    const QJsonObject row{{u"name_masked"_s, session.maskedName},
                          {u"auth_level"_s, session.authLevel}};
    tx.feed().put(bucketOf(session.subject), u"worker"_s, session.worker().toString(),
                  QJsonDocument(row).toJson(QJsonDocument::Compact));
    const auto states = consents(tx, session.subject);
    if (!states)
        return states.error();
    for (const ConsentState &state : *states)
        publish(tx, session.subject, state.group, state.version, state.given, state.atMs);
    return {};
}

Result<ConsentEntry> decideConsent(const PortalContext &context, StoreTransaction &tx,
                                   quint64 subject, const QString &group, int version, bool given,
                                   const SessionSink &sink)
{
    const ConsentOffer *offer = context.catalogue.find(group);
    if (offer == nullptr)
        return base::Error{base::ErrorKind::NotFound, u"consent.unknown-group"_s, {}};
    // Nobody agrees to words they have not seen; withdrawing needs no words.
    if (given && version != offer->version)
        return base::Error{base::ErrorKind::Conflict, u"consent.version"_s, {}};
    ConsentEntry entry;
    entry.group = group;
    entry.version = version;
    entry.given = given;
    entry.atMs = tx.nowMs();
    entry.channel = u"phone"_s;
    const auto stored = recordConsent(context, tx, subject, entry);
    if (!stored || given || group != QLatin1String(kLoginConsentGroup))
        return stored;
    if (auto error = revokeKeys(context, tx, subject))
        return *error;
    if (const auto closed = closeSessionsOf(context, tx, subject, u"withdrawn"_s, sink); !closed)
        return closed.error();
    return stored;
}

Result<QList<StationEntry>> stations(StoreReader &reader)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT r.row_id, f.body FROM row_current r JOIN feed f "
                 "ON f.district_id = r.district_id AND f.bucket = r.bucket AND f.seq = r.ver "
                 "WHERE r.district_id = ? AND r.bucket = 'd' AND r.tbl = 'station' "
                 "ORDER BY r.row_id"_s))
        return sql.error();
    QList<StationEntry> found;
    while (sql.next()) {
        const QJsonObject body = QJsonDocument::fromJson(sql.bytes(1)).object();
        const auto name = domain::localTextFromJson(body["name"_L1]);
        if (name && stationNumberOf(base::StationId(sql.text(0))) != 0)
            found.append({base::StationId(sql.text(0)), *name});
    }
    return found;
}

Result<QList<ConsentEntry>> consentChain(StoreReader &reader)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT seq, subject, grp, version, given, at_ms, channel, device_id, "
                 "text_sha256, previous, hash FROM consent WHERE district_id = ? ORDER BY seq"_s))
        return sql.error();
    QList<ConsentEntry> chain;
    while (sql.next()) {
        ConsentEntry entry;
        entry.seq = sql.number(0);
        entry.worker = base::WorkerId(u'W' + QString::number(sql.number(1)));
        entry.group = sql.text(2);
        entry.version = int(sql.number(3));
        entry.given = sql.number(4) != 0;
        entry.atMs = sql.number(5);
        entry.channel = sql.text(6);
        entry.device = sql.text(7);
        entry.textSha256 = sql.text(8);
        entry.previous = sql.bytes(9);
        entry.hash = sql.bytes(10);
        chain.append(entry);
    }
    return chain;
}

} // namespace sqliteportal
} // namespace riderport::district
