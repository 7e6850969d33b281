// SPDX-License-Identifier: Apache-2.0
#include "storefixture.h"

#include <QRandomGenerator>
#include <QSet>
#include <QSqlQuery>

#include <thread>

using namespace riderport;
using namespace Qt::StringLiterals;

/// A reader with a cursor must see every change of concurrent writers, whatever order they commit
/// in.
class TestFeedOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void concurrentWritersStayDenseAndNothingIsMissed()
    {
        constexpr int kWriters = 8;
        constexpr int kChanges = 150;
        test::StoreFixture store;
        std::atomic<int> running = kWriters;
        std::vector<std::thread> writers;
        for (int w = 0; w < kWriters; ++w) {
            writers.emplace_back([&store, &running, w] {
                QRandomGenerator random(quint32(100 + w));
                for (int i = 0; i < kChanges; ++i) {
                    const QString id = u"%1-%2"_s.arg(w).arg(i);
                    const bool doomed = random.bounded(10) == 0;
                    auto done = store.engine->write<void>(
                            [id, doomed](district::StoreTransaction &tx) -> base::Result<void> {
                                tx.feed().put(u"d"_s, u"t"_s, id, "{}");
                                tx.feed().put(u"s:ST01"_s, u"t"_s, id, "{}");
                                if (doomed)
                                    return base::Error{base::ErrorKind::Conflict, u"test"_s, {}};
                                return {};
                            });
                    if (random.bounded(4) == 0)
                        done.waitForFinished();
                }
                --running;
            });
        }
        test::FeedMirror mirror;
        QString wrong;
        while (running > 0 && wrong.isEmpty())
            wrong = store.catchUp(mirror, u"d"_s, 4000);
        for (auto &writer : writers)
            writer.join();
        (void)store.change([](district::FeedWriter &) {});
        if (wrong.isEmpty())
            wrong = store.catchUp(mirror, u"d"_s, 4000);
        QCOMPARE(wrong, QString());
        // Dense: with no row changed twice and none removed, the head counts the rows.
        QCOMPARE(mirror.cursor.seq, mirror.rows());
        test::FeedMirror other;
        QCOMPARE(store.catchUp(other, u"s:ST01"_s), QString());
        QCOMPARE(other.rows(), mirror.rows());
    }

    /// The control: a number taken before the commit is enough to lose a change, and the reader
    /// used above would notice.
    void numbersTakenEarlyLoseChanges()
    {
        test::StoreFixture store;
        const auto run = [&store](const QString &sql, const QVariantList &values) {
            return store.engine
                    ->write<void>([=](district::StoreTransaction &tx) -> base::Result<void> {
                        const auto done = tx.exec(sql, values);
                        return done ? base::Result<void>() : base::Result<void>(done.error());
                    })
                    .result()
                    .ok();
        };
        QVERIFY(run(u"CREATE TABLE naive (seq INTEGER PRIMARY KEY)"_s, {}));
        qint64 cursor = 0;
        QSet<qint64> seen;
        const auto poll = [&] {
            const auto rows =
                    store.engine
                            ->read<QList<qint64>>([cursor](district::StoreReader &reader)
                                                          -> base::Result<QList<qint64>> {
                                QList<qint64> found;
                                const auto query = reader.exec(
                                        u"SELECT seq FROM naive WHERE seq > ? ORDER BY seq"_s,
                                        {cursor});
                                if (!query)
                                    return query.error();
                                while ((*query)->next())
                                    found.append((*query)->value(0).toLongLong());
                                return found;
                            })
                            .result();
            for (const qint64 seq : *rows) {
                seen.insert(seq);
                cursor = seq;
            }
        };
        qint64 next = 0;
        const qint64 slow = ++next;
        const qint64 quick = ++next;
        QVERIFY(run(u"INSERT INTO naive VALUES (?)"_s, {quick}));
        poll();
        QVERIFY(run(u"INSERT INTO naive VALUES (?)"_s, {slow}));
        poll();
        QCOMPARE(seen.size(), 1);
        QVERIFY(!seen.contains(slow));
    }
};

QTEST_GUILESS_MAIN(TestFeedOrder)
#include "tst_feedorder.moc"
