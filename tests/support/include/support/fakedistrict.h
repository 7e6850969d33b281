// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/boundedjson.h"
#include "protocol/opsmessages.h"
#include "protocol/syncmessages.h"
#include "protocol/zstdcodec.h"
#include "transport/httptransport.h"

#include <QJsonDocument>
#include <QMap>
#include <QUrl>
#include <QUrlQuery>

#include <optional>

namespace riderport::test {

using namespace Qt::StringLiterals;

/// A district in memory: feed, snapshots, operations and receipts by the words of app/docs/WIRE.md,
/// with its whole history kept, so that a test can ask what a cache may look like. It checks no
/// signatures.
class FakeDistrict
{
public:
    using Key = std::pair<QByteArray, QByteArray>; ///< table, id in UTF-8: sorted like the server
    struct Bucket
    {
        qint64 seq = 0;
        QList<protocol::FeedOp> history; ///< seq 1 … seq, never compacted
        QMap<Key, protocol::FeedOp> live;
    };

    qint64 epoch = 1;
    qint64 serverTimeMs = 1'795'000'000'000;
    int pageOps = 50;
    int snapshotRows = 50;
    bool zstd = true;
    bool receiptsDurable = true;
    QStringList retryKinds; ///< answered with Retry
    QStringList resetOnce;  ///< buckets to put into the next reply's reset list
    QMap<QString, Bucket> buckets;
    QMap<QString, protocol::OpResult> receipts; ///< by op id
    QMap<QString, QString> receiptHashes;
    QList<protocol::Operation> effects; ///< every operation carried out, in order
    int opsCalls = 0;

    void put(const QString &bucket, const QString &table, const QString &id, const QByteArray &body)
    {
        change(bucket, {0, table, id, false, 0, body});
    }
    void remove(const QString &bucket, const QString &table, const QString &id)
    {
        change(bucket, {0, table, id, true, 0, {}});
    }

    /// A failover to a replica that had not seen the last receipts: they and their effects are
    /// gone, and numbers go on from there under a new epoch.
    void failOver(int lostEffects)
    {
        ++epoch;
        for (int i = 0; i < lostEffects && !effects.isEmpty(); ++i) {
            const QString id = effects.takeLast().opId;
            receipts.remove(id);
            receiptHashes.remove(id);
        }
    }

    [[nodiscard]] protocol::BucketSum sumOf(const QString &bucket) const
    {
        protocol::BucketSum sum;
        const auto live = buckets.value(bucket).live;
        for (const protocol::FeedOp &op : live)
            sum.add(protocol::rowDigest(op.table, op.id, op.version, op.body));
        return sum;
    }

    /// Nothing when a pull has nothing to tell: hold it.
    std::optional<base::Result<transport::HttpReply>> answer(const transport::HttpRequest &request)
    {
        if (request.path == "/v1/sync")
            return answerSync(request.body);
        if (request.path.startsWith("/v1/snapshot/"))
            return answerSnapshot(request);
        if (request.path == "/v1/ops")
            return answerOps(request.body);
        return errorReply(404, u"not-found"_s, u"http.path"_s);
    }

    static transport::HttpReply errorReply(int status, const QString &kind, const QString &code)
    {
        const QJsonObject error{{u"kind"_s, kind}, {u"code"_s, code}, {u"detail"_s, QString()}};
        return {status,
                {{"content-type", "application/json"}},
                QJsonDocument(QJsonObject{{u"error"_s, error}, {u"trace_id"_s, u"t"_s}})
                        .toJson(QJsonDocument::Compact)};
    }

private:
    void change(const QString &bucket, protocol::FeedOp op)
    {
        Bucket &b = buckets[bucket];
        op.seq = op.version = ++b.seq;
        b.history.append(op);
        const Key key{op.table.toUtf8(), op.id.toUtf8()};
        if (op.isDelete)
            b.live.remove(key);
        else
            b.live.insert(key, op);
    }

    transport::HttpReply reply(const QByteArray &body) const
    {
        if (!zstd)
            return {200, {{"content-type", "application/json"}}, body};
        return {200, {{"content-encoding", "zstd"}}, protocol::zstdCompress(body)};
    }

    [[nodiscard]] QMap<QString, qint64> durable() const
    {
        return {{QStringLiteral("r"), receiptsDurable ? qint64(effects.size()) : 0}};
    }

    std::optional<base::Result<transport::HttpReply>> answerSync(const QByteArray &body)
    {
        const auto request = protocol::decodeSyncRequest(body);
        if (!request)
            return errorReply(400, u"invalid"_s, request.error().code);
        protocol::SyncReply out;
        out.serverTimeMs = serverTimeMs;
        out.epoch = epoch;
        out.durable = durable();
        bool news = false;
        for (auto it = request->cursors.begin(); it != request->cursors.end(); ++it) {
            const Bucket &bucket = buckets[it.key()];
            if (resetOnce.removeAll(it.key()) > 0 || it->seq > bucket.seq || it->epoch > epoch) {
                out.reset.append(it.key());
                news = true;
                continue;
            }
            news = news || it->epoch != epoch;
            const qint64 to = qMin(bucket.seq, it->seq + pageOps);
            if (to > it->seq) {
                protocol::SyncPage page{it.key(),
                                        it->seq + 1,
                                        to,
                                        bucket.seq,
                                        bucket.history.mid(it->seq, to - it->seq),
                                        {}};
                page.sha256 = page.computedSha256();
                out.pages.append(page);
                news = true;
            }
            if (to == bucket.seq)
                out.sums.insert(it.key(), sumOf(it.key()));
        }
        if (!news && request->waitMs > 0)
            return std::nullopt;
        return reply(protocol::encodeSyncReply(out));
    }

    base::Result<transport::HttpReply> answerSnapshot(const transport::HttpRequest &request)
    {
        const QString name = QString::fromLatin1(request.path.mid(int(strlen("/v1/snapshot/"))));
        const QUrlQuery query(QString::fromLatin1(request.query));
        const QString after = query.queryItemValue(u"after"_s, QUrl::FullyDecoded);
        const qint64 asked = query.queryItemValue(u"head"_s).toLongLong();
        const Bucket &bucket = buckets[name];
        protocol::SnapshotPage page;
        page.epoch = epoch;
        page.bucket = name;
        page.head = asked > 0 ? asked : bucket.seq;
        auto it = bucket.live.begin();
        if (!after.isEmpty()) {
            const QString table = after.section(u',', 0, 0);
            it = bucket.live.upperBound({table.toUtf8(), after.mid(table.size() + 1).toUtf8()});
        }
        for (; it != bucket.live.end() && page.rows.size() < snapshotRows; ++it)
            page.rows.append({it->table, it->id, it->version, it->body});
        page.done = it == bucket.live.end();
        page.sha256 = page.computedSha256();
        return reply(protocol::encodeSnapshotPage(page));
    }

    base::Result<transport::HttpReply> answerOps(const QByteArray &body)
    {
        ++opsCalls;
        const auto request = protocol::decodeOpsRequest(body);
        if (!request)
            return errorReply(400, u"invalid"_s, request.error().code);
        protocol::OpsReply out;
        out.serverTimeMs = serverTimeMs;
        out.epoch = epoch;
        QStringList blocked;
        for (const protocol::Operation &op : request->ops)
            out.results.append(resultOf(op, blocked));
        out.durable = durable();
        return reply(protocol::encodeOpsReply(out));
    }

    protocol::OpResult resultOf(const protocol::Operation &op, QStringList &blocked)
    {
        using Status = protocol::OpResult::Status;
        const auto known = receipts.constFind(op.opId);
        if (known != receipts.constEnd()) {
            if (receiptHashes.value(op.opId) != op.hash())
                return {op.opId, Status::Rejected, u"op.hash-mismatch"_s, {}, known->seq, false};
            protocol::OpResult again = *known;
            again.replayed = true;
            return again;
        }
        if (retryKinds.contains(op.kind) || blocked.contains(op.lane)) {
            blocked.append(op.lane);
            return {op.opId, Status::Retry, u"op.later"_s, {}, 0, false};
        }
        const bool refused = op.kind == u"refused"_s;
        effects.append(op);
        protocol::OpResult result{op.opId,
                                  refused ? Status::Rejected : Status::Applied,
                                  refused ? u"op.refused"_s : QString(),
                                  {{u"n"_s, qint64(effects.size())}},
                                  qint64(effects.size()),
                                  false};
        receipts.insert(op.opId, result);
        receiptHashes.insert(op.opId, op.hash());
        return result;
    }
};

} // namespace riderport::test
