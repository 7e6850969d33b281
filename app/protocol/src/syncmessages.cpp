// SPDX-License-Identifier: Apache-2.0
#include "protocol/syncmessages.h"

#include "base/boundedjson.h"
#include "crypto/digest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace riderport::protocol {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::JsonReader;

namespace {

constexpr qint64 kMaxSeq = std::numeric_limits<qint64>::max() - 1;
constexpr qsizetype kMaxRequestBody = 64 * 1024;
constexpr qsizetype kMaxBuckets = 64;
constexpr qsizetype kMaxOpsPerPage = 20'000;
constexpr qsizetype kMaxRowBody = 1024 * 1024;
constexpr qsizetype kMaxName = 200;

Error badField(const QString &what)
{
    return Error{ErrorKind::Invalid, u"sync.field"_s, what};
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject opToJson(const FeedOp &op)
{
    return {{u"seq"_s, op.seq},     {u"tbl"_s, op.table},
            {u"id"_s, op.id},       {u"op"_s, op.isDelete ? u"del"_s : u"put"_s},
            {u"ver"_s, op.version}, {u"body"_s, QString::fromUtf8(op.body)}};
}

base::Result<FeedOp> opFromJson(const QJsonObject &object)
{
    JsonReader in(object);
    FeedOp op;
    op.seq = in.int64(u"seq"_s, 1, kMaxSeq);
    op.table = in.string(u"tbl"_s, kMaxName);
    op.id = in.string(u"id"_s, kMaxName);
    const QString word = in.string(u"op"_s, 8);
    op.version = in.int64(u"ver"_s, 1, kMaxSeq);
    op.body = in.string(u"body"_s, kMaxRowBody).toUtf8();
    if (in.error())
        return *in.error();
    if (word != u"put" && word != u"del")
        return badField(u"op"_s);
    op.isDelete = word == u"del";
    return op;
}

base::Result<SyncPage> pageFromJson(const QJsonObject &object)
{
    JsonReader in(object);
    SyncPage page;
    page.bucket = in.string(u"bucket"_s, 64);
    page.from = in.int64(u"from"_s, 1, kMaxSeq);
    page.to = in.int64(u"to"_s, 0, kMaxSeq);
    page.head = in.int64(u"head"_s, 0, kMaxSeq);
    page.sha256 = in.string(u"sha256"_s, 64);
    const QJsonArray ops = in.array(u"ops"_s, kMaxOpsPerPage);
    if (in.error())
        return *in.error();
    if (!isBucketName(page.bucket))
        return badField(u"bucket"_s);
    page.ops.reserve(ops.size());
    for (const auto &value : ops) {
        auto op = opFromJson(value.toObject());
        if (!op)
            return op.error();
        page.ops.append(std::move(*op));
    }
    return page;
}

base::Result<Cursor> cursorFromJson(const QJsonValue &value)
{
    const QJsonArray pair = value.toArray();
    if (pair.size() != 2)
        return badField(u"cursor"_s);
    JsonReader in(QJsonObject{{u"epoch"_s, pair.at(0)}, {u"seq"_s, pair.at(1)}});
    const Cursor cursor{in.int64(u"epoch"_s, 0, kMaxSeq), in.int64(u"seq"_s, 0, kMaxSeq)};
    if (in.error())
        return badField(u"cursor"_s);
    return cursor;
}

base::Result<void> readSums(const QJsonObject &object, QMap<QString, BucketSum> &sums)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonArray pair = it.value().toArray();
        bool ok = false;
        BucketSum sum;
        sum.sum = sumFromHex(pair.at(1).toString(), &ok);
        sum.rows = pair.at(0).toInteger(-1);
        if (!ok || sum.rows < 0 || pair.size() != 2 || !isBucketName(it.key()))
            return badField(u"sums"_s);
        sums.insert(it.key(), sum);
    }
    return {};
}

} // namespace

QString SyncPage::computedSha256() const
{
    QByteArray bytes;
    for (const FeedOp &op : ops) {
        bytes += QByteArray::number(op.seq) + '\n' + op.table.toUtf8() + '\n' + op.id.toUtf8() +
                 '\n' + (op.isDelete ? "del\n" : "put\n") + QByteArray::number(op.version) + '\n' +
                 op.body + '\n';
    }
    return crypto::sha256Hex(bytes);
}

QString SnapshotPage::computedSha256() const
{
    QByteArray bytes;
    for (const SnapshotRow &row : rows) {
        bytes += row.table.toUtf8() + '\n' + row.id.toUtf8() + '\n' +
                 QByteArray::number(row.version) + '\n' + row.body + '\n';
    }
    return crypto::sha256Hex(bytes);
}

bool isBucketName(const QString &name)
{
    if (name.isEmpty() || name.size() > 40)
        return false;
    for (const QChar c : name) {
        const bool allowed = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') ||
                             (c >= u'0' && c <= u'9') || c == u':' || c == u'_' || c == u'-';
        if (!allowed)
            return false;
    }
    return true;
}

QByteArray encodeSyncRequest(const SyncRequest &request)
{
    QJsonObject cursors;
    for (auto it = request.cursors.begin(); it != request.cursors.end(); ++it)
        cursors.insert(it.key(), QJsonArray{it->epoch, it->seq});
    return compact({{u"proto"_s, request.proto},
                    {u"schema"_s, request.schema},
                    {u"cursors"_s, cursors},
                    {u"wait_ms"_s, request.waitMs},
                    {u"max_bytes"_s, request.maxBytes},
                    {u"accept"_s, request.acceptZstd ? QJsonArray{u"zstd"_s} : QJsonArray{}}});
}

base::Result<SyncRequest> decodeSyncRequest(const QByteArray &body)
{
    const auto object = base::parseJsonObject(body, kMaxRequestBody);
    if (!object)
        return object.error();
    JsonReader in(*object);
    SyncRequest request;
    request.proto = int(in.int64(u"proto"_s, 0, 1000));
    request.schema = int(in.int64(u"schema"_s, 0, 1'000'000));
    request.waitMs = in.optionalInt64(u"wait_ms"_s, 0, kMaxWaitMs, 0);
    request.maxBytes = in.optionalInt64(u"max_bytes"_s, 1024, 8 * 1024 * 1024, 256 * 1024);
    const QJsonObject cursors = in.object(u"cursors"_s);
    if (in.error())
        return *in.error();
    request.acceptZstd = object->value(u"accept"_s).toArray().contains(QJsonValue(u"zstd"_s));
    if (cursors.isEmpty() || cursors.size() > kMaxBuckets)
        return badField(u"cursors"_s);
    for (auto it = cursors.begin(); it != cursors.end(); ++it) {
        const auto cursor = cursorFromJson(it.value());
        if (!cursor || !isBucketName(it.key()))
            return badField(u"cursors"_s);
        request.cursors.insert(it.key(), *cursor);
    }
    return request;
}

QByteArray encodeSyncReply(const SyncReply &reply)
{
    QJsonObject durable;
    for (auto it = reply.durable.begin(); it != reply.durable.end(); ++it)
        durable.insert(it.key(), *it);
    QJsonObject sums;
    for (auto it = reply.sums.begin(); it != reply.sums.end(); ++it)
        sums.insert(it.key(), QJsonArray{it->rows, sumToHex(it->sum)});
    QJsonArray pages;
    for (const SyncPage &page : reply.pages) {
        QJsonArray ops;
        for (const FeedOp &op : page.ops)
            ops.append(opToJson(op));
        pages.append(QJsonObject{{u"bucket"_s, page.bucket},
                                 {u"from"_s, page.from},
                                 {u"to"_s, page.to},
                                 {u"head"_s, page.head},
                                 {u"ops"_s, ops},
                                 {u"sha256"_s, page.sha256}});
    }
    return compact({{u"proto"_s, reply.proto},
                    {u"server_time"_s, reply.serverTimeMs},
                    {u"epoch"_s, reply.epoch},
                    {u"durable"_s, durable},
                    {u"pages"_s, pages},
                    {u"sums"_s, sums},
                    {u"reset"_s, QJsonArray::fromStringList(reply.reset)}});
}

base::Result<SyncReply> decodeSyncReply(const QByteArray &body)
{
    const auto object = base::parseJsonObject(body, kMaxSyncBody);
    if (!object)
        return object.error();
    JsonReader in(*object);
    SyncReply reply;
    reply.proto = int(in.int64(u"proto"_s, 1, 1000));
    reply.serverTimeMs = in.int64(u"server_time"_s, 0, kMaxSeq);
    reply.epoch = in.int64(u"epoch"_s, 1, kMaxSeq);
    const QJsonObject durable = in.object(u"durable"_s);
    const QJsonArray pages = in.array(u"pages"_s, kMaxBuckets);
    const QJsonObject sums = in.object(u"sums"_s);
    const QJsonArray reset = in.array(u"reset"_s, kMaxBuckets);
    if (in.error())
        return *in.error();
    for (auto it = durable.begin(); it != durable.end(); ++it) {
        const qint64 seq = it.value().toInteger(-1);
        if (seq < 0 || !isBucketName(it.key()))
            return badField(u"durable"_s);
        reply.durable.insert(it.key(), seq);
    }
    for (const auto &value : pages) {
        auto page = pageFromJson(value.toObject());
        if (!page)
            return page.error();
        reply.pages.append(std::move(*page));
    }
    if (const auto read = readSums(sums, reply.sums); !read)
        return read.error();
    for (const auto &value : reset) {
        if (!isBucketName(value.toString()))
            return badField(u"reset"_s);
        reply.reset.append(value.toString());
    }
    return reply;
}

QByteArray encodeSnapshotPage(const SnapshotPage &page)
{
    QJsonArray rows;
    for (const SnapshotRow &row : page.rows) {
        rows.append(QJsonObject{{u"tbl"_s, row.table},
                                {u"id"_s, row.id},
                                {u"ver"_s, row.version},
                                {u"body"_s, QString::fromUtf8(row.body)}});
    }
    return compact({{u"epoch"_s, page.epoch},
                    {u"bucket"_s, page.bucket},
                    {u"head"_s, page.head},
                    {u"rows"_s, rows},
                    {u"done"_s, page.done},
                    {u"sha256"_s, page.sha256}});
}

base::Result<SnapshotPage> decodeSnapshotPage(const QByteArray &body)
{
    const auto object = base::parseJsonObject(body, kMaxSyncBody);
    if (!object)
        return object.error();
    JsonReader in(*object);
    SnapshotPage page;
    page.epoch = in.int64(u"epoch"_s, 1, kMaxSeq);
    page.bucket = in.string(u"bucket"_s, 64);
    page.head = in.int64(u"head"_s, 0, kMaxSeq);
    page.done = in.boolean(u"done"_s);
    page.sha256 = in.string(u"sha256"_s, 64);
    const QJsonArray rows = in.array(u"rows"_s, kMaxOpsPerPage);
    if (in.error())
        return *in.error();
    if (!isBucketName(page.bucket))
        return badField(u"bucket"_s);
    page.rows.reserve(rows.size());
    for (const auto &value : rows) {
        JsonReader row(value.toObject());
        SnapshotRow out{row.string(u"tbl"_s, kMaxName), row.string(u"id"_s, kMaxName),
                        row.int64(u"ver"_s, 1, kMaxSeq),
                        row.string(u"body"_s, kMaxRowBody).toUtf8()};
        if (row.error())
            return *row.error();
        page.rows.append(std::move(out));
    }
    return page;
}

} // namespace riderport::protocol
