// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "protocol/rowsum.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace riderport::protocol {

inline constexpr int kSyncProto = 1;
inline constexpr int kFeedSchema = 1;
inline constexpr qint64 kMaxWaitMs = 25'000;
inline constexpr qsizetype kMaxSyncBody = 32 * 1024 * 1024; ///< decompressed

/// How far a bucket has been read: the server's epoch and a dense sequence number. {0, 0} = nothing
/// yet.
struct Cursor
{
    qint64 epoch = 0;
    qint64 seq = 0;
    friend bool operator==(const Cursor &, const Cursor &) = default;
};

struct FeedOp
{
    qint64 seq = 0;
    QString table;
    QString id;
    bool isDelete = false;
    qint64 version = 0;
    QByteArray body; ///< the row's JSON text; empty for a delete
    friend bool operator==(const FeedOp &, const FeedOp &) = default;
};

struct SyncPage
{
    QString bucket;
    qint64 from = 0; ///< first sequence covered
    qint64 to = 0;   ///< last sequence covered
    qint64 head = 0; ///< bucket head in the snapshot the page was read in
    QList<FeedOp> ops;
    QString sha256;

    /// The hash the ops should have.
    [[nodiscard]] QString computedSha256() const;
};

struct SyncRequest
{
    int proto = kSyncProto;
    int schema = kFeedSchema;
    QMap<QString, Cursor> cursors;
    qint64 waitMs = 0;
    qint64 maxBytes = 256 * 1024;
    bool acceptZstd = true;
};

struct SyncReply
{
    int proto = kSyncProto;
    qint64 serverTimeMs = 0;
    qint64 epoch = 0;
    QMap<QString, qint64> durable;
    QList<SyncPage> pages;
    QMap<QString, BucketSum> sums;
    QStringList reset;
};

struct SnapshotRow
{
    QString table;
    QString id;
    qint64 version = 0;
    QByteArray body;
};

struct SnapshotPage
{
    qint64 epoch = 0;
    QString bucket;
    qint64 head = 0;
    QList<SnapshotRow> rows;
    bool done = false;
    QString sha256;

    [[nodiscard]] QString computedSha256() const;
};

/// "d", "s:ST01", "w:W123", "r"; at most 40 characters of [A-Za-z0-9:_-].
[[nodiscard]] bool isBucketName(const QString &name);

[[nodiscard]] QByteArray encodeSyncRequest(const SyncRequest &request);
/// Codes of all decoders: json.*, sync.field. They check shape and bounds, not continuity or
/// hashes.
[[nodiscard]] base::Result<SyncRequest> decodeSyncRequest(const QByteArray &body);
[[nodiscard]] QByteArray encodeSyncReply(const SyncReply &reply);
[[nodiscard]] base::Result<SyncReply> decodeSyncReply(const QByteArray &body);
[[nodiscard]] QByteArray encodeSnapshotPage(const SnapshotPage &page);
[[nodiscard]] base::Result<SnapshotPage> decodeSnapshotPage(const QByteArray &body);

} // namespace riderport::protocol
