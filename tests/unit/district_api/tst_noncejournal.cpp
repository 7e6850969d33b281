// SPDX-License-Identifier: Apache-2.0
#include "district/noncejournal.h"
#include "support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;

class TestNonceJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersWithinTheWindowAndAcrossRestarts()
    {
        QTemporaryDir dir;
        test::FakeClock clock;
        const auto fresh = [&](const QByteArray &key, const QByteArray &nonce) {
            // A new object each time: a restart without any farewell.
            district::NonceJournal journal(clock);
            return journal.open(dir.path()).ok() && *journal.use(key, nonce);
        };
        QVERIFY(fresh("k1", "n1"));
        QVERIFY(!fresh("k1", "n1"));
        QVERIFY(fresh("k2", "n1"));
        QVERIFY(fresh("k1", "n2"));
        // Up to the full window after its use, whatever rotations happened.
        for (int step = 0; step < 11; ++step) {
            clock.advance(district::NonceJournal::kWindowMs / 11);
            QVERIFY(fresh("k1", "step" + QByteArray::number(step)));
            QVERIFY(!fresh("k1", "n1"));
        }
        // Two windows later it is forgotten: such a request is refused by its time.
        for (int step = 0; step < 3; ++step) {
            clock.advance(district::NonceJournal::kWindowMs + 1);
            QVERIFY(fresh("k1", "late" + QByteArray::number(step)));
        }
        QVERIFY(fresh("k1", "n1"));
    }

    void survivesATornEntry()
    {
        QTemporaryDir dir;
        test::FakeClock clock;
        {
            district::NonceJournal journal(clock);
            QVERIFY(journal.open(dir.path()).ok());
            QVERIFY(*journal.use("k", "a"));
            QVERIFY(*journal.use("k", "b"));
        }
        QFile file(dir.filePath(u"nonces.0"_s));
        QVERIFY(file.resize(file.size() - 5));
        district::NonceJournal journal(clock);
        QVERIFY(journal.open(dir.path()).ok());
        QVERIFY(!*journal.use("k", "a"));
        QVERIFY(*journal.use("k", "c"));
        district::NonceJournal again(clock);
        QVERIFY(again.open(dir.path()).ok());
        QVERIFY(!*again.use("k", "a"));
        QVERIFY(!*again.use("k", "c"));
    }

    void refusesToServeWhatItCannotRemember()
    {
        QTemporaryDir dir;
        test::FakeClock clock;
        district::NonceJournal journal(clock);
        QCOMPARE(journal.open(dir.filePath(u"missing"_s)).error().code, u"nonces.storage"_s);
    }
};

QTEST_APPLESS_MAIN(TestNonceJournal)
#include "tst_noncejournal.moc"
