// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/feedrow.h"

#include "base/result.h"

#include <QFuture>
#include <QList>

#include <optional>

namespace riderport::storage {

class Database;

/// Reads the copy of the feed. Any thread. Rows of a worker bucket are found while that bucket is
/// subscribed.
class CacheReader
{
public:
    explicit CacheReader(Database &database);

    /// All rows of a table, in order of their id.
    [[nodiscard]] QFuture<base::Result<QList<FeedRow>>> rows(const QString &table) const;
    /// Nothing when there is no such row.
    [[nodiscard]] QFuture<base::Result<std::optional<FeedRow>>> row(const QString &table,
                                                                    const QString &id) const;

private:
    Database &m_database;
};

} // namespace riderport::storage
