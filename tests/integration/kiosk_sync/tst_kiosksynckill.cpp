// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "storage/outboxrepository.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fakedistrict.h"
#include "support/rawhttpserver.h"
#include "sync/outbox.h"
#include "sync/syncengine.h"
#include "transport/qthttptransport.h"
#include "transport/signedclient.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;
using riderport::test::await;
using riderport::test::FakeDistrict;
using riderport::test::RawHttpServer;

namespace {

constexpr int kKills = 200;
constexpr int kBrokenKills = 60;
constexpr int kFeedRows = 40;

} // namespace

/// Kills the real engine, as a process over real sockets, at random moments, again and again on the
/// same files. After each kill: the cursor is not ahead of the rows, and no operation that was
/// reported as stored is missing. At the end: the cache equals the district and every operation was
/// carried out exactly once.
class TestKioskSyncKill : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survivesKills();
    void brokenModeIsCaught();

private:
    struct Run
    {
        QTemporaryDir directory;
        FakeDistrict district;
        QRandomGenerator dice{0};
        QSet<int> stored; ///< operations the child reported as stored
        int next = 1;
        int cutReplies = 0;
        int changes = 0;
    };
    static RawHttpServer::Answer answer(Run &run, const transport::HttpRequest &request);
    static void change(Run &run);
    void killOnce(Run &run, const QUrl &url, bool broken);
    static QString cursorFault(const Run &run);
    static QString outboxFault(const Run &run);
};

RawHttpServer::Answer TestKioskSyncKill::answer(Run &run, const transport::HttpRequest &request)
{
    // The district moves on while the kiosk asks.
    if (run.dice.bounded(2) == 0)
        change(run);
    auto outcome = run.district.answer(request);
    if (!outcome) {
        change(run);
        outcome = run.district.answer(request);
    }
    if (run.dice.bounded(20) == 0) {
        ++run.cutReplies;
        return {}; // carried out, reply lost
    }
    return {RawHttpServer::whole(outcome->value())};
}

void TestKioskSyncKill::change(Run &run)
{
    for (int i = run.dice.bounded(1, 30); i > 0; --i) {
        const QString id = QString::number(run.dice.bounded(kFeedRows));
        if (run.dice.bounded(5) == 0)
            run.district.remove(u"d"_s, u"t"_s, id);
        else
            run.district.put(u"d"_s, u"t"_s, id,
                             QByteArray::number(++run.changes) + QByteArray(200, '.'));
    }
}

void TestKioskSyncKill::killOnce(Run &run, const QUrl &url, bool broken)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{url.toString(), run.directory.path(), QString::number(run.next)};
    if (broken)
        arguments.append(u"broken"_s);
    child.start(QStringLiteral(KIOSK_SYNC_CHILD), arguments);
    QVERIFY(child.waitForStarted());
    // From the first line on the files are open; before that, opening itself is what gets killed.
    if (run.dice.bounded(5) != 0)
        QTRY_VERIFY_WITH_TIMEOUT(child.canReadLine(), 20'000);
    QTest::qWait(run.dice.bounded(broken ? 25 : 120));
    child.kill();
    QTRY_COMPARE(child.state(), QProcess::NotRunning);
    const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines.mid(0, lines.size() - 1)) {
        QVERIFY(line.startsWith("op "));
        run.stored.insert(line.mid(3).toInt());
    }
    run.next += 100'000; // numbers of a killed child are never used again
}

QString TestKioskSyncKill::cursorFault(const Run &run)
{
    QString fault;
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"check"_s);
        file.setDatabaseName(run.directory.filePath(u"cache.db"_s));
        file.open();
        QSqlQuery head(u"SELECT seq, live_set FROM bucket WHERE name = 'd' AND live_set > 0"_s,
                       file);
        if (head.next()) {
            const qint64 seq = head.value(0).toLongLong();
            QMap<QString, qint64> versions;
            QSqlQuery rows(file);
            rows.prepare(u"SELECT row_id, ver FROM feed_row WHERE set_id = ?"_s);
            rows.addBindValue(head.value(1));
            rows.exec();
            while (rows.next())
                versions.insert(rows.value(0).toString(), rows.value(1).toLongLong());
            // What the row was at the cursor; a snapshot may hold it newer than that, never older.
            QMap<QString, protocol::FeedOp> atCursor;
            QSet<QString> changedLater;
            for (const protocol::FeedOp &op : run.district.buckets.value(u"d"_s).history) {
                if (op.seq <= seq)
                    atCursor.insert(op.id, op);
                else
                    changedLater.insert(op.id);
            }
            for (const protocol::FeedOp &op : std::as_const(atCursor)) {
                const qint64 have = versions.value(op.id, 0);
                const bool older =
                        op.isDelete ? have > 0 && have < op.seq
                                    : have < op.seq && !(have == 0 && changedLater.contains(op.id));
                if (older)
                    fault = u"row %1 is at %2, cursor %3 says %4"_s.arg(op.id)
                                    .arg(have)
                                    .arg(seq)
                                    .arg(op.seq);
            }
        }
    }
    QSqlDatabase::removeDatabase(u"check"_s);
    return fault;
}

QString TestKioskSyncKill::outboxFault(const Run &run)
{
    riderport::test::FakeClock clock;
    storage::Database database({run.directory.path()}, clock);
    const auto opened = await(database.open());
    if (!opened)
        return opened.error().code;
    const auto rows = await(database.run(
            [](storage::StorageSession &s) { return s.outbox().nextBatch(1'000'000, 1 << 30); }));
    if (!rows)
        return rows.error().code;
    QSet<int> present;
    for (const storage::OutboxRow &row : *rows)
        present.insert(row.operation.body.toInt());
    for (const protocol::Operation &op : run.district.effects)
        present.insert(op.body.toInt());
    for (const int number : run.stored) {
        if (!present.contains(number))
            return u"operation %1 is lost"_s.arg(number);
    }
    return {};
}

void TestKioskSyncKill::survivesKills()
{
    const quint32 seed = qEnvironmentVariableIntValue("RIDERPORT_SEED") > 0
                                 ? quint32(qEnvironmentVariableIntValue("RIDERPORT_SEED"))
                                 : 20'261'123;
    qInfo("seed %u", seed);
    Run run;
    run.dice.seed(seed);
    for (int i = 0; i < kFeedRows; ++i)
        run.district.put(u"d"_s, u"t"_s, QString::number(i), "first");
    run.district.snapshotRows = 7;
    run.district.pageOps = 5;
    RawHttpServer server([&](const transport::HttpRequest &r) { return answer(run, r); });
    int midway = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        killOnce(run, server.url(), false);
        if (QTest::currentTestFailed())
            return;
        const QString cursor = cursorFault(run);
        QVERIFY2(cursor.isEmpty(), qPrintable(u"kill %1: "_s.arg(kill) + cursor));
        const QString outbox = outboxFault(run);
        QVERIFY2(outbox.isEmpty(), qPrintable(u"kill %1: "_s.arg(kill) + outbox));
        midway += run.stored.size() > run.district.effects.size() ? 1 : 0;
        // Now and then everything is pulled anew, so that kills meet snapshots as well.
        if (kill % 10 == 9)
            run.district.resetOnce = {u"d"_s};
    }
    // The last life: nobody kills, the district stands still, everything must come together.
    base::SystemClock clock;
    auto transport = std::move(transport::QtHttpTransport::create(server.url()).value());
    storage::Database database({run.directory.path()}, clock);
    const auto opened = await(database.open());
    QVERIFY(opened.ok());
    transport::SignedClient client(*transport, clock);
    client.setIdentity("K-1", opened->deviceKey);
    sync::Outbox outbox(database);
    sync::SyncTiming timing;
    timing.waitMs = 100;
    timing.minTurnMs = 0;
    timing.uniform = [] { return 0.01; };
    sync::SyncEngine engine(database, client, outbox, clock, base::StationId(u"ST01"_s), timing);
    engine.start();
    const auto drained = [&] {
        const auto counts =
                await(database.run([](storage::StorageSession &s) { return s.outbox().counts(); }));
        return counts && counts->pending == 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(drained(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(engine.state().firstLoadComplete, 30'000);
    engine.stop();
    QMap<int, int> times;
    for (const protocol::Operation &op : run.district.effects)
        ++times[op.body.toInt()];
    for (const int number : std::as_const(run.stored))
        QCOMPARE(times.value(number), 1);
    for (auto it = times.cbegin(); it != times.cend(); ++it)
        QVERIFY2(it.value() == 1, qPrintable(u"operation %1 twice"_s.arg(it.key())));
    QVERIFY(run.stored.size() > kKills);
    QVERIFY(run.cutReplies > 0);
    qInfo("%d kills, %lld operations stored, %lld carried out, %d kills with work left, %d replies "
          "cut, feed at %lld",
          kKills, qlonglong(run.stored.size()), qlonglong(run.district.effects.size()), midway,
          run.cutReplies, qlonglong(run.district.buckets.value(u"d"_s).seq));
}

void TestKioskSyncKill::brokenModeIsCaught()
{
    Run run;
    run.dice.seed(7);
    for (int i = 0; i < kFeedRows; ++i)
        run.district.put(u"d"_s, u"t"_s, QString::number(i), "first");
    RawHttpServer server([&](const transport::HttpRequest &r) { return answer(run, r); });
    // One sound life first, so that there is a set to break.
    QString fault;
    for (int kill = 0; kill < kBrokenKills && fault.isEmpty(); ++kill) {
        killOnce(run, server.url(), kill > 2);
        if (QTest::currentTestFailed())
            return;
        fault = cursorFault(run);
    }
    QVERIFY2(!fault.isEmpty(), "a cursor written apart from its rows went unnoticed");
    qInfo("caught: %s", qPrintable(fault));
}

QTEST_GUILESS_MAIN(TestKioskSyncKill)
#include "tst_kiosksynckill.moc"
