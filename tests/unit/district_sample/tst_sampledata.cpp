// SPDX-License-Identifier: Apache-2.0
#include "district/sampledata.h"

#include <QDate>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport::district;
using namespace Qt::StringLiterals;

class TestSampleData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkCharacterOfTheStandard()
    {
        // The example of GB 11643-1999 and a synthetic number.
        QCOMPARE(idCheckCharacter(u"11010519491231002"), QChar(u'X'));
        QCOMPARE(idCheckCharacter(u"44052418800101001"), QChar(u'4'));
        QCOMPARE(idCheckCharacter(u"42999919900307001"), QChar(u'1'));
    }

    void workersAreInventedValidAndDistinct()
    {
        QSet<QString> numbers;
        QSet<QString> mobiles;
        QSet<QString> stations;
        QSet<QString> categories;
        for (int subject = 1; subject <= kSampleWorkers; ++subject) {
            const SampleWorker worker = sampleWorker(quint64(subject));
            QCOMPARE(worker.idNumber.size(), 18);
            QVERIFY(worker.idNumber.startsWith("429999"_L1));
            QVERIFY(QDate::fromString(worker.idNumber.sliced(6, 8), u"yyyyMMdd"_s).isValid());
            QCOMPARE(worker.idNumber.back(), idCheckCharacter(worker.idNumber.first(17)));
            QCOMPARE(worker.mobile.size(), 11);
            QVERIFY(worker.mobile.startsWith("154"_L1));
            QVERIFY(worker.name.size() >= 2 && worker.name.size() <= 4);
            numbers.insert(worker.idNumber);
            mobiles.insert(worker.mobile);
            stations.insert(worker.homeStation);
            categories.insert(worker.category);
        }
        QCOMPARE(numbers.size(), kSampleWorkers);
        QCOMPARE(mobiles.size(), kSampleWorkers);
        QCOMPARE(stations.size(), 28);
        QCOMPARE(categories.size(), 5);
        QCOMPARE(sampleWorker(1).mobile, u"15400000001"_s);
        QCOMPARE(sampleWorker(42).idNumber, sampleWorker(42).idNumber);
    }

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
