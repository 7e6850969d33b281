// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/feedrepository.h"

namespace riderport::storage {

/// A bucket's line in the database, with the key of its rows when they are sealed.
struct FeedRepository::Bucket
{
    BucketState state;
    QString stored; ///< name in the file: a keyed hash for worker buckets
    qint64 liveSet = 0;
    qint64 stageSet = 0;
    protocol::BucketSum stageSum;
    std::shared_ptr<crypto::SealKey> key; ///< set for worker buckets

    [[nodiscard]] QString storedTable(const QString &table) const;
    [[nodiscard]] QString storedId(const QString &table, const QString &id) const;
    [[nodiscard]] QByteArray storedBody(const FeedRow &row, const QString &storedId) const;
    [[nodiscard]] base::Result<FeedRow> openedRow(const QString &storedId, qint64 version,
                                                  const QByteArray &body) const;
    [[nodiscard]] QString storedStageId() const;
    void readStageId(const QString &table, const QString &text);
};

struct FeedRepository::StoredRow
{
    qint64 version = 0;
    quint64 digest = 0;
};

} // namespace riderport::storage
