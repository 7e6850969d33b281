// SPDX-License-Identifier: Apache-2.0
#include "base/whendone.h"
#include "storage/database.h"
#include "storage/devicerepository.h"
#include "storage/outboxrepository.h"
#include "storage/usedtokenrepository.h"
#include "storage/usedtokenstore.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace riderport;
using namespace riderport::storage;
using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using riderport::test::await;

namespace {

Result<QString> enqueueOne(StorageSession &session)
{
    return session.outbox().append({u"station"_s, u"usage.event"_s, "{\"n\":1}"});
}

} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void opensFreshAndAgain();
    void refusesSecondOwner();
    void tasksFailWhenNotOpen();
    void finishesQueuedTasksBeforeItGoes();
    void migratesStepByStep();
    void newerCompatibleSchemaIsAccepted();
    void newerIncompatibleLedgerIsRefused();
    void brokenMigrationChangesNothing();
    void rollsBackWholeTransactions();
    void usedTokensSurviveRestart();
    void usedTokensSurviveClockSetBack();
    void identitySurvivesRestartSealed();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    std::unique_ptr<Database> make(const QString &schema = {}) const
    {
        DatabaseSettings settings{m_dir->path()};
        if (!schema.isEmpty())
            settings.schemaDirectory = schema;
        return std::make_unique<Database>(settings, m_clock);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    mutable riderport::test::FakeClock m_clock;
};

void TestDatabase::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestDatabase::cleanup()
{
    m_dir.reset();
}

void TestDatabase::opensFreshAndAgain()
{
    QByteArray key;
    {
        auto database = make();
        const auto report = await(database->open());
        QVERIFY2(report.ok(), qPrintable(report ? QString() : report.error().detail));
        QVERIFY(!report->identity);
        QVERIFY(report->cacheSetAside.isEmpty());
        key = report->deviceKey.publicKey;
        QVERIFY(await(database->run(enqueueOne)).ok());
    }
    auto database = make();
    const auto report = await(database->open());
    QVERIFY(report.ok());
    QCOMPARE(report->deviceKey.publicKey, key);
    const auto counts =
            await(database->run([](StorageSession &session) { return session.outbox().counts(); }));
    QCOMPARE(counts->pending, 1);
    QCOMPARE(QFile::permissions(path(u"device.keys"_s)) &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
}

void TestDatabase::refusesSecondOwner()
{
    auto first = make();
    QVERIFY(await(first->open()).ok());
    // Another process: the lock must hold across processes, not only inside this one.
    const pid_t child = fork();
    if (child == 0) {
        const QByteArray lock = QFile::encodeName(path(u"lock"_s));
        execlp("flock", "flock", "--nonblock", "--exclusive", lock.constData(), "true", nullptr);
        _exit(99);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(WEXITSTATUS(status), 1);
    auto second = make();
    const auto report = await(second->open());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Conflict);
    QCOMPARE(report.error().code, u"storage.in-use"_s);
    first.reset();
    auto third = make();
    QVERIFY(await(third->open()).ok());
}

void TestDatabase::tasksFailWhenNotOpen()
{
    auto database = make();
    const auto early = await(database->run(enqueueOne));
    QCOMPARE(early.error().code, u"storage.closed"_s);
    QFile bad(path(u"device.keys"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("not keys");
    bad.close();
    QCOMPARE(await(database->open()).error().code, u"storage.keys-damaged"_s);
    QCOMPARE(await(database->run(enqueueOne)).error().code, u"storage.keys-damaged"_s);
}

void TestDatabase::finishesQueuedTasksBeforeItGoes()
{
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        for (int i = 0; i < 20; ++i)
            (void)database->run(enqueueOne);
    }
    auto database = make();
    QVERIFY(await(database->open()).ok());
    QCOMPARE(await(database->run([](StorageSession &s) { return s.outbox().counts(); }))->pending,
             20);
}

namespace {

// A copy of the shipped schema with more migrations on top.
QString schemaWith(const QTemporaryDir &dir, const QString &ledgerExtra)
{
    const QString root = dir.filePath(u"schema"_s);
    for (const QString &part : {u"cache"_s, u"ledger"_s}) {
        QDir().mkpath(root + u'/' + part);
        const QString from = u":/riderport/schema/terminal/"_s + part;
        for (const QString &name : QDir(from).entryList())
            QFile::copy(from + u'/' + name, root + u'/' + part + u'/' + name);
    }
    QFile extra(root + u"/ledger/0002_extra.sql"_s);
    if (!ledgerExtra.isEmpty() && extra.open(QIODevice::WriteOnly))
        extra.write(ledgerExtra.toUtf8());
    return root;
}

} // namespace

void TestDatabase::migratesStepByStep()
{
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        QVERIFY(await(database->run(enqueueOne)).ok());
    }
    const QString schema = schemaWith(*m_dir, u"-- oldest-compatible: 1\n"
                                              "CREATE TABLE note (id INTEGER PRIMARY KEY);\n"
                                              "ALTER TABLE outbox ADD COLUMN extra TEXT;\n"_s);
    {
        auto database = make(schema);
        QVERIFY(await(database->open()).ok());
        QCOMPARE(await(database->run([](StorageSession &s) {
                     return s.outbox().counts();
                 }))->pending,
                 1);
    }
    QSqlDatabase raw = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
    raw.setDatabaseName(path(u"ledger.db"_s));
    QVERIFY(raw.open());
    QSqlQuery query(u"SELECT number, oldest_compatible FROM schema_history ORDER BY number"_s, raw);
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toInt(), 1);
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toInt(), 2);
    QVERIFY(!query.next());
}

void TestDatabase::newerCompatibleSchemaIsAccepted()
{
    const QString schema =
            schemaWith(*m_dir, u"-- oldest-compatible: 1\nCREATE TABLE note (id INTEGER);\n"_s);
    {
        auto newer = make(schema);
        QVERIFY(await(newer->open()).ok());
        QVERIFY(await(newer->run(enqueueOne)).ok());
    }
    auto older = make();
    QVERIFY(await(older->open()).ok());
    QCOMPARE(await(older->run([](StorageSession &s) { return s.outbox().counts(); }))->pending, 1);
}

void TestDatabase::newerIncompatibleLedgerIsRefused()
{
    const QString schema =
            schemaWith(*m_dir, u"-- oldest-compatible: 2\nCREATE TABLE note (id INTEGER);\n"_s);
    {
        auto newer = make(schema);
        QVERIFY(await(newer->open()).ok());
    }
    auto older = make();
    const auto report = await(older->open());
    QVERIFY(!report);
    QCOMPARE(report.error().code, u"storage.newer-schema"_s);
}

void TestDatabase::brokenMigrationChangesNothing()
{
    const QString schema = schemaWith(
            *m_dir,
            u"-- oldest-compatible: 1\nCREATE TABLE note (id INTEGER);\nNO SUCH THING;\n"_s);
    {
        auto broken = make(schema);
        QVERIFY(!await(broken->open()));
    }
    QSqlDatabase raw = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"look"_s);
    raw.setDatabaseName(path(u"ledger.db"_s));
    QVERIFY(raw.open());
    QSqlQuery query(u"SELECT count(*) FROM sqlite_master WHERE name = 'note'"_s, raw);
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toInt(), 0);
    QVERIFY(query.exec(u"PRAGMA user_version"_s) && query.next());
    QCOMPARE(query.value(0).toInt(), 1);
}

void TestDatabase::rollsBackWholeTransactions()
{
    auto database = make();
    QVERIFY(await(database->open()).ok());
    const auto outcome = await(database->run([](StorageSession &session) {
        return session.inLedger([&]() -> Result<void> {
            const auto first = enqueueOne(session);
            if (!first)
                return first.error();
            return base::Error{ErrorKind::Invalid, u"test.stop"_s, {}};
        });
    }));
    QCOMPARE(outcome.error().code, u"test.stop"_s);
    QCOMPARE(await(database->run([](StorageSession &s) { return s.outbox().counts(); }))->pending,
             0);
}

void TestDatabase::usedTokensSurviveRestart()
{
    const QByteArray kid("\x01\x02\x03\x04", 4);
    const QByteArray nonce("\xaa\xbb\xcc\xdd", 4);
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        UsedTokenStore store(*database, m_clock);
        QVERIFY(await(store.remember(kid, nonce, m_clock.wallMs() + 60'000)).ok());
        QVERIFY(await(store.remember(kid, "\x01\x02\x03\x05", m_clock.wallMs() + 60'000)).ok());
    }
    auto database = make();
    QVERIFY(await(database->open()).ok());
    UsedTokenStore store(*database, m_clock);
    const auto again = await(store.remember(kid, nonce, m_clock.wallMs() + 60'000));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Replay);
    QCOMPARE(again.error().code, u"token.replayed"_s);
}

void TestDatabase::usedTokensSurviveClockSetBack()
{
    auto database = make();
    QVERIFY(await(database->open()).ok());
    UsedTokenStore store(*database, m_clock);
    const qint64 expires = m_clock.wallMs() + 30'000;
    QVERIFY(await(store.remember("kid1", "once", expires)).ok());
    m_clock.jumpWall(86'400'000);
    QVERIFY(await(store.remember("kid1", "next", expires + 86'400'000)).ok());
    m_clock.jumpWall(-86'400'000);
    QCOMPARE(await(store.remember("kid1", "once", expires)).error().code, u"token.replayed"_s);
    // Long after, it is forgotten: the table does not grow for ever.
    m_clock.jumpWall(UsedTokenRepository::kMemoryMs + 60'000);
    QVERIFY(await(store.remember("kid1", "late", m_clock.wallMs())).ok());
    QVERIFY(await(store.remember("kid1", "once", m_clock.wallMs())).ok());
}

void TestDatabase::identitySurvivesRestartSealed()
{
    const DeviceIdentity identity{base::DeviceId(u"K-0123456789abcdef"_s),
                                  base::StationId(u"ST01"_s),
                                  420303,
                                  u"app-key"_s,
                                  "gateway-secret-canary",
                                  QByteArray(32, 'k'),
                                  {{QByteArray(4, 'i'), QByteArray(32, 'p')}}};
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        QVERIFY(await(database->run([identity](StorageSession &s) {
                    return s.device().store(identity);
                })).ok());
    }
    for (const QString &name : {u"ledger.db"_s, u"ledger.db-wal"_s}) {
        QFile file(path(name));
        if (file.open(QIODevice::ReadOnly))
            QVERIFY(!file.readAll().contains("gateway-secret-canary"));
    }
    auto database = make();
    const auto report = await(database->open());
    QVERIFY(report.ok());
    QCOMPARE(report->identity, std::optional(identity));
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
