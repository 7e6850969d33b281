// SPDX-License-Identifier: Apache-2.0
#include "sqlconnection.h"

#include "crypto/random.h"

#include <QFileInfo>
#include <QSqlError>

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html).
constexpr int kBusy = 5;
constexpr int kLocked = 6;
constexpr int kReadOnly = 8;
constexpr int kIoError = 10;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kCannotOpen = 14;
constexpr int kConstraint = 19;
constexpr int kNotADatabase = 26;

// For Qt a default-made text is null, for us it is empty: no column of ours knows a third state.
QVariant notNull(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return u""_s;
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArray("");
    return value;
}

} // namespace

SqlConnection::~SqlConnection()
{
    close();
}

Result<void> SqlConnection::open(const QString &path, Sync sync)
{
    const bool existed = QFileInfo(path).size() > 0;
    m_name = u"riderport-"_s + crypto::randomHex(8);
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_database.setDatabaseName(path);
    m_database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s);
    if (!m_database.open()) {
        const Error error = mapped(m_database.lastError());
        close();
        return error;
    }
    const QStringList pragmas{
            u"PRAGMA journal_mode=WAL"_s,
            sync == Sync::Full ? u"PRAGMA synchronous=FULL"_s : u"PRAGMA synchronous=NORMAL"_s,
            u"PRAGMA secure_delete=ON"_s,
            u"PRAGMA temp_store=MEMORY"_s,
            u"PRAGMA trusted_schema=OFF"_s,
            u"PRAGMA cell_size_check=ON"_s,
            u"PRAGMA journal_size_limit=4194304"_s,
    };
    for (const QString &pragma : pragmas) {
        if (const auto done = script(pragma); !done) {
            const Error error = done.error();
            close();
            return error;
        }
    }
    if (!existed)
        return {};
    const auto verdict = value(u"PRAGMA quick_check(1)"_s);
    if (verdict && verdict->toString() == u"ok")
        return {};
    const Error error =
            verdict ? Error{ErrorKind::Corrupt, u"storage.damaged"_s, verdict->toString().left(200)}
                    : verdict.error();
    close();
    return error;
}

void SqlConnection::close()
{
    m_prepared.clear();
    if (m_name.isEmpty())
        return;
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
    m_name.clear();
}

Result<QSqlQuery *> SqlConnection::execute(const QString &sql, const QVariantList &values)
{
    std::shared_ptr<QSqlQuery> &query = m_prepared[sql];
    if (!query) {
        auto fresh = std::make_shared<QSqlQuery>(m_database);
        fresh->setForwardOnly(true);
        if (!fresh->prepare(sql)) {
            m_prepared.remove(sql);
            return mapped(fresh->lastError());
        }
        query = std::move(fresh);
    }
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), notNull(values[i]));
    if (!query->exec()) {
        const Error error = mapped(query->lastError());
        query->finish();
        return error;
    }
    return query.get();
}

Result<void> SqlConnection::run(const QString &sql, const QVariantList &values)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    (*query)->finish();
    return {};
}

Result<int> SqlConnection::change(const QString &sql, const QVariantList &values)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    const int changed = (*query)->numRowsAffected();
    (*query)->finish();
    return changed;
}

Result<void> SqlConnection::select(const QString &sql, const QVariantList &values,
                                   const RowReader &reader, const bool *enough)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    Result<void> outcome;
    while (outcome && !(enough && *enough) && (*query)->next())
        outcome = reader(**query);
    if (outcome && (*query)->lastError().isValid())
        outcome = mapped((*query)->lastError());
    // An unfinished statement would hold the read snapshot open and stop the log from shrinking.
    (*query)->finish();
    return outcome;
}

Result<QVariant> SqlConnection::value(const QString &sql, const QVariantList &values,
                                      const QVariant &fallback)
{
    const auto query = execute(sql, values);
    if (!query)
        return query.error();
    const QVariant found = (*query)->next() ? (*query)->value(0) : fallback;
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    if (error.isValid())
        return mapped(error);
    return found;
}

Result<void> SqlConnection::script(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return mapped(query.lastError());
    return {};
}

Result<void> SqlConnection::transaction(const std::function<Result<void>()> &steps)
{
    if (m_inTransaction)
        return steps();
    if (const auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    m_inTransaction = true;
    Result<void> outcome = steps();
    if (outcome)
        outcome = run(u"COMMIT"_s);
    if (!outcome) {
        // SQLite may have rolled back by itself (full disk); then this one fails and that is fine.
        const auto undone = run(u"ROLLBACK"_s);
        Q_UNUSED(undone)
    }
    m_inTransaction = false;
    return outcome;
}

Error SqlConnection::mapped(const QSqlError &error)
{
    bool ok = false;
    const int code = error.nativeErrorCode().toInt(&ok) & 0xff;
    const QString detail =
            error.nativeErrorCode() + u' ' + error.databaseText() + u' ' + error.driverText();
    if (!ok)
        return Error{ErrorKind::Storage, u"storage.io"_s, detail};
    switch (code) {
    case kFull:
        return Error{ErrorKind::Storage, u"storage.full"_s, detail};
    case kReadOnly:
        return Error{ErrorKind::Storage, u"storage.read-only"_s, detail};
    case kCannotOpen:
        return Error{ErrorKind::Storage, u"storage.open"_s, detail};
    case kBusy:
    case kLocked:
        return Error{ErrorKind::Storage, u"storage.busy"_s, detail};
    case kCorrupt:
    case kNotADatabase:
        return Error{ErrorKind::Corrupt, u"storage.damaged"_s, detail};
    case kConstraint:
        return Error{ErrorKind::Conflict, u"storage.constraint"_s, detail};
    case kIoError:
    default:
        return Error{ErrorKind::Storage, u"storage.io"_s, detail};
    }
}

} // namespace riderport::storage
