// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/seal.h"
#include "protocol/opsmessages.h"

#include <QJsonObject>
#include <QList>

#include <optional>

class QSqlQuery;

namespace riderport::base {
class Clock;
}

namespace riderport::storage {

class SqlConnection;

/// Work for the district that must not be lost.
struct NewOperation
{
    QString lane;     ///< operations of one lane keep their order; use the worker's or station's id
    QString kind;     ///< see app/docs/WIRE.md 3
    QByteArray body;  ///< JSON text
    bool low = false; ///< usage events: only sent when nothing else waits
};

enum class OutboxState { New = 0, Sent = 1, Acked = 2, Rejected = 3 };

struct OutboxRow
{
    qint64 n = 0;
    OutboxState state = OutboxState::New;
    int tries = 0;
    protocol::Operation operation; ///< as it goes over the wire, age computed at reading time
};

struct OutboxCounts
{
    int pending = 0;  ///< new or sent
    int acked = 0;    ///< answered, kept until they are durable and a day old
    int rejected = 0; ///< refused for good, waiting to be seen
    friend bool operator==(const OutboxCounts &, const OutboxCounts &) = default;
};

/// A refusal the kiosk has to show.
struct RejectedOperation
{
    QString opId;
    QString kind;
    QString code;
    qint64 createdWallMs = 0;
};

/// The outbox of sync.md: new → sent → acked → (durable, 24 h) gone, or rejected → shown → gone.
/// "Has pending work" is always a count of rows. Storage thread; wrap several calls in
/// StorageSession::inLedger().
class OutboxRepository
{
public:
    /// An acknowledged operation is kept at least this long, to be sent again after a failover.
    static constexpr qint64 kRetentionMs = 24LL * 3'600'000;

    OutboxRepository(SqlConnection &ledger, crypto::SealKey key, const base::Clock &clock);

    /// Returns the new operation's id (UUIDv7 text). Codes: outbox.too-large, outbox.field,
    /// storage.*.
    [[nodiscard]] base::Result<QString> append(const NewOperation &operation);

    /// The next operations to send, in order within each lane: lanes whose first operation waits
    /// for its time are left out, low ones come last. At most `maxOps` and `maxBytes` of bodies.
    [[nodiscard]] base::Result<QList<OutboxRow>> nextBatch(int maxOps, qsizetype maxBytes);
    /// Milliseconds until some lane may go on; nothing when no operation waits.
    [[nodiscard]] base::Result<std::optional<qint64>> nextDueInMs();
    [[nodiscard]] base::Result<void> markSent(const QList<OutboxRow> &rows);
    /// Stores one answer. Retry puts the operation back with `delayMs` before the next try. An
    /// answer to an operation that is not waiting changes nothing (duplicate reply).
    [[nodiscard]] base::Result<bool> recordResult(const protocol::OpResult &result, qint64 epoch,
                                                  qint64 delayMs);
    /// Drops what is durable under this epoch and a day old; refusals that are durable become
    /// final. Returns the number of rows dropped.
    [[nodiscard]] base::Result<int> settle(qint64 epoch, qint64 durableSeq);
    /// Under a new epoch every operation that is not settled goes back to new. True when it was
    /// new.
    [[nodiscard]] base::Result<bool> adoptEpoch(qint64 epoch);
    [[nodiscard]] base::Result<qint64> epoch();
    /// At start: what was under way is new again, and waiting times of an earlier run are void.
    [[nodiscard]] base::Result<void> recover();

    [[nodiscard]] base::Result<OutboxCounts> counts();
    [[nodiscard]] base::Result<QList<RejectedOperation>> rejected();
    /// The refusal has been shown to somebody who can act on it.
    [[nodiscard]] base::Result<void> dismiss(const QString &opId);

private:
    [[nodiscard]] base::Result<OutboxRow> read(QSqlQuery &query);

    SqlConnection &m_ledger;
    crypto::SealKey m_bodyKey;
    crypto::SealKey m_indexKey;
    const base::Clock &m_clock;
};

} // namespace riderport::storage
