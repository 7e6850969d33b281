// SPDX-License-Identifier: Apache-2.0
#include "storage/cachereader.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace riderport::storage;
using namespace Qt::StringLiterals;
using base::Result;
using riderport::test::await;

namespace {

constexpr auto kCanary = "CANARY-zhangsan-13812345678";

protocol::SnapshotPage snapshot(const QString &bucket, int first, int count, bool done,
                                const QByteArray &body = "{\"v\":1}")
{
    protocol::SnapshotPage page{1, bucket, 100, {}, done, {}};
    for (int i = first; i < first + count; ++i) {
        const QString id = QString::number(i).rightJustified(4, u'0');
        page.rows.append({u"station"_s, id, i + 1, body});
    }
    page.sha256 = page.computedSha256();
    return page;
}

protocol::SyncPage feedPage(const QString &bucket, qint64 from, const QList<protocol::FeedOp> &ops)
{
    return {bucket, from, from + ops.size() - 1, 1000, ops, {}};
}

bool anyFileContains(const QString &directory, const QByteArray &needle)
{
    const QStringList names = QDir(directory).entryList(QDir::Files);
    for (const QString &name : names) {
        QFile file(directory + u'/' + name);
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
            return true;
    }
    return false;
}

} // namespace

class TestFeedRepository : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void pageMovesRowsSumAndCursorTogether();
    void higherVersionWins();
    void refusesGap();
    void failedPageLeavesNoTrace();
    void snapshotShowsOnlyWhenWhole();
    void snapshotGoesOnAfterRestart();
    void snapshotOfAnotherHeadIsRefused();
    void resetKeepsOldRowsOnShow();
    void findsRowsThatRotted();
    void keepsUnknownFieldsWordForWord();
    void workerRowsAreSealedAndForgotten();
    void workerRowsOfAKilledRunAreSwept();
    void workerCellsCannotBeSwapped();
    void closedWorkerBucketIsNotFound();

private:
    template<typename Task>
    auto run(Task task)
    {
        return await(m_database->run(std::move(task)));
    }
    void open()
    {
        m_database.reset();
        m_database = std::make_unique<Database>(DatabaseSettings{m_dir->path()}, m_clock);
        QVERIFY(await(m_database->open()).ok());
    }
    void stage(const protocol::SnapshotPage &page)
    {
        const auto staged = run([page](StorageSession &s) { return s.feed().stage(page); });
        QVERIFY2(staged.ok(), qPrintable(staged ? QString() : staged.error().code));
    }
    BucketState state(const QString &bucket = u"d"_s)
    {
        return run([bucket](StorageSession &s) { return s.feed().state(bucket); }).value();
    }
    qsizetype rowCount(const QString &table = u"station"_s)
    {
        return run([table](StorageSession &s) { return s.feed().rows(table); })->size();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_database;
    riderport::test::FakeClock m_clock;
};

void TestFeedRepository::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    open();
}

void TestFeedRepository::cleanup()
{
    m_database.reset();
}

void TestFeedRepository::pageMovesRowsSumAndCursorTogether()
{
    stage(snapshot(u"d"_s, 0, 3, true));
    const auto sum = run([](StorageSession &s) {
        return s.feed().apply(feedPage(u"d"_s, 101,
                                       {{101, u"station"_s, u"0001"_s, false, 101, "{\"v\":2}"},
                                        {102, u"station"_s, u"0000"_s, true, 102, {}},
                                        {103, u"notice"_s, u"n1"_s, false, 103, "{}"}}),
                              1);
    });
    QVERIFY(sum.ok());
    protocol::BucketSum expected;
    expected.add(protocol::rowDigest(u"station"_s, u"0001"_s, 101, "{\"v\":2}"));
    expected.add(protocol::rowDigest(u"station"_s, u"0002"_s, 3, "{\"v\":1}"));
    expected.add(protocol::rowDigest(u"notice"_s, u"n1"_s, 103, "{}"));
    QCOMPARE(*sum, expected);
    const BucketState after = state();
    QCOMPARE(after.cursor, (protocol::Cursor{1, 103}));
    QCOMPARE(after.sum, expected);
    const auto row = run([](StorageSession &s) { return s.feed().row(u"station"_s, u"0001"_s); });
    QCOMPARE(row->value().body, QByteArray("{\"v\":2}"));
    QVERIFY(!run([](StorageSession &s) {
                 return s.feed().row(u"station"_s, u"0000"_s);
             })->has_value());
    const auto touched =
            run([](StorageSession &s) -> Result<QSet<QString>> { return s.feed().takeTouched(); });
    QCOMPARE(*touched, (QSet<QString>{u"station"_s, u"notice"_s}));
}

void TestFeedRepository::higherVersionWins()
{
    auto page = snapshot(u"d"_s, 0, 1, true);
    page.rows[0].version = 150; // changed while the snapshot was being read
    stage(page);
    const auto put = run([](StorageSession &s) {
        return s.feed().apply(feedPage(u"d"_s, 101,
                                       {{101, u"station"_s, u"0000"_s, false, 101, "{\"old\":1}"},
                                        {102, u"station"_s, u"0000"_s, true, 102, {}}}),
                              1);
    });
    QVERIFY(put.ok());
    const auto row = run([](StorageSession &s) { return s.feed().row(u"station"_s, u"0000"_s); });
    QCOMPARE(row->value().version, 150);
    QCOMPARE(put->rows, 1);
}

void TestFeedRepository::refusesGap()
{
    stage(snapshot(u"d"_s, 0, 1, true));
    for (const qint64 from : {qint64(100), qint64(102)}) {
        const auto gap = run([from](StorageSession &s) {
            return s.feed().apply(
                    feedPage(u"d"_s, from, {{from, u"a"_s, u"b"_s, false, from, "{}"}}), 1);
        });
        QVERIFY(!gap);
        QCOMPARE(gap.error().code, u"feed.gap"_s);
    }
    QCOMPARE(state().cursor.seq, 100);
}

void TestFeedRepository::failedPageLeavesNoTrace()
{
    stage(snapshot(u"d"_s, 0, 2, true));
    const BucketState before = state();
    const auto outcome = run([](StorageSession &s) {
        return s.inCache([&]() -> Result<void> {
            const auto applied = s.feed().apply(
                    feedPage(u"d"_s, 101, {{101, u"station"_s, u"0001"_s, true, 101, {}}}), 1);
            if (!applied)
                return applied.error();
            return base::Error{base::ErrorKind::Storage, u"test.stop"_s, {}};
        });
    });
    QVERIFY(!outcome);
    QCOMPARE(state().cursor, before.cursor);
    QCOMPARE(state().sum, before.sum);
    QCOMPARE(rowCount(), 2);
}

void TestFeedRepository::snapshotShowsOnlyWhenWhole()
{
    stage(snapshot(u"d"_s, 0, 5, false));
    QCOMPARE(rowCount(), 0);
    QVERIFY(!state().complete);
    stage(snapshot(u"d"_s, 5, 5, true));
    QCOMPARE(rowCount(), 10);
    QVERIFY(state().complete);
    QVERIFY(!state().stale);
    QCOMPARE(state().cursor, (protocol::Cursor{1, 100}));
    QCOMPARE(state().sum.rows, 10);
}

void TestFeedRepository::snapshotGoesOnAfterRestart()
{
    stage(snapshot(u"d"_s, 0, 5, false));
    open();
    const StageState stage_ = state().stage;
    QVERIFY(stage_.active);
    QCOMPARE(stage_.head, 100);
    QCOMPARE(stage_.afterTable, u"station"_s);
    QCOMPARE(stage_.afterId, u"0004"_s);
    stage(snapshot(u"d"_s, 5, 5, true));
    QCOMPARE(rowCount(), 10);
}

void TestFeedRepository::snapshotOfAnotherHeadIsRefused()
{
    stage(snapshot(u"d"_s, 0, 5, false));
    auto other = snapshot(u"d"_s, 5, 5, true);
    other.head = 101;
    const auto staged = run([other](StorageSession &s) { return s.feed().stage(other); });
    QCOMPARE(staged.error().code, u"feed.snapshot-moved"_s);
    QVERIFY(run([](StorageSession &s) { return s.feed().dropStage(u"d"_s); }).ok());
    QVERIFY(!state().stage.active);
}

void TestFeedRepository::resetKeepsOldRowsOnShow()
{
    stage(snapshot(u"d"_s, 0, 4, true));
    QVERIFY(run([](StorageSession &s) { return s.feed().markStale(u"d"_s); }).ok());
    QVERIFY(state().stale);
    QVERIFY(state().complete);
    QCOMPARE(state().resets, 1);
    stage(snapshot(u"d"_s, 0, 1, false));
    QCOMPARE(rowCount(), 4);
    stage(snapshot(u"d"_s, 1, 1, true));
    QCOMPARE(rowCount(), 2);
    QCOMPARE(state().sum.rows, 2);
}

void TestFeedRepository::findsRowsThatRotted()
{
    stage(snapshot(u"d"_s, 0, 50, true, "{\"rot\":\"AAAAAAAA\"}"));
    QCOMPARE(*run([](StorageSession &s) { return s.feed().verify({u"d"_s}); }), QStringList());
    m_database.reset();
    QFile file(m_dir->filePath(u"cache.db"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype at = bytes.indexOf("AAAAAAAA");
    QVERIFY(at > 0);
    bytes[at] = 'B'; // a valid page, a valid row, a wrong letter
    file.seek(0);
    file.write(bytes);
    file.close();
    open();
    QCOMPARE(*run([](StorageSession &s) { return s.feed().verify({u"d"_s}); }),
             QStringList{u"d"_s});
    QVERIFY(state().stale);
}

void TestFeedRepository::keepsUnknownFieldsWordForWord()
{
    const QByteArray body = R"({"from":"2030", "n":1.50,"名":"骑士"})";
    stage(snapshot(u"d"_s, 0, 1, true, body));
    CacheReader reader(*m_database);
    QCOMPARE(await(reader.row(u"station"_s, u"0000"_s))->value().body, body);
    QCOMPARE(await(reader.rows(u"station"_s))->first().body, body);
    QVERIFY(!await(reader.row(u"station"_s, u"none"_s))->has_value());
}

void TestFeedRepository::workerRowsAreSealedAndForgotten()
{
    const QString bucket = u"w:W4242424242"_s;
    QVERIFY(run([bucket](StorageSession &s) {
                return s.feed().openWorker(bucket, crypto::SealKey::generate());
            }).ok());
    stage(snapshot(bucket, 0, 200, true, kCanary));
    const auto applied = run([bucket](StorageSession &s) {
        return s.feed().apply(feedPage(bucket, 101,
                                       {{101, u"station"_s, u"0007"_s, false, 101, kCanary},
                                        {102, u"station"_s, u"0008"_s, true, 102, {}},
                                        {103, u"consent"_s, u"social"_s, false, 103, kCanary}}),
                              1);
    });
    QVERIFY(applied.ok());
    QCOMPARE(applied->rows, 200);
    QCOMPARE(rowCount(), 199);
    const auto row = run([](StorageSession &s) { return s.feed().row(u"consent"_s, u"social"_s); });
    QCOMPARE(row->value().body, QByteArray(kCanary));
    QCOMPARE(*run([bucket](StorageSession &s) { return s.feed().verify({bucket}); }),
             QStringList());
    for (const QByteArray &secret : {QByteArray(kCanary), QByteArray("W4242424242")})
        QVERIFY(!anyFileContains(m_dir->path(), secret));

    QVERIFY(run([bucket](StorageSession &s) { return s.feed().closeWorker(bucket); }).ok());
    QCOMPARE(rowCount(), 0);
    QCOMPARE(QFileInfo(m_dir->filePath(u"cache.db-wal"_s)).size(), 0);
    for (const QByteArray &secret : {QByteArray(kCanary), QByteArray("W4242424242")})
        QVERIFY(!anyFileContains(m_dir->path(), secret));
}

void TestFeedRepository::workerRowsOfAKilledRunAreSwept()
{
    const QString bucket = u"w:W7"_s;
    QVERIFY(run([bucket](StorageSession &s) {
                return s.feed().openWorker(bucket, crypto::SealKey::generate());
            }).ok());
    stage(snapshot(u"d"_s, 0, 3, true));
    stage(snapshot(bucket, 0, 500, true, QByteArray(300, 'p')));
    open(); // the key is gone
    const auto sizes = run([](StorageSession &s) -> Result<qsizetype> {
        return s.feed().rows(u""_s)->size(); // sealed rows carry no table name
    });
    QCOMPARE(*sizes, 0);
    QCOMPARE(rowCount(), 3);
}

void TestFeedRepository::workerCellsCannotBeSwapped()
{
    const crypto::SealKey key = crypto::SealKey::generate();
    const QByteArray here = crypto::seal(key, "body", "feed_row|a|body|1");
    QVERIFY(crypto::open(key, here, "feed_row|a|body|1").ok());
    QCOMPARE(crypto::open(key, here, "feed_row|b|body|1").error().code, u"seal.open"_s);
}

void TestFeedRepository::closedWorkerBucketIsNotFound()
{
    const auto state_ = run([](StorageSession &s) { return s.feed().state(u"w:W1"_s); });
    QCOMPARE(state_.error().code, u"feed.worker-closed"_s);
    const auto staged =
            run([](StorageSession &s) { return s.feed().stage(snapshot(u"w:W1"_s, 0, 1, true)); });
    QCOMPARE(staged.error().code, u"feed.worker-closed"_s);
}

QTEST_GUILESS_MAIN(TestFeedRepository)
#include "tst_feedrepository.moc"
