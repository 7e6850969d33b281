// SPDX-License-Identifier: Apache-2.0
#include "base/whendone.h"
#include "storage/database.h"
#include "storage/devicekeys.h"
#include "storage/feedrepository.h"
#include "storage/outboxrepository.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace riderport;
using namespace riderport::storage;
using namespace Qt::StringLiterals;
using base::ErrorKind;
using base::Result;
using riderport::test::await;

namespace {

void overwrite(const QString &path, qint64 offset, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

Result<QString> enqueueOne(StorageSession &session)
{
    return session.outbox().append({u"station"_s, u"usage.event"_s, "{\"n\":1}"});
}

// Runs `body` in a forked child; its return value is the exit code. QtSql and threads start fresh
// there because the parent has opened nothing yet.
template<typename Body>
int inChild(Body body)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(body());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

} // namespace

/// Damage, lost keys, a full disk, a disk that cannot be written: a clear error, and nothing lost.
class TestDatabaseFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void setsDamagedCacheAsideAndKeepsTheOutbox_data();
    void setsDamagedCacheAsideAndKeepsTheOutbox();
    void keepsDamagedLedgerAndSaysSo();
    void refusesLostKeyFile();
    void refusesDamagedKeyFile();
    void closesKeyFileToOthers();
    void readOnlyDirectoryIsAnError();
    void fullDiskIsAnErrorAndLosesNothing();

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

void TestDatabaseFaults::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestDatabaseFaults::cleanup()
{
    m_dir.reset();
}

void TestDatabaseFaults::setsDamagedCacheAsideAndKeepsTheOutbox_data()
{
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("header") << qint64(0) << QByteArray("this is no database at all, is it", 33);
    QTest::newRow("schema page") << qint64(100) << QByteArray(400, '\xff');
    QTest::newRow("row pages") << qint64(4096) << QByteArray(8192, '\x5a');
}

void TestDatabaseFaults::setsDamagedCacheAsideAndKeepsTheOutbox()
{
    QFETCH(qint64, offset);
    QFETCH(QByteArray, bytes);
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        QVERIFY(await(database->run(enqueueOne)).ok());
    }
    overwrite(path(u"cache.db"_s), offset, bytes);
    auto database = make();
    const auto report = await(database->open());
    QVERIFY2(report.ok(), qPrintable(report ? QString() : report.error().code));
    QVERIFY(report->cacheSetAside.startsWith(u"cache.db.damaged-"_s));
    QVERIFY(QFile::exists(path(report->cacheSetAside)));
    QCOMPARE(await(database->run([](StorageSession &s) { return s.outbox().counts(); }))->pending,
             1);
    const auto state =
            await(database->run([](StorageSession &s) { return s.feed().state(u"d"_s); }));
    QVERIFY(state.ok());
    QVERIFY(state->stale);
}

void TestDatabaseFaults::keepsDamagedLedgerAndSaysSo()
{
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        QVERIFY(await(database->run(enqueueOne)).ok());
    }
    overwrite(path(u"ledger.db"_s), 4096, QByteArray(20'000, '\x5a'));
    QFile original(path(u"ledger.db"_s));
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray before = original.readAll();
    original.close();
    for (int start = 0; start < 2; ++start) {
        auto database = make();
        const auto report = await(database->open());
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Corrupt);
        QCOMPARE(report.error().code, u"storage.ledger-damaged"_s);
    }
    QVERIFY(original.open(QIODevice::ReadOnly));
    QCOMPARE(original.readAll(), before);
    const QStringList copies = QDir(m_dir->path()).entryList({u"ledger.db.damaged-*"_s});
    QCOMPARE(copies.filter(QRegularExpression(u"damaged-[0-9-]+$"_s)).size(), 1);
    QFile copy(path(copies.first()));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), before);
}

void TestDatabaseFaults::refusesLostKeyFile()
{
    {
        auto database = make();
        QVERIFY(await(database->open()).ok());
        QVERIFY(await(database->run(enqueueOne)).ok());
    }
    QVERIFY(QFile::remove(path(u"device.keys"_s)));
    auto database = make();
    QCOMPARE(await(database->open()).error().code, u"storage.keys-lost"_s);
    QVERIFY(!QFile::exists(path(u"device.keys"_s)));
}

void TestDatabaseFaults::refusesDamagedKeyFile()
{
    const QString file = path(u"device.keys"_s);
    QVERIFY(DeviceKeys::create(file).ok());
    QFile keys(file);
    QVERIFY(keys.open(QIODevice::ReadOnly));
    const QByteArray whole = keys.readAll();
    keys.close();
    const QByteArrayList broken{
            whole.left(whole.size() / 2), {}, whole + "x", QByteArray(5000, ' ')};
    for (const QByteArray &bytes : broken) {
        QVERIFY(keys.open(QIODevice::WriteOnly | QIODevice::Truncate));
        keys.write(bytes);
        keys.close();
        const auto loaded = DeviceKeys::load(file);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, u"storage.keys-damaged"_s);
    }
}

void TestDatabaseFaults::closesKeyFileToOthers()
{
    const QString file = path(u"device.keys"_s);
    QVERIFY(DeviceKeys::create(file).ok());
    QVERIFY(QFile::setPermissions(file, QFile::permissions(file) | QFile::ReadOther));
    QVERIFY(DeviceKeys::load(file).ok());
    QVERIFY(!(QFile::permissions(file) & QFile::ReadOther));
}

void TestDatabaseFaults::readOnlyDirectoryIsAnError()
{
    QVERIFY(QFile::setPermissions(m_dir->path(), QFile::ReadOwner | QFile::ExeOwner |
                                                         QFile::ReadOther | QFile::ExeOther));
    const int code = inChild([this] {
        // Root may write everywhere; nobody may not.
        if (geteuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0))
            return 90;
        auto database = make();
        const auto report = await(database->open());
        if (report)
            return 91;
        return report.error().kind == ErrorKind::Storage &&
                               report.error().code == u"storage.read-only"_s
                       ? 0
                       : 92;
    });
    QVERIFY(QFile::setPermissions(m_dir->path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(code, 0);
}

void TestDatabaseFaults::fullDiskIsAnErrorAndLosesNothing()
{
    const int code = inChild([this] {
        auto database = make();
        if (!await(database->open()))
            return 90;
        // A file size limit stands in for the full disk: writes fail in the same places.
        signal(SIGXFSZ, SIG_IGN);
        rlimit limit{300 * 1024, 300 * 1024};
        setrlimit(RLIMIT_FSIZE, &limit);
        int written = 0;
        for (; written < 2000; ++written) {
            const auto id = await(database->run([](StorageSession &session) {
                return session.outbox().append({u"station"_s, u"usage.event"_s,
                                                "{\"pad\":\"" + QByteArray(4000, 'x') + "\"}"});
            }));
            if (!id) {
                if (id.error().kind != ErrorKind::Storage)
                    return 91;
                break;
            }
        }
        const auto counts =
                await(database->run([](StorageSession &s) { return s.outbox().counts(); }));
        if (!counts || counts->pending != written || written == 0 || written == 2000)
            return 92;
        QFile note(path(u"note"_s));
        if (!note.open(QIODevice::WriteOnly))
            return 93;
        note.write(QByteArray::number(written));
        return 0;
    });
    QCOMPARE(code, 0);
    QFile note(path(u"note"_s));
    QVERIFY(note.open(QIODevice::ReadOnly));
    auto database = make();
    QVERIFY(await(database->open()).ok());
    QCOMPARE(await(database->run([](StorageSession &s) { return s.outbox().counts(); }))->pending,
             note.readAll().toInt());
    // With room again, it goes on.
    QVERIFY(await(database->run(enqueueOne)).ok());
}

QTEST_GUILESS_MAIN(TestDatabaseFaults)
#include "tst_databasefaults.moc"
