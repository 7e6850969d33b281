// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>

class QSqlError;

namespace riderport::storage {

/// One SQLite file through QtSql, with prepared statements kept for the life of the connection:
/// preparing each time costs four times as much as a point read. Used on the thread that opened it.
class SqlConnection
{
public:
    enum class Sync { Normal, Full };
    using RowReader = std::function<base::Result<void>(QSqlQuery &)>;

    SqlConnection() = default;
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    /// WAL, secure_delete, and quick_check when the file existed. Code storage.damaged when the
    /// check fails.
    [[nodiscard]] base::Result<void> open(const QString &path, Sync sync);
    void close();

    /// A statement without result.
    [[nodiscard]] base::Result<void> run(const QString &sql, const QVariantList &values = {});
    /// Like run(), with the number of rows changed.
    [[nodiscard]] base::Result<int> change(const QString &sql, const QVariantList &values = {});
    /// Calls `reader` for every row until it fails, or until `*enough` is set.
    [[nodiscard]] base::Result<void> select(const QString &sql, const QVariantList &values,
                                            const RowReader &reader, const bool *enough = nullptr);
    /// The first column of the first row; `fallback` when there is no row.
    [[nodiscard]] base::Result<QVariant> value(const QString &sql, const QVariantList &values = {},
                                               const QVariant &fallback = {});
    /// A statement that is not worth keeping (schema, pragmas).
    [[nodiscard]] base::Result<void> script(const QString &sql);
    /// All or nothing; joins a transaction that is open already.
    [[nodiscard]] base::Result<void> transaction(const std::function<base::Result<void>()> &steps);

private:
    [[nodiscard]] base::Result<QSqlQuery *> execute(const QString &sql, const QVariantList &values);
    [[nodiscard]] static base::Error mapped(const QSqlError &error);

    QString m_name;
    QSqlDatabase m_database;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_prepared;
    bool m_inTransaction = false;
};

} // namespace riderport::storage
