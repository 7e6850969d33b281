// SPDX-License-Identifier: Apache-2.0
#include "station/cachedstationinfo.h"

#include <QSignalSpy>
#include <QTest>

using namespace riderport;
using namespace riderport::station;
using namespace Qt::StringLiterals;

class TestCachedStationInfo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsItsOwnStationOnly();
    void damagedRowKeepsTheLastGoodStation();
    void incompleteHoursMeanAroundTheClock();
    void safetyNoticesComeFirst();
};

namespace {

const StationRow kFirst{u"ST01"_s,
                        R"({"name":{"zh":"骑士港","en":"Riderport"},
                            "address":{"zh":"车城路","en":"Checheng Road"},
                            "open_from":"06:00","open_until":"23:00","phone":"0719-0000001",
                            "capabilities":["B3","N2"]})"};
const StationRow kSecond{u"ST02"_s, R"({"name":{"zh":"二号","en":"Two"},"open_from":"06:00"})"};

} // namespace

void TestCachedStationInfo::showsItsOwnStationOnly()
{
    CachedStationInfo info;
    QSignalSpy changed(&info, &StationInfo::stateChanged);
    info.setStation(base::StationId(u"ST01"_s));
    QVERIFY(!info.state().loaded);
    info.loadStations({kSecond, kFirst});
    QVERIFY(info.state().loaded);
    QCOMPARE(info.state().name.zh, u"骑士港"_s);
    QCOMPARE(info.state().openFrom, u"06:00"_s);
    QCOMPARE(info.state().openUntil, u"23:00"_s);
    QCOMPARE(info.state().phone, u"0719-0000001"_s);
    QCOMPARE(info.state().capabilities, (QStringList{u"B3"_s, u"N2"_s}));
    QCOMPARE(changed.count(), 2);
    info.setStation(base::StationId(u"ST03"_s));
    QVERIFY(!info.state().loaded);
    QVERIFY(info.state().name.isEmpty());
}

void TestCachedStationInfo::damagedRowKeepsTheLastGoodStation()
{
    CachedStationInfo info;
    info.setStation(base::StationId(u"ST01"_s));
    info.loadStations({kFirst});
    info.loadStations({StationRow{u"ST01"_s, R"({"name":"no")"}});
    QCOMPARE(info.state().name.en, u"Riderport"_s);
    QVERIFY(info.state().loaded);
}

void TestCachedStationInfo::incompleteHoursMeanAroundTheClock()
{
    CachedStationInfo info;
    info.setStation(base::StationId(u"ST02"_s));
    info.loadStations({kSecond});
    QVERIFY(info.state().loaded);
    QVERIFY(info.state().openFrom.isEmpty());
    QVERIFY(info.state().openUntil.isEmpty());
}

void TestCachedStationInfo::safetyNoticesComeFirst()
{
    CachedStationInfo info;
    info.loadNotices({StationRow{u"n1"_s, R"({"title":{"zh":"一","en":"One"}})"},
                      StationRow{u"bad"_s, R"({"title":7})"},
                      StationRow{u"n2"_s, R"({"title":{"zh":"二","en":"Two"},
                                              "body":{"zh":"注意","en":"Mind"},"safety":true})"}});
    QCOMPARE(info.state().notices.size(), 2);
    QCOMPARE(info.state().notices[0].id, u"n2"_s);
    QVERIFY(info.state().notices[0].safety);
    QCOMPARE(info.state().notices[0].body.en, u"Mind"_s);
    QCOMPARE(info.state().notices[1].id, u"n1"_s);
}

QTEST_GUILESS_MAIN(TestCachedStationInfo)
#include "tst_cachedstationinfo.moc"
