// SPDX-License-Identifier: Apache-2.0
#include "schemamigrator.h"

#include "sqlconnection.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

struct Migration
{
    int number = 0;
    int oldestCompatible = 0;
    QString name;
    QStringList statements;
};

Error badSchema(const QString &detail)
{
    return Error{ErrorKind::Internal, u"storage.schema"_s, detail};
}

// Our own files: no triggers, no semicolons or dashes inside literals.
QStringList statementsOf(const QString &text)
{
    static const QRegularExpression comment(u"--[^\n]*"_s);
    QStringList statements;
    const QStringList parts = QString(text).remove(comment).split(u';');
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            statements.append(part.trimmed());
    }
    return statements;
}

Result<QList<Migration>> loadMigrations(const QString &directory)
{
    static const QRegularExpression fileName(u"\\A(\\d{4})_[a-z0-9_]+\\.sql\\z"_s);
    static const QRegularExpression oldest(u"^-- oldest-compatible: (\\d+)$"_s,
                                           QRegularExpression::MultilineOption);
    QList<Migration> migrations;
    const QStringList names = QDir(directory).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const auto match = fileName.match(name);
        QFile file(directory + u'/' + name);
        if (!match.hasMatch() || !file.open(QIODevice::ReadOnly))
            return badSchema(name);
        const QString text = QString::fromUtf8(file.readAll());
        const auto compatible = oldest.match(text);
        Migration migration{match.captured(1).toInt(), compatible.captured(1).toInt(), name,
                            statementsOf(text)};
        if (migration.number != migrations.size() + 1 || !compatible.hasMatch() ||
            migration.oldestCompatible > migration.number) {
            return badSchema(name);
        }
        migrations.append(std::move(migration));
    }
    if (migrations.isEmpty())
        return badSchema(u"no migrations in "_s + directory);
    return migrations;
}

Result<void> applyOne(SqlConnection &connection, const Migration &migration, qint64 nowMs)
{
    return connection.transaction([&]() -> Result<void> {
        for (const QString &statement : migration.statements) {
            if (const auto done = connection.script(statement); !done)
                return done;
        }
        if (const auto noted = connection.run(
                    u"INSERT INTO schema_history (number, name, oldest_compatible, applied_ms) "
                    "VALUES (?, ?, ?, ?)"_s,
                    {migration.number, migration.name, migration.oldestCompatible, nowMs});
            !noted) {
            return noted;
        }
        return connection.script(u"PRAGMA user_version=%1"_s.arg(migration.number));
    });
}

} // namespace

Result<void> migrateSchema(SqlConnection &connection, const QString &directory, qint64 nowMs)
{
    const auto migrations = loadMigrations(directory);
    if (!migrations)
        return migrations.error();
    const auto version = connection.value(u"PRAGMA user_version"_s);
    if (!version)
        return version.error();
    const int present = version->toInt();
    const int ours = int(migrations->size());
    if (present > ours) {
        const auto oldest =
                connection.value(u"SELECT oldest_compatible FROM schema_history WHERE number = ?"_s,
                                 {present}, present);
        if (!oldest)
            return oldest.error();
        if (oldest->toInt() <= ours)
            return {};
        return Error{ErrorKind::Unsupported, u"storage.newer-schema"_s,
                     u"file has %1, this program knows %2"_s.arg(present).arg(ours)};
    }
    if (const auto made = connection.script(
                u"CREATE TABLE IF NOT EXISTS schema_history (number INTEGER PRIMARY KEY, name TEXT "
                "NOT NULL, oldest_compatible INTEGER NOT NULL, applied_ms INTEGER NOT NULL)"_s);
        !made) {
        return made;
    }
    for (const Migration &migration : *migrations) {
        if (migration.number <= present)
            continue;
        if (const auto applied = applyOne(connection, migration, nowMs); !applied)
            return applied;
    }
    return {};
}

} // namespace riderport::storage
