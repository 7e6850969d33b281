// SPDX-License-Identifier: Apache-2.0
#include "storage/outboxrepository.h"

#include "sqlconnection.h"

#include "base/clock.h"
#include "base/uuidv7.h"

#include <QJsonDocument>
#include <QSet>

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using protocol::OpResult;

namespace {

constexpr qsizetype kMaxName = 64;

QByteArray cellPlace(const QByteArray &opId, const char *column)
{
    return "outbox|" + opId.toHex() + '|' + column + "|1";
}

bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= kMaxName && !text.contains(u'\n');
}

} // namespace

OutboxRepository::OutboxRepository(SqlConnection &ledger, crypto::SealKey key,
                                   const base::Clock &clock)
    : m_ledger(ledger)
    , m_bodyKey(key.derive("outbox body"))
    , m_indexKey(key.derive("outbox index"))
    , m_clock(clock)
{}

Result<QString> OutboxRepository::append(const NewOperation &operation)
{
    if (!isName(operation.lane) || !isName(operation.kind) || operation.body.isEmpty())
        return Error{ErrorKind::Invalid, u"outbox.field"_s, operation.kind.left(kMaxName)};
    if (operation.body.size() > protocol::kMaxOpsBatchBytes)
        return Error{ErrorKind::TooLarge, u"outbox.too-large"_s, operation.kind};
    const QByteArray opId = base::makeUuidV7(m_clock.wallMs());
    const QByteArray plain = operation.lane.toUtf8() + '\n' + operation.body;
    const auto added = m_ledger.run(
            u"INSERT INTO outbox (op_id, kind, lane, low, body, hash, size, created_mono, "
            "created_wall, created_boot) VALUES (?,?,?,?,?,?,?,?,?,?)"_s,
            {opId, operation.kind,
             QString::fromLatin1(crypto::blindIndex(m_indexKey, operation.lane.toUtf8()).toHex()),
             int(operation.low), crypto::seal(m_bodyKey, plain, cellPlace(opId, "body")),
             crypto::blindIndex(m_indexKey, operation.kind.toUtf8() + '\n' + operation.body),
             operation.body.size(), m_clock.monotonicMs(), m_clock.wallMs(), m_clock.bootId()});
    if (!added)
        return added.error();
    return base::uuidToString(opId);
}

Result<OutboxRow> OutboxRepository::read(QSqlQuery &query)
{
    const QByteArray opId = query.value(1).toByteArray();
    const auto opened =
            crypto::open(m_bodyKey, query.value(3).toByteArray(), cellPlace(opId, "body"));
    if (!opened)
        return Error{ErrorKind::Corrupt, u"storage.keys-lost"_s, u"outbox row"_s};
    const qsizetype split = opened->indexOf('\n');
    OutboxRow row;
    row.n = query.value(0).toLongLong();
    row.operation.opId = base::uuidToString(opId);
    row.operation.kind = query.value(2).toString();
    row.operation.lane = QString::fromUtf8(opened->left(split));
    row.operation.body = opened->mid(split + 1);
    row.operation.wallMs = query.value(5).toLongLong();
    row.operation.bootId = query.value(6).toString();
    if (row.operation.bootId == m_clock.bootId())
        row.operation.ageMs = qMax(qint64(0), m_clock.monotonicMs() - query.value(4).toLongLong());
    row.state = OutboxState(query.value(7).toInt());
    row.tries = query.value(8).toInt();
    return row;
}

Result<QList<OutboxRow>> OutboxRepository::nextBatch(int maxOps, qsizetype maxBytes)
{
    QList<OutboxRow> batch;
    QSet<QString> waiting;
    qsizetype bytes = 0;
    bool full = false;
    const qint64 now = m_clock.monotonicMs();
    const auto consider = [&](QSqlQuery &query) -> Result<void> {
        const QString lane = query.value(9).toString();
        if (waiting.contains(lane))
            return {};
        if (query.value(10).toLongLong() > now) {
            waiting.insert(lane);
            return {};
        }
        const qsizetype size = query.value(11).toLongLong();
        if (batch.size() >= maxOps || (!batch.isEmpty() && bytes + size > maxBytes)) {
            full = true;
            return {};
        }
        auto row = read(query);
        if (!row)
            return row.error();
        bytes += size;
        batch.append(std::move(*row));
        return {};
    };
    for (const int low : {0, 1}) {
        const auto searched = m_ledger.select(
                u"SELECT n, op_id, kind, body, created_mono, created_wall, created_boot, state, "
                "tries, lane, next_try, size FROM outbox WHERE low = ? AND state IN (0, 1) ORDER "
                "BY n"_s,
                {low}, consider, &full);
        if (!searched)
            return searched.error();
    }
    return batch;
}

Result<std::optional<qint64>> OutboxRepository::nextDueInMs()
{
    // Per lane only the first operation counts: the others wait for it.
    const auto due = m_ledger.value(u"SELECT min(next_try) FROM outbox WHERE n IN (SELECT min(n) "
                                    u"FROM outbox WHERE state IN "
                                    "(0, 1) GROUP BY low, lane)"_s);
    if (!due)
        return due.error();
    if (due->isNull())
        return std::optional<qint64>();
    return std::optional<qint64>(qMax(qint64(0), due->toLongLong() - m_clock.monotonicMs()));
}

Result<void> OutboxRepository::markSent(const QList<OutboxRow> &rows)
{
    return m_ledger.transaction([&]() -> Result<void> {
        for (const OutboxRow &row : rows) {
            if (const auto done = m_ledger.run(
                        u"UPDATE outbox SET state = 1, tries = tries + 1 WHERE n = ? AND state IN (0, 1)"_s,
                        {row.n});
                !done) {
                return done;
            }
        }
        return {};
    });
}

Result<bool> OutboxRepository::recordResult(const OpResult &result, qint64 epoch, qint64 delayMs)
{
    const QByteArray opId = base::uuidV7FromString(result.opId);
    if (result.status == OpResult::Status::Retry) {
        const auto changed = m_ledger.change(
                u"UPDATE outbox SET state = 0, next_try = ?, code = ? WHERE op_id = ? AND state IN (0, 1)"_s,
                {m_clock.monotonicMs() + delayMs, result.code, opId});
        if (!changed)
            return changed.error();
        return *changed == 1;
    }
    const QByteArray answer = QJsonDocument(result.answer).toJson(QJsonDocument::Compact);
    const bool applied = result.status == OpResult::Status::Applied;
    const auto changed = m_ledger.change(
            u"UPDATE outbox SET state = ?, ack_epoch = ?, ack_bucket = 'r', ack_seq = ?, ack_mono "
            u"= "
            "?, ack_wall = ?, ack_boot = ?, code = ?, answer = ? WHERE op_id = ? AND state IN (0, 1)"_s,
            {int(applied ? OutboxState::Acked : OutboxState::Rejected), epoch, result.seq,
             m_clock.monotonicMs(), m_clock.wallMs(), m_clock.bootId(), result.code,
             crypto::seal(m_bodyKey, answer, cellPlace(opId, "answer")), opId});
    if (!changed)
        return changed.error();
    return *changed == 1;
}

Result<int> OutboxRepository::settle(qint64 epoch, qint64 durableSeq)
{
    int dropped = 0;
    const auto done = m_ledger.transaction([&]() -> Result<void> {
        // Age by the monotonic clock within one boot; the wall clock only has to bridge reboots.
        const auto old = m_ledger.change(
                u"DELETE FROM outbox WHERE state = 2 AND ack_epoch = ? AND ack_seq <= ? AND CASE "
                "WHEN ack_boot = ? THEN ack_mono <= ? ELSE ack_wall <= ? END"_s,
                {epoch, durableSeq, m_clock.bootId(), m_clock.monotonicMs() - kRetentionMs,
                 m_clock.wallMs() - kRetentionMs});
        if (!old)
            return old.error();
        dropped = *old;
        if (const auto final = m_ledger.run(u"UPDATE outbox SET final = 1 WHERE state = 3 AND "
                                            u"final = 0 AND ack_epoch = ? AND "
                                            "ack_seq <= ?"_s,
                                            {epoch, durableSeq});
            !final) {
            return final;
        }
        const auto seen = m_ledger.change(
                u"DELETE FROM outbox WHERE state = 3 AND final = 1 AND shown = 1"_s);
        if (!seen)
            return seen.error();
        dropped += *seen;
        return {};
    });
    if (!done)
        return done.error();
    return dropped;
}

Result<qint64> OutboxRepository::epoch()
{
    const auto value =
            m_ledger.value(u"SELECT value FROM meta WHERE key = 'epoch'"_s, {}, qint64(0));
    if (!value)
        return value.error();
    return value->toLongLong();
}

Result<bool> OutboxRepository::adoptEpoch(qint64 epoch_)
{
    const auto known = epoch();
    if (!known)
        return known.error();
    if (*known == epoch_)
        return false;
    const auto done = m_ledger.transaction([&]() -> Result<void> {
        if (const auto stored = m_ledger.run(
                    u"INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)"_s, {epoch_});
            !stored) {
            return stored;
        }
        // An acknowledgement of the old epoch may have died with its server: say it again. The
        // receipt makes that harmless where it did not.
        return m_ledger.run(
                u"UPDATE outbox SET state = 0, next_try = 0, ack_epoch = 0, ack_seq = 0, "
                "shown = 0 WHERE final = 0"_s);
    });
    if (!done)
        return done.error();
    return true;
}

Result<void> OutboxRepository::recover()
{
    return m_ledger.run(u"UPDATE outbox SET state = 0, next_try = 0 WHERE state IN (0, 1)"_s);
}

Result<OutboxCounts> OutboxRepository::counts()
{
    OutboxCounts counts;
    const auto read_ =
            m_ledger.select(u"SELECT state, shown, count(*) FROM outbox GROUP BY state, shown"_s,
                            {}, [&](QSqlQuery &query) -> Result<void> {
                                const auto state = OutboxState(query.value(0).toInt());
                                const int count = query.value(2).toInt();
                                if (state == OutboxState::Acked)
                                    counts.acked += count;
                                else if (state != OutboxState::Rejected)
                                    counts.pending += count;
                                else if (!query.value(1).toBool())
                                    counts.rejected += count;
                                return {};
                            });
    if (!read_)
        return read_.error();
    return counts;
}

Result<QList<RejectedOperation>> OutboxRepository::rejected()
{
    QList<RejectedOperation> out;
    const auto read_ = m_ledger.select(
            u"SELECT op_id, kind, code, created_wall FROM outbox WHERE state = 3 AND shown = 0 ORDER BY n"_s,
            {}, [&](QSqlQuery &query) -> Result<void> {
                out.append({base::uuidToString(query.value(0).toByteArray()),
                            query.value(1).toString(), query.value(2).toString(),
                            query.value(3).toLongLong()});
                return {};
            });
    if (!read_)
        return read_.error();
    return out;
}

Result<void> OutboxRepository::dismiss(const QString &opId)
{
    return m_ledger.transaction([&]() -> Result<void> {
        const QByteArray id = base::uuidV7FromString(opId);
        if (const auto shown = m_ledger.run(
                    u"UPDATE outbox SET shown = 1 WHERE op_id = ? AND state = 3"_s, {id});
            !shown) {
            return shown;
        }
        return m_ledger.run(u"DELETE FROM outbox WHERE op_id = ? AND state = 3 AND final = 1"_s,
                            {id});
    });
}

} // namespace riderport::storage
