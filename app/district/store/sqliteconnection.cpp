// SPDX-License-Identifier: Apache-2.0
#include "store/sqliteconnection.h"

#include <QSqlError>
#include <QUuid>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

Error toError(const QSqlError &error)
{
    // Primary result codes of SQLite; the extended part is above the low byte.
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const QString detail = error.text().left(300);
    switch (code) {
    case 5:
    case 6:
        return {ErrorKind::Storage, u"storage.busy"_s, detail};
    case 8:
        return {ErrorKind::Storage, u"storage.read-only"_s, detail};
    case 10:
        return {ErrorKind::Storage, u"storage.io"_s, detail};
    case 11:
    case 26:
        return {ErrorKind::Corrupt, u"storage.corrupt"_s, detail};
    case 13:
        return {ErrorKind::Storage, u"storage.full"_s, detail};
    case 14:
        return {ErrorKind::Storage, u"storage.open"_s, detail};
    case 19:
        return {ErrorKind::Conflict, u"storage.constraint"_s, detail};
    default:
        return {ErrorKind::Internal, u"storage.sql"_s, detail};
    }
}

/// A default-constructed QString is empty text to us and NULL to the driver; NULL is an invalid
/// QVariant.
QVariant withoutNullText(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QStringLiteral("");
    if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
        return QByteArrayLiteral("");
    return value;
}

} // namespace

SqliteConnection::~SqliteConnection()
{
    close();
}

base::Result<void> SqliteConnection::open(const QString &path, bool readOnly)
{
    m_name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_database = std::make_unique<QSqlDatabase>(QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name));
    m_database->setDatabaseName(path);
    // riderportctl writes beside the server.
    m_database->setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=10000"_s);
    if (!m_database->open())
        return toError(m_database->lastError());
    // A reading connection of a WAL database still needs the shared-memory file, so it is opened
    // normally and forbidden to write.
    const QStringList pragmas =
            readOnly ? QStringList{u"PRAGMA query_only=1"_s, u"PRAGMA mmap_size=268435456"_s}
                     : QStringList{u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=FULL"_s,
                                   u"PRAGMA foreign_keys=1"_s, u"PRAGMA wal_autocheckpoint=2000"_s,
                                   u"PRAGMA secure_delete=1"_s};
    for (const QString &pragma : pragmas) {
        if (auto done = run(pragma); !done)
            return done;
    }
    return run(u"PRAGMA cache_size=-16000"_s);
}

void SqliteConnection::close()
{
    m_used.clear();
    m_statements.clear();
    if (!m_database)
        return;
    m_database->close();
    m_database.reset();
    QSqlDatabase::removeDatabase(m_name);
}

base::Result<QSqlQuery *> SqliteConnection::exec(const QString &sql, const QVariantList &values)
{
    auto &slot = m_statements[sql];
    if (!slot) {
        auto query = std::make_unique<QSqlQuery>(*m_database);
        query->setForwardOnly(true);
        if (!query->prepare(sql)) {
            const Error error = toError(query->lastError());
            m_statements.erase(sql);
            return error;
        }
        slot = std::move(query);
    }
    QSqlQuery *query = slot.get();
    query->finish();
    for (qsizetype i = 0; i < values.size(); ++i)
        query->bindValue(int(i), withoutNullText(values.at(i)));
    if (!query->exec())
        return toError(query->lastError());
    if (query->isSelect())
        m_used.append(query);
    return query;
}

base::Result<void> SqliteConnection::run(const QString &sql)
{
    QSqlQuery query(*m_database);
    if (!query.exec(sql))
        return toError(query.lastError());
    return {};
}

void SqliteConnection::finishAll()
{
    for (QSqlQuery *query : m_used)
        query->finish();
    m_used.clear();
}

qint64 SqliteConnection::dataVersion()
{
    QSqlQuery query(*m_database);
    return query.exec(u"PRAGMA data_version"_s) && query.next() ? query.value(0).toLongLong() : -1;
}

} // namespace riderport::district
