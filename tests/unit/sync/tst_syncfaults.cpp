// SPDX-License-Identifier: Apache-2.0
#include "enginefixture.h"

#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;
using riderport::test::EngineFixture;
using Fault = riderport::test::FakeHttpTransport::Fault;

/// Every fault at every step of the protocol. Whatever the network does, the end is the same: the
/// cache equals the district, every operation was carried out once, and nobody had to ring twice.
class TestSyncFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsWell_data();
    void endsWell();
};

void TestSyncFaults::endsWell_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<int>("count");
    const QList<std::pair<const char *, Fault>> faults{{"unreachable", Fault::Unreachable},
                                                       {"timeout", Fault::Timeout},
                                                       {"cut after commit", Fault::CutAfterCommit},
                                                       {"hang", Fault::Hang},
                                                       {"500", Fault::Status500},
                                                       {"503", Fault::Status503},
                                                       {"proxy page", Fault::HtmlPage},
                                                       {"short body", Fault::ShortBody},
                                                       {"flipped bit", Fault::FlippedBit},
                                                       {"reply repeated", Fault::Repeated}};
    for (const char *step : {"/v1/snapshot/d", "/v1/snapshot/s:ST01", "/v1/sync", "/v1/ops"}) {
        for (const auto &[name, fault] : faults) {
            for (const int count : {1, 4}) {
                QTest::addRow("%s %s x%d", step, name, count) << QByteArray(step) << fault << count;
            }
        }
    }
}

void TestSyncFaults::endsWell()
{
    QFETCH(QByteArray, step);
    QFETCH(Fault, fault);
    QFETCH(int, count);
    EngineFixture fixture;
    fixture.district.zstd = count > 1; // a flipped bit must be found with and without compression
    fixture.transport.inject(step, fault, count);
    fixture.start();
    QStringList bodies;
    for (int i = 0; i < 5; ++i) {
        const QByteArray body = "{\"i\":" + QByteArray::number(i) + '}';
        bodies.append(QString::fromUtf8(body));
        fixture.enqueue(i % 2 ? u"W1"_s : u"W2"_s, body);
    }
    fixture.district.put(u"d"_s, u"station"_s, u"7"_s, "{\"name\":\"new\"}");
    fixture.district.remove(u"d"_s, u"station"_s, u"8"_s);
    fixture.transport.poke();
    // From here on nobody rings: the loops have to come back by themselves.
    const auto settled = [&] {
        fixture.transport.expireHanging();
        return fixture.transport.faultsLeft() == 0 && !fixture.transport.isHanging() &&
               fixture.engine->state().link == sync::ConnectivityState::Link::Online &&
               fixture.outbox->counts().pending == 0 && fixture.cacheIsLikeDistrict();
    };
    bool moved = false;
    for (int round = 0; round < 4000 && !settled(); ++round) {
        // A held pull meets the remaining faults only when it asks again.
        if (fixture.transport.heldCount() > 0 && fixture.transport.faultsLeft() > 0) {
            moved = !moved;
            fixture.district.put(u"d"_s, u"notice"_s, u"move"_s, moved ? "{\"m\":1}" : "{\"m\":2}");
            fixture.transport.poke();
            const QByteArray body = "{\"more\":" + QByteArray::number(round) + '}';
            bodies.append(QString::fromUtf8(body));
            fixture.enqueue(u"W3"_s, body);
        }
        QTest::qWait(5);
    }
    QTRY_VERIFY(settled());
    QVERIFY(fixture.everyEffectOnce(bodies));
    QCOMPARE(fixture.outbox->counts().rejected, 0);
    QTRY_VERIFY(fixture.engine->state().firstLoadComplete);
}

QTEST_GUILESS_MAIN(TestSyncFaults)
#include "tst_syncfaults.moc"
