// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/feedstore.h"

#include <QObject>

#include <functional>

namespace riderport::district {

class SqliteEngine;
struct CommitNotice;

/// The bucket heads in memory, kept current by the engine's commits: tells whether a pull would
/// bring anything without asking the store, and when one would again. Loop thread.
class FeedWatch final : public QObject
{
    Q_OBJECT

public:
    FeedWatch(SqliteEngine &engine, FeedStore &store);

    void load(std::function<void(const base::Result<void> &)> done = {});

    [[nodiscard]] qint64 epoch() const { return m_heads.epoch; }
    /// Sequence 0 and an empty sum for a bucket nobody has written to.
    [[nodiscard]] BucketHead head(const QString &bucket) const;

Q_SIGNALS:
    void moved(const QStringList &buckets);
    /// Another process wrote, or the epoch changed: everything may be different.
    void changedCompletely();

private:
    void onCommitted(const riderport::district::CommitNotice &notice);

    FeedStore &m_store;
    FeedHeads m_heads;
};

} // namespace riderport::district
