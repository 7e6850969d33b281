// SPDX-License-Identifier: Apache-2.0
#include "protocol/opsmessages.h"

#include "base/boundedjson.h"
#include "base/uuidv7.h"
#include "crypto/digest.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace riderport::protocol {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::JsonReader;

namespace {

constexpr qint64 kMaxSeq = std::numeric_limits<qint64>::max() - 1;
constexpr qint64 kMaxAgeMs = 400LL * 86'400'000;
constexpr qsizetype kMaxReplyBody = 4 * 1024 * 1024;
// JSON escaping may double a body; the limit on the decoded batch is checked separately.
constexpr qsizetype kMaxRequestBody = 2 * kMaxOpsBatchBytes + 64 * 1024;

Error badField(const QString &what)
{
    return Error{ErrorKind::Invalid, u"ops.field"_s, what};
}

QString statusName(OpResult::Status status)
{
    switch (status) {
    case OpResult::Status::Applied:
        return u"applied"_s;
    case OpResult::Status::Rejected:
        return u"rejected"_s;
    case OpResult::Status::Retry:
        break;
    }
    return u"retry"_s;
}

base::Result<Operation> operationFromJson(const QJsonObject &object)
{
    JsonReader in(object);
    Operation op;
    op.opId = in.string(u"op_id"_s, 36);
    op.lane = in.string(u"lane"_s, 64);
    op.kind = in.string(u"kind"_s, 64);
    op.body = in.string(u"body"_s, kMaxOpsBatchBytes).toUtf8();
    op.wallMs = in.int64(u"wall_ms"_s, 0, kMaxSeq);
    op.ageMs = in.int64(u"age_ms"_s, -1, kMaxAgeMs);
    op.bootId = in.string(u"boot_id"_s, 64);
    const QString hash = in.string(u"hash"_s, 64);
    if (in.error())
        return *in.error();
    if (base::uuidV7FromString(op.opId).isEmpty())
        return badField(u"op_id"_s);
    if (hash != op.hash())
        return badField(u"hash"_s);
    return op;
}

} // namespace

QString Operation::hash() const
{
    return crypto::sha256Hex(kind.toUtf8() + '\n' + body);
}

QByteArray encodeOpsRequest(const OpsRequest &request)
{
    QJsonArray ops;
    for (const Operation &op : request.ops) {
        ops.append(QJsonObject{{u"op_id"_s, op.opId},
                               {u"lane"_s, op.lane},
                               {u"kind"_s, op.kind},
                               {u"body"_s, QString::fromUtf8(op.body)},
                               {u"hash"_s, op.hash()},
                               {u"wall_ms"_s, op.wallMs},
                               {u"age_ms"_s, op.ageMs},
                               {u"boot_id"_s, op.bootId}});
    }
    return QJsonDocument(QJsonObject{{u"epoch"_s, request.epoch}, {u"ops"_s, ops}})
            .toJson(QJsonDocument::Compact);
}

base::Result<OpsRequest> decodeOpsRequest(const QByteArray &body)
{
    const auto object = base::parseJsonObject(body, kMaxRequestBody);
    if (!object)
        return object.error();
    JsonReader in(*object);
    OpsRequest request;
    request.epoch = in.int64(u"epoch"_s, 0, kMaxSeq);
    const QJsonArray ops = in.array(u"ops"_s, kMaxOpsPerBatch);
    if (in.error())
        return *in.error();
    qsizetype total = 0;
    for (const auto &value : ops) {
        auto op = operationFromJson(value.toObject());
        if (!op)
            return op.error();
        total += op->body.size();
        request.ops.append(std::move(*op));
    }
    if (total > kMaxOpsBatchBytes)
        return Error{ErrorKind::TooLarge, u"ops.too-many"_s, QString::number(total)};
    return request;
}

QByteArray encodeOpsReply(const OpsReply &reply)
{
    QJsonObject durable;
    for (auto it = reply.durable.begin(); it != reply.durable.end(); ++it)
        durable.insert(it.key(), *it);
    QJsonArray results;
    for (const OpResult &result : reply.results) {
        results.append(QJsonObject{{u"op_id"_s, result.opId},
                                   {u"status"_s, statusName(result.status)},
                                   {u"code"_s, result.code},
                                   {u"answer"_s, result.answer},
                                   {u"bucket"_s, u"r"_s},
                                   {u"seq"_s, result.seq},
                                   {u"replayed"_s, result.replayed}});
    }
    return QJsonDocument(QJsonObject{{u"server_time"_s, reply.serverTimeMs},
                                     {u"epoch"_s, reply.epoch},
                                     {u"durable"_s, durable},
                                     {u"results"_s, results}})
            .toJson(QJsonDocument::Compact);
}

base::Result<OpsReply> decodeOpsReply(const QByteArray &body)
{
    const auto object = base::parseJsonObject(body, kMaxReplyBody);
    if (!object)
        return object.error();
    JsonReader in(*object);
    OpsReply reply;
    reply.serverTimeMs = in.int64(u"server_time"_s, 0, kMaxSeq);
    reply.epoch = in.int64(u"epoch"_s, 1, kMaxSeq);
    const QJsonObject durable = in.object(u"durable"_s);
    const QJsonArray results = in.array(u"results"_s, kMaxOpsPerBatch);
    if (in.error())
        return *in.error();
    for (auto it = durable.begin(); it != durable.end(); ++it) {
        const qint64 seq = it.value().toInteger(-1);
        if (seq < 0)
            return badField(u"durable"_s);
        reply.durable.insert(it.key(), seq);
    }
    for (const auto &value : results) {
        JsonReader row(value.toObject());
        OpResult result;
        result.opId = row.string(u"op_id"_s, 36);
        const QString status = row.string(u"status"_s, 16);
        result.code = row.string(u"code"_s, 100);
        result.answer = row.object(u"answer"_s);
        result.seq = row.int64(u"seq"_s, 0, kMaxSeq);
        result.replayed = row.boolean(u"replayed"_s);
        if (row.error())
            return *row.error();
        if (status == u"applied")
            result.status = OpResult::Status::Applied;
        else if (status == u"rejected")
            result.status = OpResult::Status::Rejected;
        else if (status != u"retry")
            return badField(u"status"_s);
        reply.results.append(std::move(result));
    }
    return reply;
}

} // namespace riderport::protocol
