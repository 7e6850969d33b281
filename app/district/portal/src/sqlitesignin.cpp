// SPDX-License-Identifier: Apache-2.0
#include "sqliteportal.h"

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace sqliteportal {

namespace {

/// 0 when nobody registered the number.
Result<quint64> subjectByMobile(const PortalContext &context, StoreReader &reader,
                                const QString &mobile)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT subject FROM worker WHERE district_id = ? AND mobile_index = ?"_s,
                 {context.indexOf(mobile)}))
        return sql.error();
    return sql.next() ? quint64(sql.number(0)) : quint64(0);
}

} // namespace

Result<SmsGrant> requestSms(const PortalContext &context, StoreTransaction &tx,
                            const QString &mobile, const QString &code)
{
    const QByteArray index = context.indexOf(mobile);
    SqliteRun sql(tx);
    if (!sql.run(u"SELECT created_ms FROM sms_code WHERE district_id = ? AND mobile_index = ?"_s,
                 {index}))
        return sql.error();
    QList<qint64> sent;
    while (sql.next())
        sent.append(sql.number(0));
    SmsGrant grant;
    grant.verdict = judgeSmsRequest(sent, tx.nowMs());
    if (grant.verdict.kind != SmsVerdict::Kind::Send)
        return grant;
    if (!sql.run(u"DELETE FROM sms_code WHERE district_id = ? AND mobile_index = ? "
                 "AND created_ms <= ?"_s,
                 {index, tx.nowMs() - kSmsDayMs}))
        return sql.error();
    if (!sql.run(u"INSERT OR REPLACE INTO sms_code (district_id, mobile_index, created_ms, "
                 "code_hash) VALUES (?, ?, ?, ?)"_s,
                 {index, tx.nowMs(), context.codeHash(mobile, code)}))
        return sql.error();
    const auto subject = subjectByMobile(context, tx, mobile);
    if (!subject)
        return subject.error();
    grant.deliver = *subject != 0;
    return grant;
}

Result<SmsLogin> loginBySms(const PortalContext &context, StoreTransaction &tx,
                            const QString &mobile, const QString &code, const QByteArray &tokenHash)
{
    const QByteArray index = context.indexOf(mobile);
    SqliteRun sql(tx);
    if (!sql.run(u"SELECT created_ms, code_hash, tries, used FROM sms_code "
                 "WHERE district_id = ? AND mobile_index = ? ORDER BY created_ms DESC LIMIT 1"_s,
                 {index}))
        return sql.error();
    SmsCode stored;
    if (sql.next())
        stored = {sql.bytes(1), sql.number(0), int(sql.number(2)), sql.number(3) != 0};
    SmsLogin login;
    login.check = judgeSmsAttempt(stored, context.codeHash(mobile, code), tx.nowMs());
    if (!stored.hash.isEmpty() &&
        !sql.update(u"UPDATE sms_code SET tries = ?, used = ? "
                    "WHERE district_id = ? AND mobile_index = ? AND created_ms = ?"_s,
                    {stored.tries, stored.used}, {index, stored.createdMs}))
        return sql.error();
    if (login.check.kind != SmsCheck::Kind::Right)
        return login;

    const auto subject = subjectByMobile(context, tx, mobile);
    if (!subject)
        return subject.error();
    if (*subject == 0) { // guessed the code of a number that nobody registered
        login.check = {SmsCheck::Kind::Wrong, login.check.triesLeft};
        return login;
    }
    if (!sql.run(u"DELETE FROM phone_session WHERE district_id = ? AND created_ms <= ?"_s,
                 {tx.nowMs() - kPhoneSessionLifeMs}))
        return sql.error();
    if (!sql.run(u"INSERT INTO phone_session (district_id, token_hash, subject, created_ms) "
                 "VALUES (?, ?, ?, ?)"_s,
                 {tokenHash, qint64(*subject), tx.nowMs()}))
        return sql.error();
    login.subject = *subject;
    if (auto error = audit(context, tx, u"phone"_s, u"phone.signin"_s, *subject, u"mobile"_s,
                           u"code by text message"_s))
        return *error;
    return login;
}

Result<std::optional<quint64>> phoneSession(StoreReader &reader, const QByteArray &tokenHash)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT p.subject FROM phone_session p JOIN worker w "
                 "ON w.district_id = p.district_id AND w.subject = p.subject "
                 "WHERE p.district_id = ? AND p.token_hash = ? AND p.created_ms > ?"_s,
                 {tokenHash, reader.nowMs() - kPhoneSessionLifeMs}))
        return sql.error();
    return sql.next() ? std::optional(quint64(sql.number(0))) : std::optional<quint64>();
}

Result<bool> endPhoneSession(const PortalContext &context, StoreTransaction &tx,
                             const QByteArray &tokenHash)
{
    const auto subject = phoneSession(tx, tokenHash);
    if (!subject)
        return subject.error();
    SqliteRun sql(tx);
    if (!sql.run(u"DELETE FROM phone_session WHERE district_id = ? AND token_hash = ?"_s,
                 {tokenHash}))
        return sql.error();
    if (!*subject)
        return false;
    if (auto error = revokeKeys(context, tx, **subject, tokenHash))
        return *error;
    if (auto error = audit(context, tx, u"phone"_s, u"phone.signout"_s, **subject, {}, {}))
        return *error;
    return true;
}

} // namespace sqliteportal
} // namespace riderport::district
