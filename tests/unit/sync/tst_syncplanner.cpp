// SPDX-License-Identifier: Apache-2.0
#include "storage/cachereader.h"
#include "storage/database.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "sync/syncplanner.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace riderport::sync;
using namespace Qt::StringLiterals;
using protocol::Cursor;
using protocol::FeedOp;
using protocol::SnapshotPage;
using protocol::SyncPage;
using protocol::SyncReply;
using riderport::test::await;
using storage::StorageSession;

namespace {

SyncPage page(const QString &bucket, qint64 from, int count)
{
    SyncPage out{bucket, from, from + count - 1, 1000, {}, {}};
    for (qint64 seq = from; seq < from + count; ++seq)
        out.ops.append({seq, u"t"_s, QString::number(seq), false, seq, "{}"});
    out.sha256 = out.computedSha256();
    return out;
}

QString kinds(const SyncPlan &plan)
{
    QStringList words;
    for (const SyncStep &step : plan.steps) {
        const char16_t letters[] = u"PERS";
        words.append(QString(QChar(letters[int(step.kind)])) + step.bucket);
    }
    return words.join(u' ');
}

} // namespace

class TestSyncPlanner : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesPagesInOrder();
    void adoptsEpochWithoutPages();
    void resetStopsTheBucketOnly();
    void refusesBadPages_data();
    void refusesBadPages();
    void duplicatePageNeedsNoRetry();
    void judgesSnapshotPages_data();
    void judgesSnapshotPages();
    void randomFeedsConverge_data();
    void randomFeedsConverge();
};

void TestSyncPlanner::takesPagesInOrder()
{
    SyncReply reply;
    reply.epoch = 1;
    reply.pages = {page(u"d"_s, 11, 3), page(u"d"_s, 14, 2), page(u"s:A"_s, 1, 1)};
    reply.sums.insert(u"d"_s, {5, 6});
    const auto plan = SyncPlanner::plan({{u"d"_s, {1, 10}}, {u"s:A"_s, {1, 0}}}, reply);
    QCOMPARE(kinds(plan), u"Pd Pd Ps:A Sd"_s);
    QVERIFY(plan.faults.isEmpty());
    QVERIFY(!plan.needsRetry());
}

void TestSyncPlanner::adoptsEpochWithoutPages()
{
    SyncReply reply;
    reply.epoch = 2;
    reply.pages = {page(u"s:A"_s, 6, 1)};
    const auto plan = SyncPlanner::plan({{u"d"_s, {1, 10}}, {u"s:A"_s, {1, 5}}}, reply);
    QCOMPARE(kinds(plan), u"Ps:A Ed"_s); // a page brings its epoch along
    QCOMPARE(plan.epoch, 2);
}

void TestSyncPlanner::resetStopsTheBucketOnly()
{
    SyncReply reply;
    reply.epoch = 2;
    reply.reset = {u"d"_s, u"d"_s, u"x"_s};
    reply.pages = {page(u"d"_s, 11, 1), page(u"s:A"_s, 6, 1)};
    reply.sums.insert(u"d"_s, {1, 1});
    const auto plan = SyncPlanner::plan({{u"d"_s, {1, 10}}, {u"s:A"_s, {2, 5}}}, reply);
    QCOMPARE(kinds(plan), u"Rd Ps:A"_s);
    QCOMPARE(plan.faults, QStringList{u"sync.unasked x"_s});
}

void TestSyncPlanner::refusesBadPages_data()
{
    QTest::addColumn<SyncPage>("bad");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &code, auto change, bool rehash = true) {
        SyncPage bad = page(u"d"_s, 11, 3);
        change(bad);
        if (rehash)
            bad.sha256 = bad.computedSha256();
        QTest::newRow(name) << bad << code;
    };
    row(
            "hash", u"sync.page-hash"_s, [](SyncPage &p) { p.ops[1].body = "{} "; }, false);
    row(
            "no hash", u"sync.page-hash"_s, [](SyncPage &p) { p.sha256.clear(); }, false);
    row(
            "upper-case hash", u"sync.page-hash"_s,
            [](SyncPage &p) { p.sha256 = p.sha256.toUpper() + u' '; }, false);
    row("gap", u"sync.page-gap"_s, [](SyncPage &p) {
        p.from = 12;
        p.ops.removeFirst();
    });
    row("overlap", u"sync.page-gap"_s, [](SyncPage &p) { p.from = 10; });
    row("backwards", u"sync.page-range"_s, [](SyncPage &p) { p.to = 10; });
    row("beyond head", u"sync.page-range"_s, [](SyncPage &p) { p.head = 12; });
    row("op outside", u"sync.page-order"_s, [](SyncPage &p) { p.ops[2].seq = 14; });
    row("op before", u"sync.page-order"_s, [](SyncPage &p) { p.ops[0].seq = 10; });
    row("unordered", u"sync.page-order"_s, [](SyncPage &p) { p.ops.swapItemsAt(0, 1); });
    row("same seq twice", u"sync.page-order"_s, [](SyncPage &p) { p.ops[1].seq = 11; });
    row("future version", u"sync.page-version"_s, [](SyncPage &p) { p.ops[0].version = 12; });
    row("line feed in id", u"sync.page-name"_s, [](SyncPage &p) { p.ops[0].id = u"a\nb"_s; });
    row("no id", u"sync.page-name"_s, [](SyncPage &p) { p.ops[0].id.clear(); });
    row("delete with body", u"sync.page-name"_s, [](SyncPage &p) { p.ops[0].isDelete = true; });
    row("put without body", u"sync.page-name"_s, [](SyncPage &p) { p.ops[0].body.clear(); });
    row("unasked", u"sync.unasked"_s, [](SyncPage &p) { p.bucket = u"s:B"_s; });
}

void TestSyncPlanner::refusesBadPages()
{
    QFETCH(SyncPage, bad);
    QFETCH(QString, code);
    SyncReply reply;
    reply.epoch = 1;
    reply.pages = {bad, page(u"d"_s, 14, 1), page(u"s:A"_s, 6, 1)};
    reply.sums.insert(u"d"_s, {1, 1});
    const auto plan = SyncPlanner::plan({{u"d"_s, {1, 10}}, {u"s:A"_s, {1, 5}}}, reply);
    // Nothing of the bad page's bucket, everything of the others.
    QVERIFY(kinds(plan).startsWith(u"Ps:A"_s));
    for (const SyncStep &step : plan.steps)
        QVERIFY(step.kind != SyncStep::Kind::ApplyPage || step.bucket != u"d");
    QVERIFY2(plan.faults.first().startsWith(code), qPrintable(plan.faults.join(u',')));
    QVERIFY(plan.needsRetry());
}

void TestSyncPlanner::duplicatePageNeedsNoRetry()
{
    SyncReply reply;
    reply.epoch = 1;
    reply.pages = {page(u"d"_s, 8, 3), page(u"d"_s, 11, 1), page(u"d"_s, 11, 1)};
    const auto plan = SyncPlanner::plan({{u"d"_s, {1, 10}}}, reply);
    QCOMPARE(kinds(plan), u"Pd"_s);
    QCOMPARE(plan.faults.size(), 2);
    QVERIFY(!plan.needsRetry());
}

void TestSyncPlanner::judgesSnapshotPages_data()
{
    QTest::addColumn<SnapshotPage>("page");
    QTest::addColumn<bool>("active");
    QTest::addColumn<SnapshotVerdict>("verdict");
    const auto row = [](const char *name, bool active, SnapshotVerdict verdict, auto change,
                        bool rehash = true) {
        SnapshotPage p{1, u"d"_s, 100, {}, false, {}};
        p.rows = {
                {u"t"_s, u"b"_s, 1, "{}"}, {u"t"_s, u"c"_s, 200, "{}"}, {u"u"_s, u"a"_s, 2, "{}"}};
        p.sha256 = p.computedSha256();
        change(p);
        if (rehash)
            p.sha256 = p.computedSha256();
        QTest::newRow(name) << p << active << verdict;
    };
    const auto nothing = [](SnapshotPage &) {};
    row("first", false, SnapshotVerdict::Stage, nothing);
    row("next", true, SnapshotVerdict::Stage, nothing);
    row("empty end", true, SnapshotVerdict::Stage,
        [](SnapshotPage &p) { p.rows.clear(), p.done = true; });
    row("empty, not the end", true, SnapshotVerdict::Refuse,
        [](SnapshotPage &p) { p.rows.clear(); });
    row("other epoch", true, SnapshotVerdict::Restart, [](SnapshotPage &p) { p.epoch = 2; });
    row("other head", true, SnapshotVerdict::Restart, [](SnapshotPage &p) { p.head = 101; });
    row("other bucket", true, SnapshotVerdict::Refuse, [](SnapshotPage &p) { p.bucket = u"e"_s; });
    row(
            "hash", true, SnapshotVerdict::Refuse, [](SnapshotPage &p) { p.rows[0].body = "x"; },
            false);
    row("not after ours", true, SnapshotVerdict::Refuse,
        [](SnapshotPage &p) { p.rows[0].id = u"a"_s; });
    row("unordered", true, SnapshotVerdict::Refuse,
        [](SnapshotPage &p) { p.rows.swapItemsAt(1, 2); });
    row("twice", true, SnapshotVerdict::Refuse, [](SnapshotPage &p) { p.rows[1] = p.rows[0]; });
    row("no body", true, SnapshotVerdict::Refuse, [](SnapshotPage &p) { p.rows[1].body.clear(); });
}

void TestSyncPlanner::judgesSnapshotPages()
{
    QFETCH(SnapshotPage, page);
    QFETCH(bool, active);
    QFETCH(SnapshotVerdict, verdict);
    const storage::StageState stage{active, active ? 1 : 0, active ? 100 : 0,
                                    active ? u"t"_s : QString(), active ? u"a"_s : QString()};
    QCOMPARE(SyncPlanner::judge(u"d"_s, stage, page), verdict);
}

void TestSyncPlanner::randomFeedsConverge_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

/// A random history, compacted at random, cut into random pages, some of them damaged, repeated or
/// swapped: planner and store together must always hold a state the district has been in, and end
/// at its head.
void TestSyncPlanner::randomFeedsConverge()
{
    QFETCH(quint32, seed);
    QRandomGenerator dice(seed);
    QTemporaryDir directory;
    riderport::test::FakeClock clock;
    storage::Database database({directory.path()}, clock);
    QVERIFY(await(database.open()).ok());
    SnapshotPage empty{1, u"d"_s, 0, {}, true, {}};
    QVERIFY(await(database.run([empty](StorageSession &s) { return s.feed().stage(empty); })).ok());

    QList<FeedOp> history;
    QMap<QString, FeedOp> live; // the model
    QMap<qint64, protocol::BucketSum> sumAt;
    for (qint64 seq = 1; seq <= 400; ++seq) {
        const QString id = QString::number(dice.bounded(40));
        const bool del = dice.bounded(4) == 0;
        history.append({seq, u"t"_s, id, del, seq,
                        del ? QByteArray() : QByteArray::number(dice.generate64())});
        if (del)
            live.remove(id);
        else
            live.insert(id, history.last());
        protocol::BucketSum sum;
        for (const FeedOp &op : std::as_const(live))
            sum.add(protocol::rowDigest(op.table, op.id, op.version, op.body));
        sumAt.insert(seq, sum);
    }
    Cursor cursor{1, 0};
    for (int round = 0; round < 2000 && cursor.seq < 400; ++round) {
        SyncReply reply;
        reply.epoch = 1;
        qint64 at = cursor.seq;
        for (int n = dice.bounded(1, 4); n > 0 && at < 400; --n) {
            const qint64 to = qMin(qint64(400), at + dice.bounded(1, 30));
            SyncPage p{u"d"_s, at + 1, to, 400, {}, {}};
            for (qint64 seq = at + 1; seq <= to; ++seq) {
                // Compaction drops an operation when a later one on the same row is in the feed.
                const bool last = std::none_of(
                        history.begin() + seq, history.begin() + to,
                        [&](const FeedOp &op) { return op.id == history[seq - 1].id; });
                if (last || dice.bounded(2) == 0)
                    p.ops.append(history[seq - 1]);
            }
            p.sha256 = p.computedSha256();
            if (dice.bounded(8) == 0 && !p.ops.isEmpty())
                p.ops[0].body += ' ';
            reply.pages.append(p);
            at = to;
        }
        if (dice.bounded(6) == 0)
            reply.pages.append(reply.pages.first());
        if (reply.pages.size() > 1 && dice.bounded(6) == 0)
            reply.pages.swapItemsAt(0, reply.pages.size() - 1);
        const SyncPlan plan = SyncPlanner::plan({{u"d"_s, cursor}}, reply);
        for (const SyncStep &step : plan.steps) {
            QCOMPARE(step.kind, SyncStep::Kind::ApplyPage);
            const auto sum = await(database.run(
                    [step](StorageSession &s) { return s.feed().apply(step.page, 1); }));
            QVERIFY(sum.ok());
            cursor.seq = step.page.to;
            QVERIFY2(*sum == sumAt.value(cursor.seq),
                     qPrintable(u"seed %1, seq %2"_s.arg(seed).arg(cursor.seq)));
        }
    }
    QCOMPARE(cursor.seq, 400);
    const auto rows = await(storage::CacheReader(database).rows(u"t"_s));
    QCOMPARE(rows->size(), live.size());
    for (const storage::FeedRow &row : *rows)
        QCOMPARE(row.body, live.value(row.id).body);
    const auto wrong =
            await(database.run([](StorageSession &s) { return s.feed().verify({u"d"_s}); }));
    QVERIFY(wrong->isEmpty());
}

QTEST_GUILESS_MAIN(TestSyncPlanner)
#include "tst_syncplanner.moc"
