// SPDX-License-Identifier: Apache-2.0
#include "protocol/phonekeycertificate.h"
#include "sqliteportal.h"

#include <QJsonDocument>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace sqliteportal {

namespace {

std::optional<base::Error> revokeOne(const PortalContext &context, StoreTransaction &tx,
                                     quint64 subject, const QString &kid)
{
    SqliteRun sql(tx);
    if (!sql.run(u"DELETE FROM phone_key WHERE district_id = ? AND kid = ?"_s, {kid}))
        return sql.error();
    tx.feed().remove(u"d"_s, u"phone_key"_s, kid);
    return audit(context, tx, u"phone"_s, u"key.revoke"_s, subject, {}, kid);
}

Result<QStringList> kidsOf(StoreReader &reader, quint64 subject, const QByteArray &tokenHash)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT kid, token_hash FROM phone_key WHERE district_id = ? AND subject = ? "
                 "ORDER BY created_ms, kid"_s,
                 {qint64(subject)}))
        return sql.error();
    QStringList kids;
    while (sql.next())
        if (tokenHash.isEmpty() || sql.bytes(1) == tokenHash)
            kids.append(sql.text(0));
    return kids;
}

} // namespace

Result<PhoneKeyGrant> registerKey(const PortalContext &context, StoreTransaction &tx,
                                  quint64 subject, const QByteArray &tokenHash,
                                  const QByteArray &publicKey)
{
    if (publicKey.size() != crypto::kPublicKeySize)
        return base::Error{base::ErrorKind::Invalid, u"key.invalid"_s, {}};
    if (auto error = requireLoginConsent(context, tx, subject))
        return *error;
    const auto worker = findWorker(context, tx, subject);
    if (!worker)
        return worker.error();
    if (!*worker)
        return base::Error{base::ErrorKind::Unauthorized, u"phone.signed-out"_s, {}};

    const QString kid = QString::fromLatin1(protocol::keyIdOf(publicKey).toHex());
    SqliteRun sql(tx);
    if (!sql.run(u"SELECT subject FROM phone_key WHERE district_id = ? AND kid = ?"_s, {kid}))
        return sql.error();
    // Four bytes do collide one day: the phone makes another key, nobody's key is replaced.
    if (sql.next())
        return base::Error{base::ErrorKind::Conflict, u"key.collision"_s, {}};

    const qint64 nowS = tx.nowMs() / 1000;
    protocol::PhoneKeyCertificate certificate;
    certificate.publicKey = publicKey;
    certificate.subject = subject;
    // A kiosk whose clock is slow must not refuse a key made a minute ago.
    certificate.notBefore = quint32(nowS - 600);
    certificate.notAfter = quint32(nowS + kPhoneKeyLifeS);
    certificate.authLevel = quint8((*worker)->record.authLevel);
    certificate =
            protocol::signPhoneKey(certificate, context.issuer.publicKey, context.issuer.secretKey);
    const QByteArray bytes = protocol::encodePhoneKey(certificate);
    if (!sql.run(u"INSERT INTO phone_key (district_id, kid, subject, public_key, certificate, "
                 "token_hash, created_ms, not_after_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {kid, qint64(subject), publicKey, bytes, tokenHash, tx.nowMs(),
                  qint64(certificate.notAfter)}))
        return sql.error();
    const QJsonObject row{{u"certificate"_s, QString::fromLatin1(bytes.toBase64())}};
    tx.feed().put(u"d"_s, u"phone_key"_s, kid, QJsonDocument(row).toJson(QJsonDocument::Compact));

    const auto kids = kidsOf(tx, subject, {});
    if (!kids)
        return kids.error();
    for (qsizetype i = 0; i + kMaxPhoneKeys < kids->size(); ++i)
        if (auto error = revokeOne(context, tx, subject, kids->at(i)))
            return *error;
    if (auto error = audit(context, tx, u"phone"_s, u"key.register"_s, subject, {}, kid))
        return *error;
    return PhoneKeyGrant{bytes, kid, subject, qint64(certificate.notAfter)};
}

Result<bool> revokeKey(const PortalContext &context, StoreTransaction &tx, quint64 subject,
                       const QString &kid)
{
    const auto kids = kidsOf(tx, subject, {});
    if (!kids)
        return kids.error();
    if (!kids->contains(kid))
        return base::Error{base::ErrorKind::NotFound, u"key.unknown"_s, {}};
    if (auto error = revokeOne(context, tx, subject, kid))
        return *error;
    return true;
}

std::optional<base::Error> revokeKeys(const PortalContext &context, StoreTransaction &tx,
                                      quint64 subject, const QByteArray &tokenHash)
{
    const auto kids = kidsOf(tx, subject, tokenHash);
    if (!kids)
        return kids.error();
    for (const QString &kid : *kids)
        if (auto error = revokeOne(context, tx, subject, kid))
            return error;
    return {};
}

} // namespace sqliteportal
} // namespace riderport::district
