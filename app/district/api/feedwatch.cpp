// SPDX-License-Identifier: Apache-2.0
#include "district/feedwatch.h"

#include "district/sqliteengine.h"

namespace riderport::district {

FeedWatch::FeedWatch(SqliteEngine &engine, FeedStore &store)
    : m_store(store)
{
    connect(&engine, &SqliteEngine::committed, this, &FeedWatch::onCommitted);
}

void FeedWatch::load(std::function<void(const base::Result<void> &)> done)
{
    m_store.heads().then(this, [this, done](const base::Result<FeedHeads> &heads) {
        if (heads) {
            const bool sameEpoch = heads->epoch == m_heads.epoch;
            const auto before = std::exchange(m_heads, *heads);
            // Commits noticed while the answer was on its way are newer than the answer.
            for (const BucketHead &head : before.buckets) {
                if (sameEpoch && m_heads.buckets.value(head.bucket).seq < head.seq)
                    m_heads.buckets.insert(head.bucket, head);
            }
            Q_EMIT changedCompletely();
        }
        if (done)
            done(heads ? base::Result<void>() : base::Result<void>(heads.error()));
    });
}

BucketHead FeedWatch::head(const QString &bucket) const
{
    const auto found = m_heads.buckets.constFind(bucket);
    return found == m_heads.buckets.constEnd() ? BucketHead{bucket, 0, {}} : *found;
}

void FeedWatch::onCommitted(const CommitNotice &notice)
{
    if (notice.external) {
        load();
        return;
    }
    QStringList buckets;
    for (const BucketHead &head : notice.heads) {
        BucketHead &known = m_heads.buckets[head.bucket];
        if (known.seq >= head.seq)
            continue;
        known = head;
        buckets.append(head.bucket);
    }
    if (!buckets.isEmpty())
        Q_EMIT moved(buckets);
}

} // namespace riderport::district
