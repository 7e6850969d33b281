// SPDX-License-Identifier: Apache-2.0
#include "gateway/circuitbreaker.h"
#include "gateway/resultcache.h"
#include "gateway/upstreamfamily.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using State = CircuitBreaker::State;

namespace {

base::SessionId session(int number)
{
    return base::SessionId(QString::number(number));
}

} // namespace

class TestGatewayParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breakerOpensAtHalfOfTwenty()
    {
        test::FakeClock clock;
        CircuitBreaker breaker(clock);
        for (int i = 0; i < 19; ++i) {
            QVERIFY(breaker.tryAcquire());
            breaker.report(i % 2 == 0);
        }
        QCOMPARE(breaker.state(), State::Closed);
        breaker.report(false); // 10 of 20
        QCOMPARE(breaker.state(), State::Open);
        QVERIFY(!breaker.tryAcquire());
        QCOMPARE(breaker.retryAfterMs(), 30'000);
    }

    void breakerStaysClosedBelowHalf()
    {
        test::FakeClock clock;
        CircuitBreaker breaker(clock);
        for (int i = 0; i < 200; ++i)
            breaker.report(i % 20 >= 9); // 9 of every 20 fail
        QCOMPARE(breaker.state(), State::Closed);
    }

    void oneProbeDecides()
    {
        test::FakeClock clock;
        CircuitBreaker breaker(clock);
        for (int i = 0; i < 20; ++i)
            breaker.report(false);
        clock.advance(29'999);
        QVERIFY(!breaker.tryAcquire());
        clock.advance(1);
        QCOMPARE(breaker.state(), State::HalfOpen);
        QVERIFY(breaker.tryAcquire());
        QVERIFY(!breaker.tryAcquire());
        breaker.report(false);
        QCOMPARE(breaker.state(), State::Open);
        clock.advance(30'000);
        QVERIFY(breaker.tryAcquire());
        breaker.report(true);
        QCOMPARE(breaker.state(), State::Closed);
        QVERIFY(breaker.tryAcquire());
        QCOMPARE(breaker.retryAfterMs(), 0);
    }

    void lateReportsDoNotCloseIt()
    {
        test::FakeClock clock;
        CircuitBreaker breaker(clock);
        for (int i = 0; i < 20; ++i)
            breaker.report(false);
        breaker.report(true); // of a call that began before
        QCOMPARE(breaker.state(), State::Open);
    }

    void cacheKeepsTenMinutesPerSessionAndQuestion()
    {
        test::FakeClock clock;
        ResultCache cache(clock);
        cache.insert(session(7), "q", u"S02"_s, u"t1"_s, {{u"code"_s, u"OK"_s}});
        QCOMPARE(cache.find(session(7), "q")->value(u"code"_s).toString(), u"OK"_s);
        QVERIFY(!cache.find(session(8), "q"));
        QVERIFY(!cache.find(session(7), "r"));
        QVERIFY(cache.findByTrace(session(7), u"S02"_s, u"t1"_s));
        QVERIFY(!cache.findByTrace(session(8), u"S02"_s, u"t1"_s));
        QVERIFY(!cache.findByTrace(session(7), u"S04"_s, u"t1"_s));
        QVERIFY(!cache.findByTrace(session(7), u"S02"_s, u"t2"_s));
        cache.addTrace(session(7), "q", u"t2"_s);
        QVERIFY(cache.findByTrace(session(7), u"S02"_s, u"t2"_s));
        clock.advance(ResultCache::kLifeMs - 1);
        QVERIFY(cache.find(session(7), "q"));
        clock.advance(1);
        QVERIFY(!cache.find(session(7), "q"));
        QVERIFY(!cache.findByTrace(session(7), u"S02"_s, u"t1"_s));
        cache.insert(session(9), "q", u"S02"_s, u"t3"_s, {});
        QCOMPARE(cache.size(), 1); // the old one is gone for good
    }

    void cacheForgetsAtLogOut()
    {
        test::FakeClock clock;
        ResultCache cache(clock);
        cache.insert(session(7), "a", u"S02"_s, u"t1"_s, {});
        cache.insert(session(7), "b", u"S02"_s, u"t2"_s, {});
        cache.insert(session(8), "a", u"S02"_s, u"t3"_s, {});
        cache.drop(session(7));
        QCOMPARE(cache.size(), 1);
        QVERIFY(!cache.find(session(7), "a"));
        QVERIFY(cache.find(session(8), "a"));
    }

    void cacheIsBounded()
    {
        test::FakeClock clock;
        ResultCache cache(clock);
        for (int i = 0; i < ResultCache::kMaxEntries + 50; ++i) {
            clock.advance(1);
            cache.insert(session(i + 1), "q", u"S02"_s, u"t"_s, {});
        }
        QCOMPARE(cache.size(), ResultCache::kMaxEntries);
        QVERIFY(!cache.find(session(1), "q"));
        QVERIFY(cache.find(session(int(ResultCache::kMaxEntries) + 50), "q"));
        cache.insert(session(1), "big", u"S02"_s, u"t"_s,
                     {{u"x"_s, QString(ResultCache::kMaxEntryBytes, u'x')}});
        QVERIFY(!cache.find(session(1), "big"));
    }

    void endpoints()
    {
        const QByteArray good = "{\"simulator\":true,\"families\":{\"A\":{\"url\":"
                                "\"http://127.0.0.1:1\",\"caller\":\"c\",\"key\":\"k\"}}}";
        const auto read = readUpstreamEndpoints(good);
        QVERIFY(read.ok());
        QCOMPARE(read->value(u"A"_s).key, "k");
        QVERIFY(read->value(u"A"_s).demo);
        QVERIFY(!readUpstreamEndpoints("[]").ok());
        QByteArray bad = good;
        QVERIFY(!readUpstreamEndpoints(bad.replace("http:", "ftp:")).ok());
        bad = good;
        QVERIFY(!readUpstreamEndpoints(bad.replace("key", "kay")).ok());
    }
};

QTEST_APPLESS_MAIN(TestGatewayParts)
#include "tst_gatewayparts.moc"
