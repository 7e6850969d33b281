// SPDX-License-Identifier: Apache-2.0
#include "domain/masking.h"
#include "sqliteportal.h"

#include <QJsonArray>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

QByteArray place(quint64 subject, const char *column)
{
    return "worker|" + QByteArray::number(subject) + '|' + column + "|v1";
}

QByteArray sealed(const PortalContext &context, quint64 subject, const char *column,
                  const QString &value)
{
    return crypto::seal(context.columns, value.toUtf8(), place(subject, column));
}

base::Error gone()
{
    return base::Error{base::ErrorKind::Unauthorized, u"phone.signed-out"_s, {}};
}

} // namespace

QByteArray PortalContext::indexOf(const QString &mobile) const
{
    return crypto::blindIndex(mobileIndex, mobile.toUtf8());
}

QByteArray PortalContext::codeHash(const QString &mobile, const QString &code) const
{
    return crypto::blindIndex(smsHash, mobile.toUtf8() + '|' + code.toUtf8());
}

QString PortalContext::auditSubject(quint64 subject) const
{
    return QString::fromLatin1(crypto::blindIndex(auditIndex, QByteArray::number(subject)).toHex());
}

namespace sqliteportal {

std::optional<base::Error> audit(const PortalContext &context, StoreTransaction &tx,
                                 const QString &actor, const QString &action, quint64 subject,
                                 const QString &fields, const QString &purpose)
{
    const QString hidden = subject == 0 ? QString() : context.auditSubject(subject);
    return appendAudit(tx, {actor, action, hidden, fields, purpose, u"ok"_s, {}});
}

Result<qint64> importWorkers(const PortalContext &context, StoreTransaction &tx,
                             const QList<WorkerRecord> &workers)
{
    SqliteRun sql(tx);
    for (const WorkerRecord &worker : workers) {
        if (normalisedMobile(worker.mobile) != worker.mobile || worker.subject == 0 ||
            worker.name.isEmpty() || worker.authLevel < 1 || worker.authLevel > 3)
            return base::Error{base::ErrorKind::Invalid, u"worker.invalid"_s,
                               u"subject %1"_s.arg(worker.subject)};
        if (!sql.run(u"INSERT INTO worker (district_id, subject, name, id_number, mobile, "
                     "mobile_index, category, auth_level, registered_ms) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                     "ON CONFLICT (district_id, subject) DO UPDATE SET name = excluded.name, "
                     "id_number = excluded.id_number, mobile = excluded.mobile, "
                     "mobile_index = excluded.mobile_index, category = excluded.category, "
                     "auth_level = excluded.auth_level"_s,
                     {qint64(worker.subject), sealed(context, worker.subject, "name", worker.name),
                      sealed(context, worker.subject, "id_number", worker.idNumber),
                      sealed(context, worker.subject, "mobile", worker.mobile),
                      context.indexOf(worker.mobile), worker.category, worker.authLevel,
                      worker.registeredMs}))
            return sql.error();
    }
    if (auto error = audit(context, tx, u"import"_s, u"worker.import"_s, 0,
                           u"name,id_number,mobile"_s, u"%1 workers"_s.arg(workers.size())))
        return *error;
    return qint64(workers.size());
}

Result<std::optional<WorkerRow>> findWorker(const PortalContext &context, StoreReader &reader,
                                            quint64 subject)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT name, id_number, mobile, category, auth_level, registered_ms, "
                 "deletion_ms FROM worker WHERE district_id = ? AND subject = ?"_s,
                 {qint64(subject)}))
        return sql.error();
    if (!sql.next())
        return std::optional<WorkerRow>();
    const auto name = crypto::open(context.columns, sql.bytes(0), place(subject, "name"));
    const auto number = crypto::open(context.columns, sql.bytes(1), place(subject, "id_number"));
    const auto mobile = crypto::open(context.columns, sql.bytes(2), place(subject, "mobile"));
    for (const auto *cell : {&name, &number, &mobile})
        if (!*cell)
            return cell->error();
    WorkerRow row;
    row.record = {subject,
                  QString::fromUtf8(*name),
                  QString::fromUtf8(*number),
                  QString::fromUtf8(*mobile),
                  sql.text(3),
                  int(sql.number(4)),
                  sql.number(5)};
    row.deletionMs = sql.number(6);
    return std::optional(row);
}

Result<WorkerProfile> profile(const PortalContext &context, StoreTransaction &tx, quint64 subject)
{
    const auto found = findWorker(context, tx, subject);
    if (!found)
        return found.error();
    if (!*found)
        return gone();
    const WorkerRecord &record = (*found)->record;
    WorkerProfile profile;
    profile.id = base::WorkerId(u'W' + QString::number(subject));
    profile.maskedName = domain::maskName(record.name);
    profile.maskedMobile = domain::maskMobile(record.mobile);
    profile.maskedIdNumber = domain::maskIdNumber(record.idNumber);
    profile.category = record.category;
    profile.authLevel = record.authLevel;
    profile.registeredMs = record.registeredMs;
    profile.deletionRequestedMs = (*found)->deletionMs;

    SqliteRun sql(tx);
    if (!sql.run(u"SELECT kid, created_ms, not_after_s FROM phone_key "
                 "WHERE district_id = ? AND subject = ? ORDER BY created_ms"_s,
                 {qint64(subject)}))
        return sql.error();
    while (sql.next())
        profile.keys.append({sql.text(0), sql.number(1), sql.number(2)});
    if (!sql.run(u"SELECT station, opened_ms, closed_ms FROM kiosk_session "
                 "WHERE district_id = ? AND subject = ? ORDER BY opened_ms DESC LIMIT 20"_s,
                 {qint64(subject)}))
        return sql.error();
    while (sql.next())
        profile.visits.append({sql.text(0), sql.number(1), sql.number(2)});
    if (auto error = audit(context, tx, u"phone"_s, u"profile.read"_s, subject,
                           u"name,id_number,mobile"_s, u"shown masked to the worker"_s))
        return *error;
    return profile;
}

Result<QJsonObject> exportData(const PortalContext &context, StoreTransaction &tx, quint64 subject)
{
    const auto known = profile(context, tx, subject);
    if (!known)
        return known.error();
    QJsonArray keys;
    for (const PhoneKeyInfo &key : known->keys)
        keys.append(QJsonObject{{u"kid"_s, key.kid},
                                {u"created_at"_s, key.createdMs},
                                {u"not_after"_s, key.notAfterS}});
    SqliteRun sql(tx);
    QJsonArray sessions;
    if (!sql.run(u"SELECT station, opened_ms, closed_ms, reason, way FROM kiosk_session "
                 "WHERE district_id = ? AND subject = ? ORDER BY opened_ms"_s,
                 {qint64(subject)}))
        return sql.error();
    while (sql.next())
        sessions.append(QJsonObject{{u"station"_s, sql.text(0)},
                                    {u"opened_at"_s, sql.number(1)},
                                    {u"closed_at"_s, sql.number(2)},
                                    {u"reason"_s, sql.text(3)},
                                    {u"way"_s, sql.text(4)}});
    QJsonArray decisions;
    if (!sql.run(u"SELECT grp, version, given, at_ms, channel, text_sha256 FROM consent "
                 "WHERE district_id = ? AND subject = ? ORDER BY seq"_s,
                 {qint64(subject)}))
        return sql.error();
    while (sql.next())
        decisions.append(QJsonObject{{u"group"_s, sql.text(0)},
                                     {u"version"_s, sql.number(1)},
                                     {u"given"_s, sql.number(2) != 0},
                                     {u"at"_s, sql.number(3)},
                                     {u"channel"_s, sql.text(4)},
                                     {u"text_sha256"_s, sql.text(5)}});
    QJsonArray phones;
    if (!sql.run(u"SELECT created_ms FROM phone_session WHERE district_id = ? AND subject = ? "
                 "ORDER BY created_ms"_s,
                 {qint64(subject)}))
        return sql.error();
    while (sql.next())
        phones.append(sql.number(0));
    QJsonArray accesses;
    if (!sql.run(u"SELECT at_ms, actor, action, fields FROM audit "
                 "WHERE district_id = ? AND subject = ? ORDER BY seq"_s,
                 {context.auditSubject(subject)}))
        return sql.error();
    while (sql.next())
        accesses.append(QJsonObject{{u"at"_s, sql.number(0)},
                                    {u"by"_s, sql.text(1)},
                                    {u"action"_s, sql.text(2)},
                                    {u"fields"_s, sql.text(3)}});
    if (auto error = audit(context, tx, u"phone"_s, u"data.export"_s, subject, u"all"_s,
                           u"asked for by the worker"_s))
        return *error;
    return QJsonObject{
            {u"format"_s, u"riderport-my-data-1"_s},
            {u"exported_at"_s, tx.nowMs()},
            {u"worker"_s, QJsonObject{{u"id"_s, known->id.toString()},
                                      {u"name_masked"_s, known->maskedName},
                                      {u"mobile_masked"_s, known->maskedMobile},
                                      {u"id_number_masked"_s, known->maskedIdNumber},
                                      {u"category"_s, known->category},
                                      {u"auth_level"_s, known->authLevel},
                                      {u"registered_at"_s, known->registeredMs},
                                      {u"deletion_requested_at"_s, known->deletionRequestedMs}}},
            {u"signed_in_phones_since"_s, phones},
            {u"phone_keys"_s, keys},
            {u"kiosk_sessions"_s, sessions},
            {u"consents"_s, decisions},
            {u"accesses"_s, accesses}};
}

Result<qint64> requestDeletion(const PortalContext &context, StoreTransaction &tx, quint64 subject)
{
    SqliteRun sql(tx);
    if (!sql.update(u"UPDATE worker SET deletion_ms = coalesce(deletion_ms, ?) "
                    "WHERE district_id = ? AND subject = ?"_s,
                    {tx.nowMs()}, {qint64(subject)}))
        return sql.error();
    const auto worker = findWorker(context, tx, subject);
    if (!worker)
        return worker.error();
    if (!*worker)
        return gone();
    if (auto error = audit(context, tx, u"phone"_s, u"deletion.request"_s, subject, {},
                           u"asked for by the worker"_s))
        return *error;
    return (*worker)->deletionMs;
}

} // namespace sqliteportal
} // namespace riderport::district
