// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/loginports.h"
#include "storage/deviceidentity.h"

#include <QHash>

namespace riderport::storage {
class Database;
class UsedTokenStore;
} // namespace riderport::storage
namespace riderport::sync {
class Outbox;
}

namespace riderport::terminal {

/// Keys from the local copy of the feed, and the issuers told at enrolment.
class StoredKeys final : public identity::KeyDirectory
{
public:
    explicit StoredKeys(storage::Database &database);
    void setIssuers(const QList<storage::IssuerKey> &issuers);
    QFuture<base::Result<identity::KeyMaterial>> keysFor(const QByteArray &kid) override;

private:
    storage::Database &m_database;
    QMap<QByteArray, QByteArray> m_issuers;
};

class StoredUsedTokens final : public identity::UsedTokens
{
public:
    explicit StoredUsedTokens(storage::UsedTokenStore &store);
    QFuture<base::Result<void>> remember(const QByteArray &kid, const QByteArray &nonce,
                                         qint64 untilMs) override;

private:
    storage::UsedTokenStore &m_store;
};

/// session.opened operations in the outbox.
class OutboxLoginJournal final : public identity::LoginJournal
{
    Q_OBJECT
public:
    explicit OutboxLoginJournal(sync::Outbox &outbox);
    QFuture<base::Result<void>> record(const QString &code, qint64 openedAtMs) override;

private:
    void onApplied(const QString &opId, const QString &kind, const QJsonObject &answer);
    void onRejected(const QString &opId, const QString &kind, const QString &code);

    sync::Outbox &m_outbox;
    QHash<QString, QString> m_codes; ///< operation → code, of this run
};

} // namespace riderport::terminal
