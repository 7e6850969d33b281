// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/storetransaction.h"

#include <QSqlQuery>
#include <QVariant>

namespace riderport::district {

/// One statement after another within a task, each read before the next is run. A failed one is
/// remembered, so that `if (!sql.run(…)) return sql.error();` is all a caller writes.
class SqliteRun
{
public:
    explicit SqliteRun(StoreReader &reader)
        : m_reader(reader)
    {}

    /// `values` follow the district id, which every statement takes as its first parameter.
    [[nodiscard]] bool run(const QString &sql, const QVariantList &values = {})
    {
        return execute(sql, QVariantList{m_reader.districtId()} + values);
    }
    /// UPDATE … SET `newValues` WHERE district_id = ? AND `key`.
    [[nodiscard]] bool update(const QString &sql, const QVariantList &newValues,
                              const QVariantList &key)
    {
        return execute(sql, newValues + QVariantList{m_reader.districtId()} + key);
    }
    [[nodiscard]] bool next() { return m_query->next(); }
    [[nodiscard]] qint64 number(int column) const { return m_query->value(column).toLongLong(); }
    [[nodiscard]] QString text(int column) const { return m_query->value(column).toString(); }
    [[nodiscard]] QByteArray bytes(int column) const
    {
        return m_query->value(column).toByteArray();
    }
    [[nodiscard]] int affected() const { return m_query->numRowsAffected(); }
    [[nodiscard]] const base::Error &error() const { return m_error; }

private:
    bool execute(const QString &sql, QVariantList values)
    {
        // A null string would become NULL; where NULL is meant, an invalid variant says so.
        for (QVariant &value : values) {
            if (value.typeId() == QMetaType::QString && value.toString().isNull())
                value = QString(QLatin1String(""));
            else if (value.typeId() == QMetaType::QByteArray && value.toByteArray().isNull())
                value = QByteArray("");
        }
        const auto query = m_reader.exec(sql, values);
        m_query = query ? *query : nullptr;
        if (!query)
            m_error = query.error();
        return m_query != nullptr;
    }

    StoreReader &m_reader;
    QSqlQuery *m_query = nullptr;
    base::Error m_error;
};

} // namespace riderport::district
