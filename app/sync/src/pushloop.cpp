// SPDX-License-Identifier: Apache-2.0
#include "pushloop.h"

#include "base/whendone.h"
#include "storage/database.h"
#include "sync/outbox.h"

#include <QLoggingCategory>

Q_LOGGING_CATEGORY(lcPush, "riderport.sync")

namespace riderport::sync {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using protocol::OpResult;
using storage::OutboxRow;
using storage::StorageSession;
using transport::ApiReply;

namespace {

constexpr int kTimeoutMs = 30'000;
constexpr qsizetype kMaxReplyBytes = 4 * 1024 * 1024;
/// An operation the server cannot even read waits this long, and only its own lane with it.
constexpr qint64 kUnreadableDelayMs = 600'000;
constexpr int kMaxShift = 20;

// The same full jitter as for requests, by the operation's own number of tries.
qint64 retryDelay(int tries, double jitter)
{
    const qint64 ceiling = qMin(transport::Backoff::kCapMs,
                                transport::Backoff::kFirstMs << qMin(tries + 1, kMaxShift));
    return qint64(jitter * double(ceiling));
}

} // namespace

PushLoop::PushLoop(storage::Database &database, transport::SignedClient &client, Outbox &outbox,
                   const SyncTiming &timing, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_client(client)
    , m_outbox(outbox)
    , m_idleMs(timing.idleMs)
    , m_uniform(timing.uniform)
    , m_maxOps(int(protocol::kMaxOpsPerBatch))
    , m_loop([this](const Turn &turn_) { turn(turn_); }, timing.uniform, nullptr)
{
    connect(&m_outbox, &Outbox::enqueued, &m_loop, &RetryLoop::wake);
}

void PushLoop::stop()
{
    m_loop.stop();
    m_cancellation.cancel();
}

Result<PushLoop::Batch> PushLoop::takeBatch(StorageSession &session, int maxOps)
{
    Batch batch;
    storage::OutboxRepository &outbox = session.outbox();
    const auto done = session.inLedger([&]() -> Result<void> {
        auto rows = outbox.nextBatch(maxOps, protocol::kMaxOpsBatchBytes);
        if (!rows)
            return rows.error();
        batch.rows = std::move(*rows);
        const auto epoch = outbox.epoch();
        if (!epoch)
            return epoch.error();
        batch.epoch = *epoch;
        if (!batch.rows.isEmpty())
            return outbox.markSent(batch.rows);
        const auto due = outbox.nextDueInMs();
        if (!due)
            return due.error();
        batch.dueInMs = *due;
        return {};
    });
    if (!done)
        return done.error();
    return batch;
}

void PushLoop::turn(const Turn &turn)
{
    m_cancellation = {};
    base::whenDone(m_database.run([maxOps = m_maxOps](StorageSession &session) {
        return takeBatch(session, maxOps);
    }),
                   this, [this, turn](const Result<Batch> &batch) {
                       if (!batch) {
                           Q_EMIT failed(batch.error());
                           turn->failed();
                       } else if (!batch->rows.isEmpty()) {
                           post(*batch, turn);
                       } else {
                           turn->after(qMin(m_idleMs, batch->dueInMs.value_or(m_idleMs)));
                       }
                   });
}

void PushLoop::post(const Batch &batch, const Turn &turn)
{
    protocol::OpsRequest ops;
    ops.epoch = batch.epoch;
    for (const OutboxRow &row : batch.rows)
        ops.ops.append(row.operation);
    transport::ApiRequest request;
    request.path = "/v1/ops";
    request.body = protocol::encodeOpsRequest(ops);
    request.timeoutMs = kTimeoutMs;
    request.maxReplyBytes = kMaxReplyBytes;
    request.decode = false;
    base::whenDone(m_client.exchange(request, m_cancellation), this,
                   [this, batch, turn](const ApiReply &reply) { onReply(batch, reply, turn); });
}

void PushLoop::onReply(const Batch &batch, const ApiReply &reply, const Turn &turn)
{
    const bool unreadable = reply.status == 400 || reply.status == 413 || reply.status == 422;
    if (reply.error && unreadable) {
        onUnreadable(batch, reply, turn);
        return;
    }
    if (reply.error) {
        Q_EMIT failed(*reply.error);
        turn->failed(reply.retryAfterMs);
        return;
    }
    base::whenDone(m_database.run([batch, reply, jitter = m_uniform()](StorageSession &session) {
        return store(session, batch, reply.body, reply.encoding, jitter);
    }),
                   this, [this, batch, turn](const Result<Delivery> &delivery) {
                       onDelivered(batch, delivery, turn);
                   });
}

void PushLoop::onUnreadable(const Batch &batch, const ApiReply &reply, const Turn &turn)
{
    qCWarning(lcPush) << "batch of" << batch.rows.size() << "refused:" << reply.error->code;
    if (batch.rows.size() > 1) {
        m_maxOps = 1;
        turn->failed(reply.retryAfterMs);
        return;
    }
    // Found it. No receipt was stored, so it is not rejected for good: it waits, its lane with it,
    // and is never dropped in silence.
    OpResult waiting;
    waiting.opId = batch.rows.first().operation.opId;
    waiting.status = OpResult::Status::Retry;
    waiting.code = reply.error->code;
    const auto stored = m_database.run([waiting](StorageSession &session) {
        return session.outbox().recordResult(waiting, 0, kUnreadableDelayMs);
    });
    base::whenDone(stored, this, [turn](const Result<bool> &done) {
        if (done)
            turn->again();
        else
            turn->failed();
    });
}

Result<PushLoop::Delivery> PushLoop::store(StorageSession &session, const Batch &batch,
                                           const QByteArray &body, const QByteArray &encoding,
                                           double jitter)
{
    const auto clear = transport::decodedBody(body, encoding, kMaxReplyBytes);
    if (!clear)
        return clear.error();
    const auto reply = protocol::decodeOpsReply(*clear);
    if (!reply)
        return reply.error();
    QMap<QString, int> tries;
    for (const OutboxRow &row : batch.rows)
        tries.insert(row.operation.opId, row.tries);
    Delivery delivery;
    delivery.serverTimeMs = reply->serverTimeMs;
    storage::OutboxRepository &outbox = session.outbox();
    const auto done = session.inLedger([&]() -> Result<void> {
        // Before the answers: they belong to the new epoch, everything older has to be said again.
        if (const auto changed = outbox.adoptEpoch(reply->epoch); !changed)
            return changed.error();
        for (const OpResult &result : reply->results) {
            if (!tries.contains(result.opId))
                return Error{ErrorKind::Invalid, u"ops.unasked"_s, {}};
            const auto fresh = outbox.recordResult(result, reply->epoch,
                                                   retryDelay(tries[result.opId], jitter));
            if (!fresh)
                return fresh.error();
            if (!*fresh || result.status == OpResult::Status::Retry)
                continue;
            delivery.progress = true;
            delivery.fresh.append(result);
        }
        const auto settled = outbox.settle(reply->epoch, reply->durable.value(u"r"_s));
        return settled ? Result<void>() : settled.error();
    });
    if (!done)
        return done.error();
    return delivery;
}

void PushLoop::onDelivered(const Batch &batch, const Result<Delivery> &delivery, const Turn &turn)
{
    m_outbox.refresh();
    if (!delivery) {
        qCWarning(lcPush) << "answers not stored:" << delivery.error().code;
        Q_EMIT failed(delivery.error());
        turn->failed();
        return;
    }
    QMap<QString, QString> kinds;
    for (const OutboxRow &row : batch.rows)
        kinds.insert(row.operation.opId, row.operation.kind);
    for (const OpResult &result : delivery->fresh) {
        if (result.status == OpResult::Status::Applied)
            Q_EMIT m_outbox.applied(result.opId, kinds.value(result.opId), result.answer);
        else
            Q_EMIT m_outbox.rejectedByDistrict(result.opId, kinds.value(result.opId), result.code);
    }
    Q_EMIT succeeded(delivery->serverTimeMs);
    if (delivery->progress) {
        if (batch.rows.size() > 1 || m_maxOps > 1)
            m_maxOps = int(protocol::kMaxOpsPerBatch);
        turn->again();
    } else {
        turn->failed();
    }
}

} // namespace riderport::sync
