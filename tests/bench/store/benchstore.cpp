// SPDX-License-Identifier: Apache-2.0
// bench_store [--json]: the kiosk's store beside raw SQLite in the same run, interleaved, medians.
// Prints "BENCH {json}" lines; with --json bare JSON lines that carry ratio, budget and verdict.
#include "base/clock.h"
#include "protocol/syncmessages.h"
#include "protocol/zstdcodec.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "storage/outboxrepository.h"
#include "support/await.h"
#include "sync/outbox.h"
#include "syncround.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace riderport;
using namespace Qt::StringLiterals;
using base::Result;
using riderport::test::await;
using storage::StorageSession;

namespace {

constexpr int kRows = 10'000;
constexpr int kPageRows = 500;
constexpr int kLoadRounds = 7;
constexpr int kAppendRounds = 30;
constexpr int kAppendsPerRound = 20;
constexpr double kLoadBudget = 2.0;
constexpr double kAppendBudget = 1.3;

double seconds(clockid_t id)
{
    timespec now{};
    clock_gettime(id, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

// About 425 bytes of JSON each, like the catalogue rows the protocol was measured with.
QByteArray bodyOf(int i, int version)
{
    return "{\"id\":\"svc-" + QByteArray::number(i) + "\",\"v\":" + QByteArray::number(version) +
           ",\"title\":{\"zh\":\"社保参保与缴费记录查询\",\"en\":\"Social insurance records\"},"
           "\"text\":\"" +
           QByteArray::number(i * 7919).repeated(40).left(280) + "\"}";
}

QString idOf(int i)
{
    return QString::number(i).rightJustified(6, u'0');
}

class Raw
{
public:
    Raw(const QString &path, const char *synchronous)
    {
        sqlite3_open(path.toUtf8().constData(), &m_file);
        run("PRAGMA journal_mode=WAL");
        run(synchronous);
    }
    ~Raw()
    {
        sqlite3_finalize(m_statement);
        sqlite3_close(m_file);
    }
    Raw(const Raw &) = delete;
    Raw &operator=(const Raw &) = delete;
    void run(const char *sql)
    {
        if (sqlite3_exec(m_file, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql, sqlite3_errmsg(m_file));
    }
    sqlite3_stmt *prepare(const char *sql)
    {
        if (sqlite3_prepare_v2(m_file, sql, -1, &m_statement, nullptr) != SQLITE_OK)
            qFatal("%s: %s", sql, sqlite3_errmsg(m_file));
        return m_statement;
    }

private:
    sqlite3 *m_file = nullptr;
    sqlite3_stmt *m_statement = nullptr;
};

QList<protocol::SnapshotPage> snapshotPages()
{
    QList<protocol::SnapshotPage> pages;
    for (int first = 0; first < kRows; first += kPageRows) {
        protocol::SnapshotPage page{1, u"d"_s, kRows, {}, first + kPageRows >= kRows, {}};
        for (int i = first; i < first + kPageRows; ++i)
            page.rows.append({u"service"_s, idOf(i), i + 1, bodyOf(i, 0)});
        page.sha256 = page.computedSha256();
        pages.append(page);
    }
    return pages;
}

double rawLoad(const QString &directory)
{
    Raw raw(directory + u"/raw.db"_s, "PRAGMA synchronous=NORMAL");
    raw.run("CREATE TABLE feed_row (set_id INTEGER NOT NULL, tbl TEXT NOT NULL, row_id TEXT NOT "
            "NULL, ver INTEGER NOT NULL, digest INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY "
            "(set_id, tbl, row_id)) WITHOUT ROWID");
    QList<QByteArray> ids;
    QList<QByteArray> bodies;
    for (int i = 0; i < kRows; ++i) {
        ids.append(idOf(i).toUtf8());
        bodies.append(bodyOf(i, 0));
    }
    const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    sqlite3_stmt *insert = raw.prepare("INSERT INTO feed_row VALUES (1, 'service', ?, ?, ?, ?)");
    for (int i = 0; i < kRows; ++i) {
        if (i % kPageRows == 0)
            raw.run("BEGIN");
        sqlite3_bind_text(insert, 1, ids[i].constData(), int(ids[i].size()), SQLITE_STATIC);
        sqlite3_bind_int64(insert, 2, i + 1);
        sqlite3_bind_int64(insert, 3, i);
        sqlite3_bind_blob(insert, 4, bodies[i].constData(), int(bodies[i].size()), SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            qFatal("insert");
        sqlite3_reset(insert);
        if (i % kPageRows == kPageRows - 1)
            raw.run("COMMIT");
    }
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
}

std::unique_ptr<storage::Database> opened(const QString &directory, const base::Clock &clock)
{
    auto database =
            std::make_unique<storage::Database>(storage::DatabaseSettings{directory}, clock);
    if (const auto report = await(database->open()); !report)
        qFatal("%s", qPrintable(report.error().code));
    return database;
}

// Everything from the compressed bytes to the rows on show.
double fullLoad(storage::Database &database, const QList<QByteArray> &compressed)
{
    const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (const QByteArray &bytes : compressed) {
        const auto outcome = await(database.run([bytes](StorageSession &session) {
            return sync::SyncRound(session).applySnapshot(u"d"_s, bytes, "zstd");
        }));
        if (!outcome || outcome->retry)
            qFatal("snapshot page refused");
    }
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
}

// Only what the store does: sums, sets, rows, cursors.
double storeLoad(storage::Database &database, const QList<protocol::SnapshotPage> &pages)
{
    const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (const protocol::SnapshotPage &page : pages) {
        if (!await(database.run([page](StorageSession &s) { return s.feed().stage(page); })))
            qFatal("stage");
    }
    return seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
}

double incremental(storage::Database &database, int changes, qint64 &head)
{
    protocol::SyncReply reply;
    reply.epoch = 1;
    reply.serverTimeMs = 1;
    protocol::SyncPage page{u"d"_s, head + 1, head + changes, head + changes, {}, {}};
    for (int i = 0; i < changes; ++i) {
        const qint64 seq = head + 1 + i;
        const int row = int((seq * 7919) % kRows);
        page.ops.append({seq, u"service"_s, idOf(row), false, seq, bodyOf(row, int(seq))});
    }
    page.sha256 = page.computedSha256();
    reply.pages.append(page);
    const QByteArray bytes = protocol::zstdCompress(protocol::encodeSyncReply(reply));
    const QMap<QString, protocol::Cursor> asked{{u"d"_s, {1, head}}};
    const double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    const auto outcome = await(database.run([asked, bytes](StorageSession &session) {
        return sync::SyncRound(session).applySync(asked, bytes, "zstd", 0);
    }));
    const double spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
    if (!outcome || outcome->retry)
        qFatal("page refused");
    head += changes;
    return spent;
}

class Report
{
public:
    explicit Report(bool bare)
        : m_bare(bare)
    {}
    void figure(const QString &name, double ours, double peer, const QString &unit, double budget)
    {
        QJsonObject line{{u"name"_s, name}, {u"ours"_s, ours}, {u"unit"_s, unit}};
        if (peer > 0)
            line.insert(u"peer"_s, peer);
        if (m_bare && peer > 0)
            line.insert(u"ratio"_s, ours / peer);
        if (m_bare && budget > 0) {
            line.insert(u"budget"_s, budget);
            line.insert(u"ok"_s, ours / peer <= budget);
        }
        std::printf("%s%s\n", m_bare ? "" : "BENCH ",
                    QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
    }

private:
    bool m_bare;
};

void benchLoad(Report &report, const base::Clock &clock)
{
    const auto pages = snapshotPages();
    QList<QByteArray> compressed;
    for (const protocol::SnapshotPage &page : pages)
        compressed.append(protocol::zstdCompress(protocol::encodeSnapshotPage(page)));
    QList<double> raw;
    QList<double> full;
    QList<double> store;
    for (int round = 0; round < kLoadRounds; ++round) {
        const QTemporaryDir a;
        const QTemporaryDir b;
        const QTemporaryDir c;
        raw.append(rawLoad(a.path()) * 1e3);
        full.append(fullLoad(*opened(b.path(), clock), compressed) * 1e3);
        store.append(storeLoad(*opened(c.path(), clock), pages) * 1e3);
    }
    report.figure(u"sync.first.10k"_s, median(full), median(raw), u"ms CPU"_s, kLoadBudget);
    report.figure(u"sync.first.10k.store"_s, median(store), median(raw), u"ms CPU"_s, 0);
}

void benchIncremental(Report &report, const base::Clock &clock)
{
    const QTemporaryDir directory;
    const auto database = opened(directory.path(), clock);
    storeLoad(*database, snapshotPages());
    qint64 head = kRows;
    for (const int changes : {1, 10, 100, 1000}) {
        QList<double> spent;
        for (int round = 0; round < 9; ++round)
            spent.append(incremental(*database, changes, head) * 1e6);
        report.figure(u"sync.incremental.%1"_s.arg(changes), median(spent) / changes, 0,
                      u"us CPU per change"_s, 0);
    }
}

void benchAppend(Report &report, const base::Clock &clock)
{
    const QTemporaryDir directory;
    const auto database = opened(directory.path(), clock);
    sync::Outbox outbox(*database);
    Raw raw(directory.filePath(u"raw.db"_s), "PRAGMA synchronous=FULL");
    raw.run("CREATE TABLE op (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body BLOB NOT NULL)");
    sqlite3_stmt *insert = raw.prepare("INSERT INTO op (id, body) VALUES (randomblob(16), ?)");
    const QByteArray body = bodyOf(1, 1);
    QList<double> ours;
    QList<double> peer;
    for (int i = 0; i < kAppendRounds * kAppendsPerRound; ++i) {
        double start = seconds(CLOCK_MONOTONIC);
        sqlite3_bind_blob(insert, 1, body.constData(), int(body.size()), SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            qFatal("insert");
        sqlite3_reset(insert);
        peer.append((seconds(CLOCK_MONOTONIC) - start) * 1e6);
        start = seconds(CLOCK_MONOTONIC);
        auto queued = outbox.enqueue({u"ST01"_s, u"usage.event"_s, body});
        queued.waitForFinished();
        ours.append((seconds(CLOCK_MONOTONIC) - start) * 1e6);
        if (!queued.result())
            qFatal("append");
        // The count that follows every append is not part of it.
        QCoreApplication::processEvents();
        (void)await(database->run([](StorageSession &s) { return s.outbox().counts(); }));
    }
    report.figure(u"outbox.append"_s, median(ours), median(peer), u"us"_s, kAppendBudget);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    Report report(QCoreApplication::arguments().contains(u"--json"_s));
    const base::SystemClock clock;
    benchLoad(report, clock);
    benchIncremental(report, clock);
    benchAppend(report, clock);
    return 0;
}
