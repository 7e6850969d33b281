// SPDX-License-Identifier: Apache-2.0
#include "storage/cachereader.h"

#include "storage/database.h"
#include "storage/feedrepository.h"

namespace riderport::storage {

using base::Result;

CacheReader::CacheReader(Database &database)
    : m_database(database)
{}

QFuture<Result<QList<FeedRow>>> CacheReader::rows(const QString &table) const
{
    return m_database.run([table](StorageSession &session) { return session.feed().rows(table); });
}

QFuture<Result<std::optional<FeedRow>>> CacheReader::row(const QString &table,
                                                         const QString &id) const
{
    return m_database.run(
            [table, id](StorageSession &session) { return session.feed().row(table, id); });
}

} // namespace riderport::storage
