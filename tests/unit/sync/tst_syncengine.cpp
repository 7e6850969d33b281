// SPDX-License-Identifier: Apache-2.0
#include "enginefixture.h"

#include "storage/outboxrepository.h"
#include "storage/usedtokenrepository.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;
using riderport::test::await;
using riderport::test::EngineFixture;
using Fault = riderport::test::FakeHttpTransport::Fault;
using Link = sync::ConnectivityState::Link;

class TestSyncEngine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstLoadThenChanges();
    void goesOnWithSnapshotAfterRestart();
    void bodyOnDiskThatRottedIsPulledAgain();
    void resetTouchesOnlyItsBucket();
    void wrongSumResetsOnlyItsBucket();
    void corruptPagesInARowEndInAReset();
    void failoverBringsEverythingBack();
    void operationsKeepTheirLanesOrder();
    void refusedOperationIsShown();
    void poisonedOperationBlocksOnlyItsLane();
    void effectAndOperationAreOne();
    void replayedReceiptIsNotAppliedTwice();
    void pendingIsDerivedFromRowsAfterRestart();
    void saysWhetherItIsOnline();
    void waitsAsLongAsTheServerAsks();
    void workerBucketComesAndGoes();
    void strangeWorkerDoesNotStopTheFeed();
    void wrongClockIsShownAndSurvived();
    void tellsWhichTablesChanged();

private:
    std::unique_ptr<EngineFixture> m_fixture;
    [[nodiscard]] EngineFixture &make()
    {
        m_fixture = std::make_unique<EngineFixture>();
        return *m_fixture;
    }
};

void TestSyncEngine::firstLoadThenChanges()
{
    EngineFixture &f = make();
    f.start();
    QVERIFY(!f.engine->state().firstLoadComplete);
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QTRY_VERIFY(f.engine->state().firstLoadComplete);
    QCOMPARE(f.engine->state().link, Link::Online);
    QVERIFY(f.engine->state().lastSync.isValid());
    for (int i = 0; i < 120; ++i)
        f.district.put(u"d"_s, u"station"_s, QString::number(i), "{\"later\":1}");
    f.district.remove(u"d"_s, u"station"_s, u"125"_s);
    f.district.put(u"s:ST01"_s, u"station_config"_s, u"main"_s, "{\"open\":\"07:00\"}");
    f.transport.poke();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QCOMPARE(f.engine->faultCount(), 0);
}

void TestSyncEngine::goesOnWithSnapshotAfterRestart()
{
    EngineFixture &f = make();
    // The second page never comes: the engine is stopped exactly between two pages.
    f.transport.faultFor = [](const transport::HttpRequest &request) {
        const bool second = request.path == "/v1/snapshot/d" && request.query.contains("after=");
        return second ? std::optional(Fault::Hang) : std::nullopt;
    };
    f.start();
    const auto pages = [&f] { return f.queriesOf("/v1/snapshot/d"); };
    // The second page has been asked for, so the first one is safe.
    QTRY_VERIFY(f.transport.isHanging());
    f.stop();
    f.transport.faultFor = {};
    const qsizetype before = pages().size();
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QVERIFY(pages().size() > before);
    QVERIFY2(pages().at(before).contains("after="), pages().at(before).constData());
}

void TestSyncEngine::bodyOnDiskThatRottedIsPulledAgain()
{
    EngineFixture &f = make();
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    f.stop();
    QFile file(f.directory.filePath(u"cache.db"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype at = bytes.indexOf("站77");
    QVERIFY(at > 0);
    bytes[at + 3] = '8';
    file.seek(0);
    file.write(bytes);
    file.close();
    f.start();
    QSignalSpy faults(f.engine.get(), &sync::SyncEngine::faultSeen);
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QCOMPARE(faults.first().first().toString(), u"sync.local-damage d"_s);
}

void TestSyncEngine::resetTouchesOnlyItsBucket()
{
    EngineFixture &f = make();
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    f.transport.requests.clear();
    QSignalSpy faults(f.engine.get(), &sync::SyncEngine::faultSeen);
    f.district.resetOnce.append(u"s:ST01"_s);
    f.transport.poke();
    QTRY_COMPARE(faults.size(), 1);
    QCOMPARE(faults.first().first().toString(), u"sync.reset s:ST01"_s);
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    for (const auto &request : f.transport.requests)
        QVERIFY(request.path != "/v1/snapshot/d");
}

void TestSyncEngine::wrongSumResetsOnlyItsBucket()
{
    EngineFixture &f = make();
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QSignalSpy faults(f.engine.get(), &sync::SyncEngine::faultSeen);
    // The district changed a row without telling: only the sum can notice.
    auto &live = f.district.buckets[u"d"_s].live;
    live[{"station", "5"}].body = "{\"silent\":1}";
    f.district.put(u"s:ST01"_s, u"station_config"_s, u"x"_s, "{}");
    f.transport.poke();
    QTRY_VERIFY(!faults.isEmpty());
    QCOMPARE(faults.first().first().toString(), u"sync.sum-mismatch d"_s);
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QCOMPARE(faults.size(), 1);
}

void TestSyncEngine::corruptPagesInARowEndInAReset()
{
    EngineFixture &f = make();
    f.district.zstd = false;
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    // History rewritten under our feet: the page the cursor asks for never gets sound.
    f.transport.requests.clear();
    f.district.put(u"d"_s, u"station"_s, u"1"_s, "{\"b\":1}");
    f.district.buckets[u"d"_s].history.last().version = 10'000;
    f.transport.poke();
    QTRY_VERIFY(std::any_of(f.transport.requests.begin(), f.transport.requests.end(),
                            [](const auto &r) { return r.path == "/v1/snapshot/d"; }));
    QTRY_VERIFY(f.cacheIsLikeDistrict());
}

void TestSyncEngine::failoverBringsEverythingBack()
{
    EngineFixture &f = make();
    f.district.receiptsDurable = false; // an asynchronous replica
    f.start();
    QStringList bodies;
    for (int i = 0; i < 20; ++i) {
        const QByteArray body = "{\"i\":" + QByteArray::number(i) + '}';
        bodies.append(QString::fromUtf8(body));
        f.enqueue(u"W1"_s, body);
    }
    QTRY_COMPARE(f.outbox->counts().acked, 20);
    QCOMPARE(f.outbox->counts().pending, 0);
    f.district.failOver(7);
    QCOMPARE(f.district.effects.size(), 13);
    f.transport.poke();
    QTRY_VERIFY(f.everyEffectOnce(bodies));
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QCOMPARE(f.outbox->counts().rejected, 0);
}

void TestSyncEngine::operationsKeepTheirLanesOrder()
{
    EngineFixture &f = make();
    f.transport.inject("/v1/ops", Fault::CutAfterCommit, 1);
    f.transport.inject("/v1/ops", Fault::Status500, 2);
    f.start();
    for (int i = 0; i < 200; ++i) {
        (void)f.outbox->enqueue({i % 2 ? u"A"_s : u"B"_s, u"usage.event"_s,
                                 "{\"i\":" + QByteArray::number(i) + '}'});
    }
    QTRY_COMPARE(f.district.effects.size(), 200);
    QMap<QString, int> last;
    for (const auto &op : f.district.effects) {
        const int i = op.body.mid(5).chopped(1).toInt();
        QVERIFY(i > last.value(op.lane, -1));
        last[op.lane] = i;
    }
}

void TestSyncEngine::refusedOperationIsShown()
{
    EngineFixture &f = make();
    f.start();
    QSignalSpy refused(f.outbox.get(), &sync::Outbox::rejectedByDistrict);
    QSignalSpy applied(f.outbox.get(), &sync::Outbox::applied);
    const QString bad = f.enqueue(u"A"_s, "{}", u"refused"_s);
    const QString good = f.enqueue(u"A"_s, "{\"k\":1}");
    QTRY_COMPARE(refused.size(), 1);
    QTRY_COMPARE(applied.size(), 1);
    QCOMPARE(refused.first().at(0).toString(), bad);
    QCOMPARE(refused.first().at(2).toString(), u"op.refused"_s);
    QCOMPARE(applied.first().at(0).toString(), good);
    QTRY_COMPARE(f.engine->state().rejectedOperations, 1);
    QCOMPARE(await(f.outbox->rejected())->first().code, u"op.refused"_s);
    QVERIFY(await(f.outbox->dismiss(bad)).ok());
    QTRY_COMPARE(f.engine->state().rejectedOperations, 0);
}

void TestSyncEngine::poisonedOperationBlocksOnlyItsLane()
{
    EngineFixture &f = make();
    f.district.retryKinds.append(u"stuck"_s);
    f.start();
    f.drawn = 0.999;
    f.enqueue(u"A"_s, "{\"i\":1}", u"stuck"_s);
    f.enqueue(u"A"_s, "{\"i\":2}");
    f.enqueue(u"B"_s, "{\"i\":3}");
    QTRY_COMPARE(f.district.effects.size(), 1);
    QCOMPARE(f.district.effects.first().lane, u"B"_s);
    QTRY_COMPARE(f.engine->state().pendingOperations, 2);
    f.district.retryKinds.clear();
    f.clock.advance(120'000);
    f.engine->retryNow();
    QTRY_COMPARE(f.district.effects.size(), 3);
    QCOMPARE(f.district.effects.at(1).body, QByteArray("{\"i\":1}"));
}

void TestSyncEngine::effectAndOperationAreOne()
{
    EngineFixture &f = make();
    f.start();
    const auto once = [&f] {
        return await(f.outbox->enqueue({u"W1"_s, u"session.opened"_s, "{}"},
                                       [now = f.clock.wallMs()](storage::StorageSession &session) {
                                           return session.usedTokens().remember("kid0", "nonc",
                                                                                now + 30'000, now);
                                       }));
    };
    QVERIFY(once().ok());
    QCOMPARE(once().error().code, u"token.replayed"_s);
    QTRY_COMPARE(f.outbox->counts().acked, 1);
    QCOMPARE(f.district.effects.size(), 1);
}

void TestSyncEngine::replayedReceiptIsNotAppliedTwice()
{
    EngineFixture &f = make();
    f.transport.inject("/v1/ops", Fault::CutAfterCommit, 3);
    f.start();
    QSignalSpy applied(f.outbox.get(), &sync::Outbox::applied);
    f.enqueue(u"A"_s, "{\"i\":1}");
    QTRY_COMPARE(applied.size(), 1);
    QCOMPARE(f.district.effects.size(), 1);
    QCOMPARE(f.district.opsCalls, 4);
}

void TestSyncEngine::pendingIsDerivedFromRowsAfterRestart()
{
    EngineFixture &f = make();
    f.transport.inject("/v1/ops", Fault::Unreachable, 1000);
    f.drawn = 0.999;
    f.start();
    f.enqueue(u"A"_s, "{\"i\":1}");
    f.enqueue(u"A"_s, "{\"i\":2}");
    QTRY_COMPARE(f.engine->state().pendingOperations, 2);
    f.start();
    QTRY_COMPARE(f.engine->state().pendingOperations, 2);
}

void TestSyncEngine::saysWhetherItIsOnline()
{
    EngineFixture &f = make();
    f.transport.inject("/v1/", Fault::Unreachable, 3);
    f.drawn = 0.05;
    f.start();
    QCOMPARE(f.engine->state().link, Link::Unknown);
    QTRY_COMPARE(f.engine->state().link, Link::Offline);
    QCOMPARE(f.engine->lastError()->code, u"http.unreachable"_s);
    QTRY_COMPARE(f.engine->state().link, Link::Online);
    QVERIFY(!f.engine->lastError());
}

void TestSyncEngine::waitsAsLongAsTheServerAsks()
{
    EngineFixture &f = make();
    int calls = 0;
    riderport::test::FakeHttpTransport busy([&](const transport::HttpRequest &) {
        ++calls;
        return transport::HttpReply{503, {{"retry-after", "120"}}, {}};
    });
    f.start();
    f.engine.reset();
    transport::SignedClient client(busy, f.clock);
    client.setIdentity("K-1", crypto::generateKeyPair());
    sync::SyncEngine engine(*f.database, client, *f.outbox, f.clock, base::StationId(u"ST01"_s),
                            {.uniform = [] { return 0.0; }});
    engine.start();
    QTRY_COMPARE(engine.state().link, Link::Offline);
    const int after = calls;
    QTest::qWait(100); // with no waiting at all this would be dozens of calls
    QVERIFY(calls <= after + 1);
}

void TestSyncEngine::workerBucketComesAndGoes()
{
    EngineFixture &f = make();
    const base::WorkerId worker(u"W987654321"_s);
    f.district.put(u"w:W987654321"_s, u"worker"_s, u"W987654321"_s,
                   "{\"name\":\"CANARY-wang\",\"mobile\":\"13800138000\"}");
    f.district.put(u"w:W987654321"_s, u"consent"_s, u"social"_s, "{\"given\":true}");
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QTRY_COMPARE(f.transport.heldCount(), 1);
    // The held request is taken back at once, nobody waits for it to run out.
    f.engine->subscribeWorker(worker, crypto::SealKey::generate());
    storage::CacheReader reader(*f.database);
    QTRY_COMPARE(await(reader.rows(u"worker"_s))->size(), 1);
    QVERIFY(await(reader.rows(u"worker"_s))->first().body.contains("CANARY-wang"));
    f.district.put(u"w:W987654321"_s, u"consent"_s, u"social"_s, "{\"given\":false}");
    f.transport.poke();
    QTRY_COMPARE(await(reader.row(u"consent"_s, u"social"_s))->value().body,
                 QByteArray("{\"given\":false}"));
    QSignalSpy forgotten(f.engine.get(), &sync::SyncEngine::workerForgotten);
    f.engine->unsubscribeWorker(worker);
    QTRY_COMPARE(forgotten.size(), 1);
    QCOMPARE(await(reader.rows(u"worker"_s))->size(), 0);
    const QStringList names = QDir(f.directory.path()).entryList(QDir::Files);
    for (const QString &name : names) {
        QFile file(f.directory.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const char *secret : {"CANARY-wang", "13800138000", "W987654321"})
            QVERIFY2(!bytes.contains(secret), qPrintable(name));
    }
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QCOMPARE(f.engine->state().link, Link::Online);
}

void TestSyncEngine::strangeWorkerDoesNotStopTheFeed()
{
    EngineFixture &f = make();
    riderport::test::FakeHttpTransport strict([&](const transport::HttpRequest &request) {
        if (request.path.contains("w:") || request.body.contains("\"w:"))
            return std::optional<test::FakeHttpTransport::Outcome>(
                    test::FakeDistrict::errorReply(403, u"forbidden"_s, u"sync.bucket"_s));
        return f.district.answer(request);
    });
    f.start();
    f.engine.reset();
    transport::SignedClient client(strict, f.clock);
    client.setIdentity("K-1", crypto::generateKeyPair());
    sync::SyncEngine engine(*f.database, client, *f.outbox, f.clock, base::StationId(u"ST01"_s),
                            {.minTurnMs = 0, .uniform = [] { return 0.0; }});
    engine.subscribeWorker(base::WorkerId(u"W1"_s), crypto::SealKey::generate());
    engine.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QTRY_COMPARE(engine.state().link, Link::Online);
}

void TestSyncEngine::wrongClockIsShownAndSurvived()
{
    EngineFixture &f = make();
    f.clock.jumpWall(-86'400'000);
    f.start();
    QTRY_COMPARE(f.engine->state().link, Link::Online);
    QTRY_COMPARE(f.engine->state().clockSkewMs, 86'400'000);
    f.enqueue(u"A"_s, "{\"i\":1}");
    QTRY_COMPARE(f.outbox->counts().acked, 1);
    f.clock.jumpWall(2 * 86'400'000LL);
    f.enqueue(u"A"_s, "{\"i\":2}");
    QTRY_COMPARE(f.outbox->counts().acked, 2);
    QTRY_COMPARE(f.engine->state().clockSkewMs, -86'400'000);
}

void TestSyncEngine::tellsWhichTablesChanged()
{
    EngineFixture &f = make();
    f.start();
    QTRY_VERIFY(f.cacheIsLikeDistrict());
    QTRY_COMPARE(f.transport.heldCount(), 1);
    QSignalSpy changed(f.engine.get(), &sync::SyncEngine::tableChanged);
    f.district.put(u"d"_s, u"notice"_s, u"n2"_s, "{}");
    f.transport.poke();
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toString(), u"notice"_s);
}

QTEST_GUILESS_MAIN(TestSyncEngine)
#include "tst_syncengine.moc"
