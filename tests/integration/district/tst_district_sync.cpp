// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"
#include "district/sqliteengine.h"
#include "district/statestores.h"
#include "protocol/opsmessages.h"
#include "protocol/syncmessages.h"
#include "support/districtprocess.h"
#include "support/feedmirror.h"
#include "support/testkiosk.h"

#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;

/// The feed over the wire, against the real process.
class TestDistrictSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(), m_server.errors().constData());
        m_kiosk = std::make_unique<test::TestKiosk>(m_server.port());
        QCOMPARE(m_kiosk->enrol(m_server.enrolCode(u"ST01"_s)).status, 200);
    }

    void pagesBringAllRowsAndTheSumAgrees()
    {
        test::FeedMirror mirror;
        QCOMPARE(catchUp(mirror, 4096), QString());
        for (int i = 1; i <= 28; ++i) {
            const QByteArray body = mirror.body(u"station"_s, u"ST%1"_s.arg(i, 2, 10, QChar(u'0')));
            QVERIFY2(QJsonDocument::fromJson(body).object().contains("name"_L1), body.constData());
        }
        QVERIFY(mirror.rows() > 40);
        const QByteArray service = mirror.body(u"service"_s, u"S02"_s);
        QVERIFY(!service.isEmpty());
        QVERIFY(!QJsonDocument::fromJson(service).object().contains("upstream"_L1));
        test::FeedMirror inOnePage;
        QCOMPARE(catchUp(inOnePage, 8'000'000), QString());
        QCOMPARE(inOnePage.sum(), mirror.sum());
    }

    void snapshotIsResumableAndEqualsTheFeed()
    {
        test::FeedMirror pulled;
        QCOMPARE(catchUp(pulled, 1'000'000), QString());
        test::FeedMirror mirror;
        QByteArray target = "/v1/snapshot/d";
        for (;;) {
            const auto reply = m_kiosk->call("GET", target);
            QCOMPARE(reply.status, 200);
            const auto page = protocol::decodeSnapshotPage(reply.body);
            QVERIFY(page.ok());
            QCOMPARE(mirror.apply(*page), QString());
            if (page->done)
                break;
            m_kiosk->client.disconnect();
            const auto [table, id] = mirror.after();
            target = "/v1/snapshot/d?head=" + QByteArray::number(page->head) +
                     "&after=" + (table + u","_s + id).toUtf8().toPercentEncoding();
        }
        QCOMPARE(mirror.sum(), pulled.sum());
        QCOMPARE(mirror.cursor, pulled.cursor);
        QCOMPARE(m_kiosk->call("GET", "/v1/snapshot/d?head=999999").code(), u"sync.head"_s);
        QCOMPARE(m_kiosk->call("GET", "/v1/snapshot/d?head=x").code(), u"sync.field"_s);
        QCOMPARE(m_kiosk->call("GET", "/v1/snapshot/s:ST02").code(), u"sync.bucket"_s);
        QCOMPARE(m_kiosk->call("GET", "/v1/snapshot/w:W1").code(), u"sync.bucket"_s);
    }

    void refusesForeignBucketsAndVersions()
    {
        const auto sync = [&](const QByteArray &body) {
            return m_kiosk->call("POST", "/v1/sync", body);
        };
        for (const char *bucket : {"s:ST02", "w:W1", "r", "x"}) {
            const auto reply = sync(R"({"proto":1,"schema":1,"cursors":{")" + QByteArray(bucket) +
                                    R"(":[0,0]}})");
            QCOMPARE(reply.status, 403);
            QCOMPARE(reply.code(), u"sync.bucket"_s);
        }
        for (const char *version :
             {R"("proto":2,"schema":1)", R"("proto":1,"schema":9)", R"("proto":0,"schema":1)"}) {
            const auto reply = sync("{" + QByteArray(version) + R"(,"cursors":{"d":[0,0]}})");
            QCOMPARE(reply.status, 426);
            QCOMPARE(reply.json().value("min_proto"_L1).toInteger(), 1);
        }
        QCOMPARE(sync("{}").status, 400);
        QCOMPARE(sync("nonsense").status, 400);
    }

    void compressesWhenAskedTo()
    {
        const auto ask = [&](bool zstd) {
            protocol::SyncRequest request;
            request.cursors.insert(u"d"_s, {});
            request.acceptZstd = zstd;
            return m_kiosk->call("POST", "/v1/sync", protocol::encodeSyncRequest(request));
        };
        const auto small = ask(true);
        const auto plain = ask(false);
        QVERIFY(small.head.toLower().contains("content-encoding: zstd"));
        QVERIFY(!plain.head.toLower().contains("content-encoding"));
        QCOMPARE(protocol::decodeSyncReply(small.body)->pages.first().sha256,
                 protocol::decodeSyncReply(plain.body)->pages.first().sha256);
    }

    void heldPullEndsWhenSomethingChanges()
    {
        test::FeedMirror mirror;
        QCOMPARE(catchUp(mirror, 1'000'000), QString());
        protocol::SyncRequest request;
        request.cursors.insert(u"d"_s, mirror.cursor);
        request.waitMs = 20'000;
        m_kiosk->client.send(
                m_kiosk->signedRequest("POST", "/v1/sync", protocol::encodeSyncRequest(request)));
        QVERIFY(!m_kiosk->client.socket()->waitForReadyRead(300));
        base::SystemClock clock;
        const auto stores = district::StateStores::open(m_server.stateDir(), u"420303"_s, clock);
        QVERIFY(stores.ok());
        const QList<district::FeedRow> rows{{u"test"_s, u"a"_s, "{\"x\":1}"}};
        QVERIFY(stores->feed->replace(u"d"_s, {u"test"_s}, rows, {}).result().ok());
        const auto reply = protocol::decodeSyncReply(m_kiosk->client.receive().body);
        QVERIFY(reply.ok());
        QCOMPARE(reply->pages.size(), 1);
        QCOMPARE(mirror.apply(reply->pages.first(), reply->epoch), QString());
        QCOMPARE(mirror.body(u"test"_s, u"a"_s), "{\"x\":1}"_ba);
    }

    void heldPullEndsByItself()
    {
        protocol::SyncRequest request;
        request.cursors.insert(u"s:ST01"_s, {});
        request.waitMs = 400;
        const auto reply = m_kiosk->call("POST", "/v1/sync", protocol::encodeSyncRequest(request));
        QCOMPARE(reply.status, 200);
        const auto decoded = protocol::decodeSyncReply(reply.body);
        QVERIFY(decoded->pages.isEmpty());
        QVERIFY(decoded->durable.contains(u"r"_s));
        QCOMPARE(decoded->sums.value(u"s:ST01"_s), protocol::BucketSum());
    }

    void newEpochReachesAHeldPull()
    {
        test::FeedMirror mirror;
        QCOMPARE(catchUp(mirror, 1'000'000), QString());
        protocol::SyncRequest request;
        request.cursors.insert(u"d"_s, mirror.cursor);
        request.waitMs = 20'000;
        m_kiosk->client.send(
                m_kiosk->signedRequest("POST", "/v1/sync", protocol::encodeSyncRequest(request)));
        const qint64 epoch = m_server.ctl({u"epoch-bump"_s}).toLongLong();
        QVERIFY(epoch > mirror.cursor.epoch);
        const auto reply = protocol::decodeSyncReply(m_kiosk->client.receive().body);
        QVERIFY(reply.ok());
        QCOMPARE(reply->epoch, epoch);
        QVERIFY(reply->reset.isEmpty());
        // What the old epoch never had is refused.
        request.cursors[u"d"_s].seq += 1;
        request.waitMs = 0;
        const auto beyond = protocol::decodeSyncReply(
                m_kiosk->call("POST", "/v1/sync", protocol::encodeSyncRequest(request)).body);
        QCOMPARE(beyond->reset, QStringList{u"d"_s});
    }

    void operationsAreAnsweredInOrderAndReplayed()
    {
        protocol::OpsRequest request;
        for (int i = 0; i < 3; ++i) {
            protocol::Operation op;
            op.opId = base::uuidToString(base::makeUuidV7(QDateTime::currentMSecsSinceEpoch()));
            op.lane = u"usage"_s;
            op.kind = i == 1 ? u"no.such-kind"_s : u"usage.event"_s;
            op.body = R"({"event":"test"})";
            op.wallMs = QDateTime::currentMSecsSinceEpoch();
            op.bootId = u"boot"_s;
            request.ops.append(op);
        }
        const QByteArray body = protocol::encodeOpsRequest(request);
        const auto first = protocol::decodeOpsReply(m_kiosk->call("POST", "/v1/ops", body).body);
        const auto second = protocol::decodeOpsReply(m_kiosk->call("POST", "/v1/ops", body).body);
        QVERIFY(first.ok() && second.ok());
        using Status = protocol::OpResult::Status;
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(first->results.at(i).opId, request.ops.at(i).opId);
            QCOMPARE(first->results.at(i).status, i == 1 ? Status::Rejected : Status::Applied);
            QVERIFY(!first->results.at(i).replayed && second->results.at(i).replayed);
            QCOMPARE(second->results.at(i).seq, first->results.at(i).seq);
        }
        QVERIFY(first->durable.value(u"r"_s) >= first->results.last().seq);
    }

private:
    QString catchUp(test::FeedMirror &mirror, qint64 maxBytes)
    {
        for (;;) {
            protocol::SyncRequest request;
            request.cursors.insert(u"d"_s, mirror.cursor);
            request.maxBytes = maxBytes;
            const auto raw =
                    m_kiosk->call("POST", "/v1/sync", protocol::encodeSyncRequest(request));
            const auto reply = protocol::decodeSyncReply(raw.body);
            if (!reply)
                return reply.error().code + u' ' + QString::number(raw.status);
            for (const auto &page : reply->pages) {
                if (const QString wrong = mirror.apply(page, reply->epoch); !wrong.isEmpty())
                    return wrong;
            }
            if (reply->sums.contains(u"d"_s))
                return reply->sums.value(u"d"_s) == mirror.sum() ? QString() : u"sum"_s;
        }
    }

    test::DistrictProcess m_server;
    std::unique_ptr<test::TestKiosk> m_kiosk;
};

QTEST_GUILESS_MAIN(TestDistrictSync)
#include "tst_district_sync.moc"
