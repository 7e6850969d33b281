// SPDX-License-Identifier: Apache-2.0
#include "district/sampledata.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport::district;
using namespace Qt::StringLiterals;

class TestSampleData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stationsAreTheTwentyEight()
    {
        const auto rows = readSampleRows(resources(u"sample"_s));
        QVERIFY2(rows.ok(), rows ? "" : qPrintable(rows.error().detail));
        int stations = 0;
        int piles = 0;
        int swaps = 0;
        for (const FeedRow &row : *rows) {
            if (row.table != u"station")
                continue;
            ++stations;
            const QJsonObject body = QJsonDocument::fromJson(row.body).object();
            QVERIFY(!body.contains("id"_L1));
            for (const auto &part : {"name"_L1, "address"_L1}) {
                QVERIFY(!body.value(part).toObject().value("zh"_L1).toString().isEmpty());
                QVERIFY(!body.value(part).toObject().value("en"_L1).toString().isEmpty());
            }
            const QJsonArray capabilities = body.value("capabilities"_L1).toArray();
            for (const auto &always : {u"B3"_s, u"B4"_s, u"N2"_s, u"N7"_s})
                QVERIFY(capabilities.contains(always));
            const int swap = body.value("swap_points"_L1).toInt();
            QCOMPARE(capabilities.contains(u"N8"_s), swap > 0);
            QCOMPARE(body.contains("open_from"_L1), !body.value("is_24h"_L1).toBool());
            piles += body.value("charging_piles"_L1).toInt();
            swaps += swap;
        }
        QCOMPARE(stations, 28);
        QCOMPARE(piles, 20);
        QCOMPARE(swaps, 27);
    }

    void brokenSampleIsNamed()
    {
        QTemporaryDir dir;
        QCOMPARE(readSampleRows(dir.path()).error().code, u"sample.file"_s);
        QFile file(dir.filePath(u"stations.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"([{"name":"no id"}])");
        file.close();
        QCOMPARE(readSampleRows(dir.path()).error().code, u"sample.row"_s);
    }

    void badDescriptorIsLeftOutByName()
    {
        const ServiceRows all = readServiceRows(resources(u"services"_s));
        QCOMPARE(all.rows.size(), 15);
        QVERIFY(all.refused.isEmpty());
        QTemporaryDir dir;
        QVERIFY(QFile::copy(resources(u"services/S02.json"_s), dir.filePath(u"S02.json"_s)));
        QFile bad(dir.filePath(u"S03.json"_s));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write("{}");
        bad.close();
        const ServiceRows some = readServiceRows(dir.path());
        QCOMPARE(some.rows.size(), 1);
        QCOMPARE(some.refused, QStringList{u"S03"_s});
    }

private:
    static QString resources(const QString &path)
    {
        return qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/"_s + path;
    }
};

QTEST_APPLESS_MAIN(TestSampleData)
#include "tst_sampledata.moc"
