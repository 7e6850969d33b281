// SPDX-License-Identifier: Apache-2.0
#include "store/sqlitemigrations.h"

#include "crypto/digest.h"
#include "store/sqliteconnection.h"

#include <QDir>
#include <QFile>
#include <QMap>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

struct Migration
{
    int number = 0;
    int oldestCompatible = 0;
    QString name;
    QString script;
    QString sha256;
};

Error schemaError(const QString &code, const QString &detail)
{
    return {ErrorKind::Unsupported, code, detail};
}

base::Result<QMap<int, Migration>> readMigrations(const QString &directory)
{
    QMap<int, Migration> found;
    const QStringList names = QDir(directory).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(directory + u'/' + name);
        bool ok = false;
        Migration migration;
        migration.number = name.left(4).toInt(&ok);
        if (!ok || !file.open(QIODevice::ReadOnly) || found.contains(migration.number))
            return schemaError(u"schema.syntax"_s, name);
        const QByteArray bytes = file.readAll();
        migration.name = name;
        migration.script = QString::fromUtf8(bytes);
        migration.sha256 = crypto::sha256Hex(bytes);
        const auto marker = "-- oldest-compatible: "_L1;
        for (const QStringView line : QStringView(migration.script).split(u'\n')) {
            if (line.startsWith(marker))
                migration.oldestCompatible = line.sliced(marker.size()).trimmed().toInt();
        }
        if (migration.oldestCompatible <= 0)
            return schemaError(u"schema.syntax"_s, name + u": oldest-compatible"_s);
        found.insert(migration.number, migration);
    }
    if (found.isEmpty())
        return schemaError(u"schema.syntax"_s, u"no migrations in "_s + directory);
    return found;
}

base::Result<void> applyOne(SqliteConnection &connection, const Migration &migration, qint64 nowMs)
{
    for (const QString &statement : splitSql(migration.script)) {
        if (auto done = connection.run(statement); !done)
            return Error{done.error().kind, done.error().code,
                         migration.name + u": "_s + done.error().detail};
    }
    const auto stored = connection.exec(
            u"INSERT INTO schema_migration (number, name, sha256, oldest_compatible, applied_ms) VALUES (?, ?, ?, ?, ?)"_s,
            {migration.number, migration.name, migration.sha256, migration.oldestCompatible,
             nowMs});
    if (!stored)
        return stored.error();
    return {};
}

} // namespace

QStringList splitSql(const QString &script)
{
    QStringList statements;
    QString current;
    for (const QStringView line : QStringView(script).split(u'\n')) {
        const qsizetype comment = line.indexOf("--"_L1);
        const QStringView code = (comment < 0 ? line : line.first(comment)).trimmed();
        if (code.isEmpty())
            continue;
        current += code + u'\n';
        if (code.endsWith(u';')) {
            statements.append(current.trimmed().chopped(1));
            current.clear();
        }
    }
    if (!current.trimmed().isEmpty())
        statements.append(current.trimmed());
    return statements;
}

base::Result<void> applyMigrations(SqliteConnection &connection, const QString &directory,
                                   qint64 nowMs)
{
    const auto migrations = readMigrations(directory);
    if (!migrations)
        return migrations.error();
    // One writer at a time: the server and riderportctl may start together.
    if (auto begun = connection.run(u"BEGIN IMMEDIATE"_s); !begun)
        return begun;
    const auto apply = [&]() -> base::Result<void> {
        const auto table = connection.run(
                u"CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, oldest_compatible INTEGER NOT NULL, applied_ms INTEGER NOT NULL)"_s);
        if (!table)
            return table;
        QMap<int, QString> applied;
        const auto rows = connection.exec(
                u"SELECT number, sha256, oldest_compatible FROM schema_migration"_s, {});
        if (!rows)
            return rows.error();
        while ((*rows)->next()) {
            applied.insert((*rows)->value(0).toInt(), (*rows)->value(1).toString());
            if ((*rows)->value(2).toInt() > migrations->lastKey())
                return schemaError(u"schema.too-new"_s, (*rows)->value(0).toString());
        }
        connection.finishAll();
        for (const Migration &migration : *migrations) {
            const auto known = applied.constFind(migration.number);
            if (known != applied.constEnd()) {
                if (*known != migration.sha256)
                    return schemaError(u"schema.changed"_s, migration.name);
                continue;
            }
            if (auto done = applyOne(connection, migration, nowMs); !done)
                return done;
        }
        return connection.run(u"COMMIT"_s);
    };
    auto result = apply();
    if (!result) {
        connection.finishAll();
        (void)connection.run(u"ROLLBACK"_s);
    }
    return result;
}

} // namespace riderport::district
