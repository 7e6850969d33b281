// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/syncmessages.h"
#include "storage/feedrepository.h"

#include <QList>
#include <QMap>
#include <QStringList>

namespace riderport::sync {

/// One thing to do to the cache, in the order of the plan.
struct SyncStep
{
    enum class Kind {
        ApplyPage,  ///< `page`, then the cursor is {epoch, page.to}
        AdoptEpoch, ///< the server goes on from our cursor under `SyncPlan::epoch`
        Reset,      ///< read the bucket anew; what it shows stays
        CheckSum,   ///< compare with `sum`; a difference means Reset
    };
    Kind kind = Kind::Reset;
    QString bucket;
    protocol::SyncPage page;
    protocol::BucketSum sum;
};

struct SyncPlan
{
    qint64 epoch = 0;
    QList<SyncStep> steps;
    /// What was wrong with the reply, "code bucket"; the parts concerned are not in `steps`. Codes:
    /// sync.page-hash, sync.page-gap, sync.page-duplicate, sync.page-range, sync.page-order,
    /// sync.page-version, sync.page-name, sync.unasked.
    QStringList faults;

    /// True when something was refused that must be asked for again (a duplicate need not be).
    [[nodiscard]] bool needsRetry() const;
};

enum class SnapshotVerdict {
    Stage,   ///< add the page to the stage
    Restart, ///< the server's snapshot is another one than ours: begin anew
    Refuse,  ///< damaged or out of order: ask for the same page again
};

/// Decides what a reply means for the cache. Pure: no clock, no I/O, no state.
class SyncPlanner
{
public:
    /// `asked`: the cursors of the request this is the reply to.
    [[nodiscard]] static SyncPlan plan(const QMap<QString, protocol::Cursor> &asked,
                                       const protocol::SyncReply &reply);
    [[nodiscard]] static SnapshotVerdict judge(const QString &bucket,
                                               const storage::StageState &stage,
                                               const protocol::SnapshotPage &page);
};

} // namespace riderport::sync
