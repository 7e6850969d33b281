// SPDX-License-Identifier: Apache-2.0
#include "storedlogin.h"

#include "answers.h"
#include "protocol/logintoken.h"
#include "signeddistrictlogin.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "storage/usedtokenstore.h"
#include "sync/outbox.h"

#include <QJsonDocument>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Result;
using identity::KeyMaterial;

namespace {

constexpr qsizetype kMaxKeyRow = 4'096;

QByteArray bytesOf(const storage::FeedRow &row, const QString &key)
{
    const auto body = base::parseJsonObject(row.body, kMaxKeyRow);
    return body ? base::JsonReader(*body).base64(key, kMaxKeyRow) : QByteArray();
}

} // namespace

StoredKeys::StoredKeys(storage::Database &database)
    : m_database(database)
{}

void StoredKeys::setIssuers(const QList<storage::IssuerKey> &issuers)
{
    m_issuers.clear();
    for (const storage::IssuerKey &issuer : issuers)
        m_issuers.insert(issuer.kid, issuer.publicKey);
}

QFuture<Result<KeyMaterial>> StoredKeys::keysFor(const QByteArray &kid)
{
    return m_database.run([id = QString::fromLatin1(kid.toHex()), issuers = m_issuers](
                                  storage::StorageSession &session) -> Result<KeyMaterial> {
        KeyMaterial keys;
        keys.issuers = issuers;
        const auto rows = session.feed().rows(u"issuer_key"_s);
        if (!rows)
            return rows.error();
        for (const storage::FeedRow &row : *rows)
            keys.issuers.insert(QByteArray::fromHex(row.id.toLatin1()),
                                bytesOf(row, u"public_key"_s));
        const auto phone = session.feed().row(u"phone_key"_s, id);
        if (!phone)
            return phone.error();
        if (*phone)
            keys.certificate = bytesOf(**phone, u"certificate"_s);
        return keys;
    });
}

StoredUsedTokens::StoredUsedTokens(storage::UsedTokenStore &store)
    : m_store(store)
{}

QFuture<Result<void>> StoredUsedTokens::remember(const QByteArray &kid, const QByteArray &nonce,
                                                 qint64 untilMs)
{
    return m_store.remember(kid, nonce, untilMs);
}

OutboxLoginJournal::OutboxLoginJournal(sync::Outbox &outbox)
    : m_outbox(outbox)
{
    connect(&outbox, &sync::Outbox::applied, this, &OutboxLoginJournal::onApplied);
    connect(&outbox, &sync::Outbox::rejectedByDistrict, this, &OutboxLoginJournal::onRejected);
}

QFuture<Result<void>> OutboxLoginJournal::record(const QString &code, qint64 openedAtMs)
{
    const auto token = protocol::decodeLoginToken(code);
    if (!token)
        return answeredNow<Result<void>>(token.error());
    storage::NewOperation operation;
    // One lane for each worker: what follows in the session must not overtake its beginning.
    operation.lane = u'W' + QString::number(token->subject);
    operation.kind = u"session.opened"_s;
    operation.body =
            QJsonDocument(QJsonObject{{u"token"_s, code}, {u"opened_at"_s, double(openedAtMs)}})
                    .toJson(QJsonDocument::Compact);
    return translated<Result<void>>(m_outbox.enqueue(operation), this,
                                    [this, code](const Result<QString> &opId) -> Result<void> {
                                        if (!opId)
                                            return opId.error();
                                        m_codes.insert(*opId, code);
                                        return {};
                                    });
}

void OutboxLoginJournal::onApplied(const QString &opId, const QString &, const QJsonObject &answer)
{
    const QString code = m_codes.take(opId);
    if (code.isEmpty())
        return;
    if (const auto worker = workerFromJson(answer))
        Q_EMIT accepted(code, *worker);
}

void OutboxLoginJournal::onRejected(const QString &opId, const QString &, const QString &reason)
{
    const QString code = m_codes.take(opId);
    if (!code.isEmpty())
        Q_EMIT rejected(code, base::Error{base::ErrorKind::Forbidden, reason, {}});
}

} // namespace riderport::terminal
