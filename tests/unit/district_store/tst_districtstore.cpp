// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"
#include "store/sqlitemigrations.h"
#include "storefixture.h"

#include <QSqlQuery>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

protocol::Operation usage(const QByteArray &body = R"({"event":"home.opened"})")
{
    protocol::Operation op;
    op.opId = base::uuidToString(base::makeUuidV7(1'795'000'000'000));
    op.kind = u"usage.event"_s;
    op.lane = u"usage"_s;
    op.body = body;
    op.wallMs = 1'795'000'000'000;
    op.ageMs = 0;
    return op;
}

qint64 number(test::StoreFixture &store, const QString &sql)
{
    return *store.engine
                    ->read<qint64>([sql](district::StoreReader &reader) -> base::Result<qint64> {
                        const auto row = reader.exec(sql);
                        if (!row)
                            return row.error();
                        return (*row)->next() ? (*row)->value(0).toLongLong() : -1;
                    })
                    .result();
}

/// Writes a feed row and then fails, is rejected or asks for a retry, as told by the body.
class TrickyEffect final : public district::OpEffect
{
public:
    QStringList kinds() const override { return {u"test.tricky"_s}; }
    district::OpOutcome apply(district::StoreTransaction &tx, const protocol::Operation &op,
                              const district::OpContext &) override
    {
        tx.feed().put(u"d"_s, u"tricky"_s, op.opId, op.body);
        if (op.body == "reject")
            return district::OpOutcome::rejected(u"test.no"_s, {{u"why"_s, u"because"_s}});
        if (op.body == "retry")
            return district::OpOutcome::retry(u"test.later"_s);
        return district::OpOutcome::applied({{u"row"_s, op.opId}});
    }
};

} // namespace

class TestDistrictStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsScripts()
    {
        const QStringList parts = district::splitSql(
                u"-- a; b\nCREATE TABLE x (\n a, -- c;\n b\n);\n\nINSERT 1;\n"_s);
        QCOMPARE(parts.size(), 2);
        QCOMPARE(parts.at(0), u"CREATE TABLE x (\na,\nb\n)"_s);
        QCOMPARE(parts.at(1), u"INSERT 1"_s);
    }

    void migratesOnceAndRefusesStrangers()
    {
        QTemporaryDir dir;
        QTemporaryDir schema;
        test::FakeClock clock;
        const district::StoreOptions options{dir.filePath(u"x.sqlite"_s), schema.path(), u"1"_s};
        const auto write = [&](const QString &name, const QByteArray &sql) {
            QFile file(schema.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(sql);
        };
        const auto code = [&] {
            const auto engine = district::SqliteEngine::open(options, clock);
            return engine ? QString() : engine.error().code;
        };
        write(u"0002_b.sql"_s, "-- oldest-compatible: 2\nCREATE TABLE b (x);\n");
        QCOMPARE(code(), QString());
        QCOMPARE(code(), QString());
        // A file of a lower range that arrives later is applied, too.
        write(u"0001_a.sql"_s, "-- oldest-compatible: 1\nCREATE TABLE a (x);\n");
        QCOMPARE(code(), QString());
        write(u"0001_a.sql"_s, "-- oldest-compatible: 1\nCREATE TABLE a (y);\n");
        QCOMPARE(code(), u"schema.changed"_s);
        write(u"0001_a.sql"_s, "-- oldest-compatible: 1\nCREATE TABLE a (x);\n");
        write(u"0003_bad.sql"_s,
              "-- oldest-compatible: 2\nCREATE TABLE c (x);\nCREATE nonsense;\n");
        QCOMPARE(code(), u"storage.sql"_s);
        // Nothing of the bad file stayed: mended, it applies.
        write(u"0003_bad.sql"_s, "-- oldest-compatible: 3\nCREATE TABLE c (x);\n");
        QCOMPARE(code(), QString());
        QVERIFY(QFile::remove(schema.filePath(u"0003_bad.sql"_s)));
        QCOMPARE(code(), u"schema.too-new"_s);
    }

    void countsDenselyAndSumsIncrementally()
    {
        test::StoreFixture store;
        test::FeedMirror mirror;
        QVERIFY(store.put(u"d"_s, u"a"_s, "1").ok());
        QVERIFY(store.put(u"d"_s, u"b"_s, "2").ok());
        QVERIFY(store.put(u"d"_s, u"a"_s, "3").ok());
        QVERIFY(store.put(u"d"_s, u"a"_s, "3").ok()); // no change
        QVERIFY(store.change([](auto &f) { f.remove(u"d"_s, u"t"_s, u"b"_s); }).ok());
        QVERIFY(store.change([](auto &f) { f.remove(u"d"_s, u"t"_s, u"none"_s); }).ok());
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.cursor.seq, 4);
        QCOMPARE(mirror.rows(), 1);
        QCOMPARE(mirror.body(u"t"_s, u"a"_s), "3"_ba);
        QVERIFY(store.change([](auto &f) {
                         f.put(u"d"_s, u"t"_s, u"c"_s, "4");
                         f.clear(u"d"_s);
                     }).ok());
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.rows(), 0);
        QCOMPARE(mirror.sum(), protocol::BucketSum());
    }

    void failedTaskLeavesNothing()
    {
        test::StoreFixture store;
        const auto failed =
                store.engine
                        ->write<void>([](district::StoreTransaction &tx) -> base::Result<void> {
                            tx.feed().put(u"d"_s, u"t"_s, u"x"_s, "1");
                            (void)tx.countReceipt();
                            return base::Error{base::ErrorKind::Conflict, u"test.fail"_s, {}};
                        })
                        .result();
        QCOMPARE(failed.error().code, u"test.fail"_s);
        QVERIFY(store.put(u"d"_s, u"y"_s, "1").ok());
        QCOMPARE(number(store, u"SELECT seq FROM bucket_head WHERE bucket = 'd'"_s), 1);
        QCOMPARE(number(store, u"SELECT count(*) FROM bucket_head WHERE bucket = 'r'"_s), 0);
    }

    void survivesARestart()
    {
        test::StoreFixture store;
        QVERIFY(store.put(u"d"_s, u"a"_s, "1").ok());
        const qint64 epoch = store.pull(u"d"_s, {}).epoch;
        store.reopen();
        test::FeedMirror mirror;
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.rows(), 1);
        QCOMPARE(mirror.cursor.epoch, epoch);
    }

    void pagesBySize()
    {
        test::StoreFixture store;
        for (int i = 0; i < 50; ++i)
            QVERIFY(store.put(u"d"_s, QString::number(i), QByteArray(400, 'x')).ok());
        const auto reply = store.pull(u"d"_s, {}, 2000);
        QCOMPARE(reply.pages.size(), 1);
        QCOMPARE(reply.pages.first().ops.size(), 4);
        QCOMPARE(reply.pages.first().head, 50);
        QVERIFY(reply.sums.isEmpty());
        QCOMPARE(store.pull(u"d"_s, {reply.epoch, 3}, 1).pages.first().ops.size(), 1);
        test::FeedMirror mirror;
        QCOMPARE(store.catchUp(mirror, u"d"_s, 2000), QString());
        QCOMPARE(mirror.rows(), 50);
    }

    void resetsWhatCannotBeContinued()
    {
        test::StoreFixture store;
        for (int i = 0; i < 5; ++i)
            QVERIFY(store.put(u"d"_s, QString::number(i), "1").ok());
        const qint64 epoch = store.pull(u"d"_s, {}).epoch;
        const auto resets = [&](qint64 e, qint64 s) {
            return store.pull(u"d"_s, {e, s}).reset == QStringList{u"d"_s};
        };
        QVERIFY(!resets(0, 0));
        QVERIFY(!resets(epoch, 5));
        QVERIFY(resets(epoch, 6));
        QVERIFY(resets(epoch - 1, 2));
        QVERIFY(resets(epoch + 1, 2));
        QVERIFY(resets(0, 2));
    }

    void newEpochKeepsCursorsBelowItsStart()
    {
        test::StoreFixture store;
        for (int i = 0; i < 5; ++i)
            QVERIFY(store.put(u"d"_s, QString::number(i), "1").ok());
        test::FeedMirror mirror;
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        const qint64 old = mirror.cursor.epoch;
        const auto next = store.feed->bumpEpoch(u"test"_s).result();
        QVERIFY(next.ok() && *next > old);
        QVERIFY(store.put(u"d"_s, u"new"_s, "1").ok());
        QVERIFY(store.put(u"s:ST01"_s, u"new"_s, "1").ok());
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.cursor.epoch, *next);
        // Sequence 6 of the old epoch may have been something else.
        QCOMPARE(store.pull(u"d"_s, {old, 6}).reset, QStringList{u"d"_s});
        QCOMPARE(store.pull(u"s:ST01"_s, {old, 1}).reset, QStringList{u"s:ST01"_s});
        // Across two changes the lower start counts.
        const auto third = store.feed->bumpEpoch(u"test"_s).result();
        QVERIFY(third.ok());
        QVERIFY(store.pull(u"d"_s, {old, 5}).reset.isEmpty());
        QVERIFY(!store.pull(u"d"_s, {old, 6}).reset.isEmpty());
        QVERIFY(store.pull(u"d"_s, {*next, 6}).reset.isEmpty());
    }

    void compactionKeepsTheStateAndResetsOldCursors()
    {
        test::StoreFixture store;
        for (int i = 0; i < 10; ++i)
            QVERIFY(store.put(u"d"_s, QString::number(i % 3), QByteArray::number(i)).ok());
        QVERIFY(store.change([](auto &f) { f.remove(u"d"_s, u"t"_s, u"0"_s); }).ok());
        store.clock.advance(1000);
        QVERIFY(store.change([](auto &f) { f.remove(u"d"_s, u"t"_s, u"1"_s); }).ok());
        test::FeedMirror before;
        QCOMPARE(store.catchUp(before, u"d"_s), QString());
        const auto dropped = store.feed->compact(500).result();
        // Of 12 entries stay the live row and the young tombstone.
        QCOMPARE(*dropped, 10);
        test::FeedMirror fresh;
        QCOMPARE(store.catchUp(fresh, u"d"_s), QString());
        QCOMPARE(fresh.sum(), before.sum());
        QCOMPARE(fresh.rows(), 1);
        const qint64 epoch = fresh.cursor.epoch;
        QCOMPARE(store.pull(u"d"_s, {epoch, 10}).reset, QStringList{u"d"_s});
        QVERIFY(store.pull(u"d"_s, {epoch, 11}).reset.isEmpty());
    }

    void snapshotConvergesWhileWritesGoOn()
    {
        test::StoreFixture store;
        for (int i = 0; i < 60; ++i)
            QVERIFY(store.put(u"d"_s, u"%1"_s.arg(i, 3, 10, QChar(u'0')), QByteArray(100, 'a'))
                            .ok());
        test::FeedMirror mirror;
        qint64 head = 0;
        for (int page = 0;; ++page) {
            const auto after = mirror.after();
            const auto got =
                    store.feed->snapshot(u"d"_s, head, after.first, after.second, 1500).result();
            QVERIFY(got.ok());
            head = got->head;
            QCOMPARE(mirror.apply(*got), QString());
            // Ahead of the reader, behind it, deleted, new.
            QVERIFY(store.put(u"d"_s, u"059"_s, QByteArray::number(page)).ok());
            QVERIFY(store.put(u"d"_s, u"000"_s, QByteArray::number(page)).ok());
            QVERIFY(store.put(u"d"_s, u"zz%1"_s.arg(page), "n").ok());
            QVERIFY(store.change([page](auto &f) {
                             f.remove(u"d"_s, u"t"_s, u"%1"_s.arg(page * 5, 3, 10, QChar(u'0')));
                         }).ok());
            if (got->done || page > 100)
                break;
        }
        QCOMPARE(head, 60);
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        const auto bad = store.feed->snapshot(u"d"_s, 100'000, {}, {}, 1500).result();
        QCOMPARE(bad.error().code, u"sync.head"_s);
    }

    void replaceRemovesWhatIsMissing()
    {
        test::StoreFixture store;
        const QString t = u"t"_s;
        const auto replace = [&](const QList<district::FeedRow> &rows) {
            return store.feed->replace(u"d"_s, {t}, rows, {}).result().ok();
        };
        QVERIFY(replace({{t, u"a"_s, "1"}, {t, u"b"_s, "1"}}));
        QVERIFY(replace({{t, u"a"_s, "1"}, {t, u"b"_s, "1"}}));
        test::FeedMirror mirror;
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.cursor.seq, 2);
        QVERIFY(replace({{t, u"b"_s, "2"}, {t, u"c"_s, "1"}}));
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.rows(), 2);
        QVERIFY(mirror.body(t, u"a"_s).isNull());
    }

    void appliesEachOperationOnce()
    {
        test::StoreFixture store;
        const base::StationId station(u"ST01"_s);
        const protocol::Operation op = usage();
        const auto apply = [&](const protocol::Operation &one) {
            return store.ops->apply(u"K-1"_s, station, {0, {one}}).result()->results.first();
        };
        const auto first = apply(op);
        QCOMPARE(first.status, protocol::OpResult::Status::Applied);
        QCOMPARE(first.seq, 1);
        QVERIFY(!first.replayed);
        store.reopen();
        const auto again = apply(op);
        QCOMPARE(again.status, protocol::OpResult::Status::Applied);
        QCOMPARE(again.seq, 1);
        QVERIFY(again.replayed);
        protocol::Operation other = op;
        other.body = R"({"event":"other"})";
        const auto mismatch = apply(other);
        QCOMPARE(mismatch.status, protocol::OpResult::Status::Rejected);
        QCOMPARE(mismatch.code, u"op.hash-mismatch"_s);
        QCOMPARE(apply(op).status, protocol::OpResult::Status::Applied);
        QCOMPARE(number(store, u"SELECT sum(n) FROM usage_count"_s), 1);
        QCOMPARE(number(store, u"SELECT count(*) FROM receipt"_s), 1);
    }

    void rejectionIsStoredAndItsEffectUndone()
    {
        test::StoreFixture store;
        store.ops->registerEffect(std::make_unique<TrickyEffect>());
        QList<protocol::Operation> ops;
        for (const char *body : {"ok", "reject", "retry"}) {
            protocol::Operation op = usage(body);
            op.kind = u"test.tricky"_s;
            ops.append(op);
        }
        ops.append(usage("not json"));
        protocol::Operation unknown = usage();
        unknown.kind = u"test.unknown"_s;
        ops.append(unknown);
        for (const bool replayed : {false, true}) {
            const auto reply =
                    *store.ops->apply(u"K-1"_s, base::StationId(u"ST01"_s), {0, ops}).result();
            using Status = protocol::OpResult::Status;
            QCOMPARE(reply.results.at(0).status, Status::Applied);
            QCOMPARE(reply.results.at(1).status, Status::Rejected);
            QCOMPARE(reply.results.at(1).answer.value(u"why"_s).toString(), u"because"_s);
            QCOMPARE(reply.results.at(2).status, Status::Retry);
            QCOMPARE(reply.results.at(2).seq, 0);
            QCOMPARE(reply.results.at(3).status, Status::Rejected);
            QCOMPARE(reply.results.at(4).code, u"op.unknown-kind"_s);
            QCOMPARE(reply.results.at(1).replayed, replayed);
            QVERIFY(!reply.results.at(2).replayed);
        }
        test::FeedMirror mirror;
        QCOMPARE(store.catchUp(mirror, u"d"_s), QString());
        QCOMPARE(mirror.rows(), 1);
        QCOMPARE(mirror.body(u"tricky"_s, ops.first().opId), "ok"_ba);
        QCOMPARE(number(store, u"SELECT seq FROM bucket_head WHERE bucket = 'r'"_s), 4);
    }

    void noticesAnotherProcess()
    {
        test::StoreFixture store;
        bool external = false;
        connect(store.engine.get(), &district::SqliteEngine::committed, this,
                [&](const district::CommitNotice &notice) { external |= notice.external; });
        auto other = district::SqliteEngine::open(store.options(), store.clock);
        QVERIFY(other.ok());
        district::SqliteFeedStore feed(**other);
        QVERIFY(feed.bumpEpoch(u"test"_s).result().ok());
        QTRY_VERIFY(external);
    }
};

QTEST_GUILESS_MAIN(TestDistrictStore)
#include "tst_districtstore.moc"
