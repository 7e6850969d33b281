// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"
#include "storage/database.h"
#include "storage/outboxrepository.h"
#include "support/await.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace riderport::storage;
using namespace Qt::StringLiterals;
using base::Result;
using protocol::OpResult;
using riderport::test::await;

/// Another boot of the same machine: the monotonic clock starts anew.
class RebootedClock final : public base::Clock
{
public:
    explicit RebootedClock(qint64 wallMs)
        : m_wall(wallMs)
    {}
    [[nodiscard]] qint64 wallMs() const override { return m_wall; }
    [[nodiscard]] qint64 monotonicMs() const override { return 5; }
    [[nodiscard]] QString bootId() const override { return u"second-boot"_s; }

private:
    qint64 m_wall;
};

class TestOutboxRepository : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_database.reset(); }
    void keepsWhatItWasGiven();
    void refusesBadOperations();
    void bodyAndLaneAreSealed();
    void batchIsBounded();
    void usageComesLast();
    void waitingOperationHoldsBackItsLaneOnly();
    void acknowledgedIsKeptUntilDurableAndADayOld();
    void retentionSurvivesReboot();
    void refusalStaysUntilSeenAndDurable();
    void newEpochSendsEverythingAgain();
    void duplicateAnswerChangesNothing();
    void restartVoidsWaitingTimes();

private:
    template<typename Task>
    auto run(Task task)
    {
        return await(m_database->run(std::move(task)));
    }
    void open(const base::Clock &clock)
    {
        m_database.reset();
        m_database = std::make_unique<Database>(DatabaseSettings{m_dir->path()}, clock);
        QVERIFY(await(m_database->open()).ok());
    }
    QString add(const QString &lane, const QByteArray &body = "{}", bool low = false)
    {
        return run([=](StorageSession &s) {
                   return s.outbox().append({lane, u"usage.event"_s, body, low});
               })
                .value();
    }
    QStringList batch(int maxOps = 64, qsizetype maxBytes = 256 * 1024)
    {
        QStringList ids;
        const auto rows =
                run([=](StorageSession &s) { return s.outbox().nextBatch(maxOps, maxBytes); });
        for (const OutboxRow &row : *rows)
            ids.append(row.operation.opId);
        return ids;
    }
    bool record(const QString &opId, OpResult::Status status, qint64 seq, qint64 epoch = 1,
                qint64 delay = 0)
    {
        const OpResult result{opId, status, u"some.code"_s, {{u"k"_s, 1}}, seq, false};
        return run([=](StorageSession &s) { return s.outbox().recordResult(result, epoch, delay); })
                .value();
    }
    int settle(qint64 epoch, qint64 durable)
    {
        return run([=](StorageSession &s) { return s.outbox().settle(epoch, durable); }).value();
    }
    OutboxCounts counts()
    {
        return run([](StorageSession &s) { return s.outbox().counts(); }).value();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_database;
    riderport::test::FakeClock m_clock;
};

void TestOutboxRepository::init()
{
    m_clock.jumpWall(1'795'000'000'000 - m_clock.wallMs());
    m_dir = std::make_unique<QTemporaryDir>();
    open(m_clock);
}

void TestOutboxRepository::keepsWhatItWasGiven()
{
    const QString id = add(u"W1"_s, "{\"a\":1}");
    QVERIFY(!base::uuidV7FromString(id).isEmpty());
    m_clock.advance(1500);
    const auto rows = run([](StorageSession &s) { return s.outbox().nextBatch(64, 1000); });
    QCOMPARE(rows->size(), 1);
    const protocol::Operation &op = rows->first().operation;
    QCOMPARE(op.opId, id);
    QCOMPARE(op.lane, u"W1"_s);
    QCOMPARE(op.kind, u"usage.event"_s);
    QCOMPARE(op.body, QByteArray("{\"a\":1}"));
    QCOMPARE(op.ageMs, 1500);
    const RebootedClock later(m_clock.wallMs());
    open(later);
    const auto again = run([](StorageSession &s) { return s.outbox().nextBatch(64, 1000); });
    QCOMPARE(again->first().operation.opId, id);
    QCOMPARE(again->first().operation.ageMs, -1); // nobody knows how long the machine was off
}

void TestOutboxRepository::refusesBadOperations()
{
    const auto append = [this](const NewOperation &operation) {
        return run([operation](StorageSession &s) { return s.outbox().append(operation); });
    };
    QCOMPARE(append({u""_s, u"k"_s, "{}"}).error().code, u"outbox.field"_s);
    QCOMPARE(append({u"l"_s, QString(65, u'k'), "{}"}).error().code, u"outbox.field"_s);
    QCOMPARE(append({u"a\nb"_s, u"k"_s, "{}"}).error().code, u"outbox.field"_s);
    QCOMPARE(append({u"l"_s, u"k"_s, {}}).error().code, u"outbox.field"_s);
    QCOMPARE(append({u"l"_s, u"k"_s, QByteArray(256 * 1024 + 1, 'x')}).error().code,
             u"outbox.too-large"_s);
    QVERIFY(append({u"l"_s, u"k"_s, QByteArray(256 * 1024, 'x')}).ok());
}

void TestOutboxRepository::bodyAndLaneAreSealed()
{
    add(u"W4242424242"_s, "{\"worker\":\"CANARY-name\"}");
    m_database.reset();
    const QStringList names = QDir(m_dir->path()).entryList(QDir::Files);
    for (const QString &name : names) {
        QFile file(m_dir->filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY2(!bytes.contains("CANARY-name"), qPrintable(name));
        QVERIFY2(!bytes.contains("W4242424242"), qPrintable(name));
    }
}

void TestOutboxRepository::batchIsBounded()
{
    QStringList ids;
    for (int i = 0; i < 70; ++i)
        ids.append(add(u"lane"_s, QByteArray(5000, 'x')));
    QCOMPARE(batch(64, 1'000'000), ids.mid(0, 64));
    QCOMPARE(batch(64, 5000 * 10 + 1), ids.mid(0, 10));
    QCOMPARE(batch(64, 1), ids.mid(0, 1)); // one always goes, or it never would
}

void TestOutboxRepository::usageComesLast()
{
    const QString usage = add(u"usage"_s, "{}", true);
    const QString work = add(u"W1"_s);
    QCOMPARE(batch(), (QStringList{work, usage}));
    QCOMPARE(batch(1), QStringList{work});
}

void TestOutboxRepository::waitingOperationHoldsBackItsLaneOnly()
{
    const QString a1 = add(u"A"_s);
    const QString b1 = add(u"B"_s);
    const QString a2 = add(u"A"_s);
    QVERIFY(record(a1, OpResult::Status::Retry, 0, 1, 10'000));
    QCOMPARE(batch(), QStringList{b1});
    QVERIFY(record(b1, OpResult::Status::Applied, 1));
    QCOMPARE(batch(), QStringList());
    const auto due = run([](StorageSession &s) { return s.outbox().nextDueInMs(); });
    QCOMPARE(*due, std::optional<qint64>(10'000));
    m_clock.advance(10'000);
    QCOMPARE(batch(), (QStringList{a1, a2}));
}

void TestOutboxRepository::acknowledgedIsKeptUntilDurableAndADayOld()
{
    const QString id = add(u"A"_s);
    QVERIFY(record(id, OpResult::Status::Applied, 7));
    QCOMPARE(batch(), QStringList());
    QCOMPARE(settle(1, 7), 0); // durable, but young
    m_clock.advance(OutboxRepository::kRetentionMs);
    QCOMPARE(settle(1, 6), 0); // old, but not durable
    QCOMPARE(settle(2, 7), 0); // another epoch says nothing about this one
    QCOMPARE(settle(1, 7), 1);
    QCOMPARE(counts(), OutboxCounts());
}

void TestOutboxRepository::retentionSurvivesReboot()
{
    const QString id = add(u"A"_s);
    QVERIFY(record(id, OpResult::Status::Applied, 7));
    const RebootedClock soon(m_clock.wallMs() + 3'600'000);
    open(soon);
    QCOMPARE(settle(1, 7), 0);
    const RebootedClock nextDay(m_clock.wallMs() + OutboxRepository::kRetentionMs);
    open(nextDay);
    QCOMPARE(settle(1, 7), 1);
}

void TestOutboxRepository::refusalStaysUntilSeenAndDurable()
{
    const QString id = add(u"A"_s);
    const QString next = add(u"A"_s);
    QVERIFY(record(id, OpResult::Status::Rejected, 3));
    QCOMPARE(batch(), QStringList{next}); // a refusal does not block its lane
    QCOMPARE(counts(), (OutboxCounts{1, 0, 1}));
    const auto list = run([](StorageSession &s) { return s.outbox().rejected(); });
    QCOMPARE(list->first().opId, id);
    QCOMPARE(list->first().code, u"some.code"_s);
    m_clock.advance(10 * OutboxRepository::kRetentionMs);
    QCOMPARE(settle(1, 3), 0); // durable and old, but nobody has seen it
    QVERIFY(run([id](StorageSession &s) { return s.outbox().dismiss(id); }).ok());
    QCOMPARE(counts(), (OutboxCounts{1, 0, 0}));
    QCOMPARE(run([](StorageSession &s) { return s.outbox().rejected(); })->size(), 0);
}

void TestOutboxRepository::newEpochSendsEverythingAgain()
{
    const QString acked = add(u"A"_s);
    const QString refused = add(u"B"_s);
    const QString final = add(u"C"_s);
    const QString fresh = add(u"D"_s);
    const auto adopt = [this](qint64 epoch) {
        return run([epoch](StorageSession &s) { return s.outbox().adoptEpoch(epoch); }).value();
    };
    QVERIFY(adopt(1));
    QVERIFY(!adopt(1));
    QVERIFY(record(final, OpResult::Status::Rejected, 1));
    QCOMPARE(settle(1, 1), 0);
    QVERIFY(record(acked, OpResult::Status::Applied, 2));
    QVERIFY(record(refused, OpResult::Status::Rejected, 3));
    QVERIFY(adopt(2));
    // Only the refusal whose receipt was durable stays out.
    QCOMPARE(batch(), (QStringList{acked, refused, fresh}));
    QCOMPARE(*run([](StorageSession &s) { return s.outbox().epoch(); }), 2);
}

void TestOutboxRepository::duplicateAnswerChangesNothing()
{
    const QString id = add(u"A"_s);
    QVERIFY(record(id, OpResult::Status::Applied, 7));
    QVERIFY(!record(id, OpResult::Status::Rejected, 8));
    QVERIFY(!record(id, OpResult::Status::Retry, 0));
    QVERIFY(!record(u"01890000-0000-7000-8000-000000000000"_s, OpResult::Status::Applied, 9));
    QCOMPARE(counts(), (OutboxCounts{0, 1, 0}));
}

void TestOutboxRepository::restartVoidsWaitingTimes()
{
    const QString id = add(u"A"_s);
    QVERIFY(record(id, OpResult::Status::Retry, 0, 1, 60'000));
    QCOMPARE(batch(), QStringList());
    open(m_clock);
    QCOMPARE(batch(), QStringList{id});
}

QTEST_GUILESS_MAIN(TestOutboxRepository)
#include "tst_outboxrepository.moc"
