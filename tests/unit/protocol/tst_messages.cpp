// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"
#include "protocol/opsmessages.h"
#include "protocol/rowsum.h"
#include "protocol/syncmessages.h"
#include "protocol/zstdcodec.h"

#include <QCryptographicHash>
#include <QTest>

#include <zstd.h>

using namespace riderport;
using namespace riderport::protocol;
using namespace Qt::StringLiterals;

namespace {

Operation operation()
{
    Operation op;
    op.opId = base::uuidToString(base::makeUuidV7(1'795'000'000'000));
    op.lane = u"W1"_s;
    op.kind = u"usage.event"_s;
    op.body = "{\"event\":\"家\"}";
    op.wallMs = 1'795'000'000'000;
    op.ageMs = 7;
    op.bootId = u"b"_s;
    return op;
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bombsAreRefusedBeforeTheyGrow()
    {
        const QByteArray plain(3'000'000, 'a');
        const QByteArray honest = zstdCompress(plain);
        QVERIFY(honest.size() < 1000);
        QCOMPARE(*zstdDecompress(honest, plain.size()), plain);
        QCOMPARE(zstdDecompress(honest, plain.size() - 1).error().code, u"zstd.too-large"_s);
        // A frame that does not say how much it holds, made by streaming.
        ZSTD_CCtx *context = ZSTD_createCCtx();
        QByteArray silent(qsizetype(ZSTD_compressBound(size_t(plain.size()))), '\0');
        ZSTD_inBuffer in{plain.constData(), size_t(plain.size()), 0};
        ZSTD_outBuffer out{silent.data(), size_t(silent.size()), 0};
        while (in.pos < in.size)
            QVERIFY(!ZSTD_isError(ZSTD_compressStream2(context, &out, &in, ZSTD_e_continue)));
        while (ZSTD_compressStream2(context, &out, &in, ZSTD_e_end) != 0) {}
        ZSTD_freeCCtx(context);
        silent.truncate(qsizetype(out.pos));
        QCOMPARE(zstdDecompress(silent, 100'000).error().code, u"zstd.too-large"_s);
        QCOMPARE(*zstdDecompress(silent, plain.size()), plain);
        QCOMPARE(zstdDecompress("nonsense", 100).error().code, u"zstd.corrupt"_s);
        for (qsizetype cut = 0; cut < honest.size(); ++cut)
            QVERIFY(!zstdDecompress(honest.first(cut), plain.size()).ok());
    }

    void syncRequestRoundTripsAndIsBounded()
    {
        SyncRequest request;
        request.cursors = {{u"d"_s, {5, 7}}, {u"s:ST01"_s, {}}};
        request.waitMs = 25'000;
        const auto back = decodeSyncRequest(encodeSyncRequest(request));
        QVERIFY(back.ok());
        QCOMPARE(back->cursors, request.cursors);
        QCOMPARE(back->waitMs, request.waitMs);
        for (const char *bad :
             {"{}", "[]", "{\"proto\":1}", R"({"proto":1,"schema":1,"cursors":{}})",
              R"({"proto":1,"schema":1,"cursors":{"d":[1]}})",
              R"({"proto":1,"schema":1,"cursors":{"d":[1,-1]}})",
              R"({"proto":1,"schema":1,"cursors":{"d":[1,1.5]}})",
              R"({"proto":1,"schema":1,"cursors":{"d/e":[1,1]}})",
              R"({"proto":1,"schema":1,"cursors":{"d":[1,1]},"wait_ms":25001})",
              R"({"proto":"1","schema":1,"cursors":{"d":[1,1]}})"})
            QVERIFY2(!decodeSyncRequest(bad).ok(), bad);
        QVERIFY(!decodeSyncRequest(QByteArray(100'000, '[')).ok());
    }

    void syncReplyRoundTrips()
    {
        SyncPage page;
        page.bucket = u"d"_s;
        page.from = 1;
        page.to = 9;
        page.head = 9;
        page.ops = {{3, u"station"_s, u"ST01"_s, false, 3, "{\"名\":\"站\"}"},
                    {9, u"notice"_s, u"N1"_s, true, 9, {}}};
        page.sha256 = page.computedSha256();
        SyncReply reply;
        reply.epoch = 4;
        reply.durable = {{u"d"_s, 9}, {u"r"_s, 2}};
        reply.pages = {page};
        reply.sums = {{u"d"_s, {1, 0xfedcba9876543210}}};
        reply.reset = {u"s:ST01"_s};
        const auto back = decodeSyncReply(encodeSyncReply(reply));
        QVERIFY(back.ok());
        QCOMPARE(back->pages.first().ops, page.ops);
        QCOMPARE(back->pages.first().computedSha256(), page.sha256);
        QCOMPARE(back->sums, reply.sums);
        QCOMPARE(back->durable, reply.durable);
        QCOMPARE(back->reset, reply.reset);
        page.ops[0].body += ' ';
        QVERIFY(page.computedSha256() != page.sha256);
    }

    void hashesAreThoseOfTheContract()
    {
        // WIRE.md 2, the bytes written out.
        SyncPage page;
        page.ops = {{7, u"t"_s, u"x"_s, false, 7, "{}"}, {8, u"t"_s, u"y"_s, true, 8, {}}};
        QCOMPARE(page.computedSha256(),
                 QString::fromLatin1(
                         QCryptographicHash::hash("7\nt\nx\nput\n7\n{}\n8\nt\ny\ndel\n8\n\n",
                                                  QCryptographicHash::Sha256)
                                 .toHex()));
        SnapshotPage snapshot;
        snapshot.rows = {{u"t"_s, u"x"_s, 7, "{}"}};
        QCOMPARE(snapshot.computedSha256(),
                 QString::fromLatin1(
                         QCryptographicHash::hash("t\nx\n7\n{}\n", QCryptographicHash::Sha256)
                                 .toHex()));
        const QByteArray digest =
                QCryptographicHash::hash("t\nx\n7\n{}", QCryptographicHash::Sha256);
        QCOMPARE(rowDigest(u"t"_s, u"x"_s, 7, "{}"),
                 digest.first(8).toHex().toULongLong(nullptr, 16));
        BucketSum sum;
        sum.add(~0ULL);
        sum.add(2);
        QCOMPARE(sum.sum, 1ULL);
        sum.remove(2);
        QCOMPARE(sum.sum, ~0ULL);
        bool ok = false;
        QCOMPARE(sumFromHex(sumToHex(0xfedcba9876543210), &ok), 0xfedcba9876543210);
        QVERIFY(ok);
        for (const QString &bad : {u""_s, u"123"_s, u"fedcba987654321g"_s, u"+edcba9876543210"_s}) {
            (void)sumFromHex(bad, &ok);
            QVERIFY2(!ok, qPrintable(bad));
        }
    }

    void operationsRoundTripAndAreChecked()
    {
        const Operation op = operation();
        QCOMPARE(op.hash(),
                 QString::fromLatin1(QCryptographicHash::hash(QByteArray("usage.event\n" + op.body),
                                                              QCryptographicHash::Sha256)
                                             .toHex()));
        const QByteArray good = encodeOpsRequest({3, {op}});
        const auto back = decodeOpsRequest(good);
        QVERIFY(back.ok());
        QCOMPARE(back->ops.first().body, op.body);
        QCOMPARE(back->ops.first().ageMs, 7);
        const auto code = [&](const QByteArray &from, const QByteArray &to) {
            QByteArray bytes = good;
            bytes.replace(from, to);
            const auto result = decodeOpsRequest(bytes);
            return result ? QString() : result.error().code;
        };
        QVERIFY(!code("\"event\\\"", "\"evenX\\\"").isEmpty()); // body no longer fits its hash
        QVERIFY(!code(op.opId.toLatin1(), "not-a-uuid").isEmpty());
        QVERIFY(!code("\"kind\"", "\"kinb\"").isEmpty());
        OpsRequest many;
        for (int i = 0; i < kMaxOpsPerBatch + 1; ++i)
            many.ops.append(operation());
        QVERIFY(!decodeOpsRequest(encodeOpsRequest(many)).ok());
        many.ops.removeLast();
        QVERIFY(decodeOpsRequest(encodeOpsRequest(many)).ok());
    }

    void operationAnswersRoundTrip()
    {
        OpsReply reply;
        reply.epoch = 2;
        reply.durable = {{u"r"_s, 5}};
        const QString id = operation().opId;
        reply.results = {{id, OpResult::Status::Applied, {}, {{u"session"_s, u"x"_s}}, 4, true},
                         {id, OpResult::Status::Rejected, u"op.hash-mismatch"_s, {}, 5, false},
                         {id, OpResult::Status::Retry, u"storage.full"_s, {}, 0, false}};
        const auto back = decodeOpsReply(encodeOpsReply(reply));
        QVERIFY(back.ok());
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(back->results.at(i).status, reply.results.at(i).status);
            QCOMPARE(back->results.at(i).code, reply.results.at(i).code);
            QCOMPARE(back->results.at(i).seq, reply.results.at(i).seq);
            QCOMPARE(back->results.at(i).replayed, reply.results.at(i).replayed);
        }
        QCOMPARE(back->results.first().answer, reply.results.first().answer);
        QByteArray unknown = encodeOpsReply(reply);
        unknown.replace("\"applied\"", "\"perhaps\"");
        QVERIFY(!decodeOpsReply(unknown).ok());
    }
};

QTEST_APPLESS_MAIN(TestMessages)
#include "tst_messages.moc"
