// SPDX-License-Identifier: Apache-2.0
#include "domain/inputrules.h"
#include "sim/faultscript.h"
#include "sim/socialinsurancebook.h"

#include <QTest>

using namespace riderport;
using namespace riderport::sim;
using namespace Qt::StringLiterals;
using domain::SamplePerson;

namespace {

constexpr int kMonth = 202611;

QList<RegionFile> files(quint64 subject)
{
    return socialInsuranceFiles(domain::samplePerson(subject), kMonth);
}

} // namespace

class TestSimBooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileAddsUp()
    {
        for (quint64 subject = 1; subject <= 400; ++subject) {
            for (const RegionFile &region : files(subject)) {
                QCOMPARE(region.insurances.size(), 4);
                for (const InsuranceFile &file : region.insurances) {
                    QCOMPARE(file.records.size(), file.monthsTotal);
                    QCOMPARE(domain::monthSpan(file.firstMonth, file.lastMonth), file.monthsTotal);
                    QCOMPARE(file.monthsActual, file.monthsTotal - file.arrears.size());
                    qint64 account = 0;
                    int missing = 0;
                    int expected = file.lastMonth;
                    for (const ContributionRecord &record : file.records) {
                        QCOMPARE(record.month, expected);
                        expected = domain::addMonths(expected, -1);
                        QVERIFY(record.month < kMonth);
                        missing += record.received ? 0 : 1;
                        QCOMPARE(record.received, !file.arrears.contains(record.month));
                        if (file.type == "110"_L1) {
                            QCOMPARE(record.personalFen * 2, record.employerFen);
                            account += record.received ? record.personalFen : 0;
                        }
                    }
                    QCOMPARE(missing, int(file.arrears.size()));
                    QCOMPARE(file.accountFen, account);
                }
            }
        }
    }

    void ratesFollowThePolicy()
    {
        const RegionFile region = files(1).at(0);
        for (const InsuranceFile &file : region.insurances) {
            const ContributionRecord &record = file.records.at(0);
            QCOMPARE(record.baseFen, 415'700);
            if (file.type == "110"_L1) {
                QCOMPARE(record.personalFen, 33'256);
                QCOMPARE(record.employerFen, 66'512);
            } else if (file.type == "310"_L1) {
                QCOMPARE(record.personalFen, 8'314);
                QCOMPARE(record.employerFen, 33'256);
            } else if (file.type == "410"_L1) {
                QCOMPARE(record.personalFen, 0);
            }
        }
    }

    void casesExist()
    {
        QCOMPARE(files(1).size(), 1);
        QVERIFY(files(1).at(0).insurances.at(0).arrears.isEmpty());
        QVERIFY(!files(2).at(0).insurances.at(0).arrears.isEmpty());
        QCOMPARE(files(3).size(), 2);
        QVERIFY(files(4).isEmpty());
        // Two places never at the same time.
        QCOMPARE(domain::addMonths(files(3).at(1).insurances.at(0).lastMonth, 1),
                 files(3).at(0).insurances.at(0).firstMonth);
        // Everybody has at least the 24 months that are asked for by default.
        for (quint64 subject = 5; subject < 200; ++subject) {
            int months = 0;
            for (const RegionFile &region : files(subject))
                months += region.insurances.at(0).monthsTotal;
            QVERIFY(months == 0 || months >= 24);
        }
    }

    void scriptsAreUsedUpInOrder()
    {
        FaultScript script;
        QVERIFY(script.add({{u"upstream"_s, u"A"_s}, {u"drop"_s, true}, {u"count"_s, 2}}).ok());
        QVERIFY(script.add({{u"subject"_s, 7}, {u"error"_s, u"ARREARS"_s}}).ok());
        QVERIFY(!script.take(u"B"_s, 1).drop);
        QVERIFY(script.take(u"A"_s, 1).drop);
        QCOMPARE(script.take(u"B"_s, 7).error, u"ARREARS"_s);
        QVERIFY(script.take(u"B"_s, 7).error.isEmpty());
        QVERIFY(script.take(u"A"_s, 7).drop);
        QVERIFY(!script.take(u"A"_s, 7).drop);
        QCOMPARE(script.pending(), 0);
    }

    void scriptsAreStrictAndBounded()
    {
        FaultScript script;
        for (const QJsonObject &bad :
             {QJsonObject{{u"upstream"_s, u"C"_s}}, QJsonObject{{u"error"_s, u"x"_s}},
              QJsonObject{{u"count"_s, 0}}, QJsonObject{{u"count"_s, 10'001}},
              QJsonObject{{u"latency_ms"_s, -1}}, QJsonObject{{u"latency_ms"_s, 60'001}},
              QJsonObject{{u"hang"_s, 1}}, QJsonObject{{u"subject"_s, 0}},
              QJsonObject{{u"other"_s, true}}})
            QCOMPARE(script.add(bad).error().code, u"script.invalid"_s);
        for (int i = 0; i < 100; ++i)
            QVERIFY(script.add({{u"hang"_s, true}}).ok());
        QCOMPARE(script.add({{u"hang"_s, true}}).error().code, u"script.full"_s);
    }
};

QTEST_APPLESS_MAIN(TestSimBooks)
#include "tst_simbooks.moc"
