// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/storetransaction.h"
#include "protocol/syncmessages.h"

namespace riderport::district {

[[nodiscard]] base::Result<protocol::SyncReply>
pullFeed(StoreReader &reader, const QMap<QString, protocol::Cursor> &cursors, qint64 maxBytes);

struct SnapshotRequest
{
    QString bucket;
    qint64 head = 0;
    QString afterTable;
    QString afterId;
    qint64 maxBytes = 0;
};
[[nodiscard]] base::Result<protocol::SnapshotPage> snapshotFeed(StoreReader &reader,
                                                                const SnapshotRequest &request);

} // namespace riderport::district
