// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHash>
#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <memory>
#include <unordered_map>

namespace riderport::district {

/// One connection with its prepared statements; lives and dies in one thread.
class SqliteConnection
{
public:
    SqliteConnection() = default;
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;

    [[nodiscard]] base::Result<void> open(const QString &path, bool readOnly);
    void close();

    [[nodiscard]] base::Result<QSqlQuery *> exec(const QString &sql, const QVariantList &values);
    /// For statements run once: transaction control, pragmas, migrations.
    [[nodiscard]] base::Result<void> run(const QString &sql);
    /// Ends every open cursor: a statement left half-read keeps its snapshot alive.
    void finishAll();
    /// Changes when another connection has committed.
    [[nodiscard]] qint64 dataVersion();

private:
    struct Hash
    {
        size_t operator()(const QString &text) const { return qHash(text); }
    };
    QString m_name;
    std::unique_ptr<QSqlDatabase> m_database;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>, Hash> m_statements;
    QList<QSqlQuery *> m_used;
};

} // namespace riderport::district
