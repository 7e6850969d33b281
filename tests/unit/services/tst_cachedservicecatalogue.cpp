// SPDX-License-Identifier: Apache-2.0
#include "services/cachedservicecatalogue.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace riderport;
using namespace riderport::services;
using namespace Qt::StringLiterals;

class TestCachedServiceCatalogue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void showsAllFifteenInOrder();
    void keepsTheLastGoodDescriptor();
    void leavesOutWhatNeverParsed();
    void removedServicesGo();
    void equalRowsAreNoChange();

private:
    QList<DescriptorRow> m_rows;
};

void TestCachedServiceCatalogue::initTestCase()
{
    const QDir folder(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/services"_s);
    for (const QString &name : folder.entryList({u"S*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto body = domain::publicDescriptorJson(file.readAll());
        QVERIFY(body.ok());
        m_rows.prepend({name.chopped(5), *body});
    }
    QCOMPARE(m_rows.size(), 15);
}

void TestCachedServiceCatalogue::showsAllFifteenInOrder()
{
    CachedServiceCatalogue catalogue;
    QSignalSpy changed(&catalogue, &ServiceCatalogue::changed);
    catalogue.load(m_rows);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(catalogue.services().size(), 15);
    for (int i = 1; i < 15; ++i)
        QVERIFY(catalogue.services()[i - 1].order <= catalogue.services()[i].order);
    QVERIFY(catalogue.find(base::ServiceId(u"S02"_s)) != nullptr);
    QVERIFY(catalogue.find(base::ServiceId(u"S16"_s)) == nullptr);
}

void TestCachedServiceCatalogue::keepsTheLastGoodDescriptor()
{
    CachedServiceCatalogue catalogue;
    catalogue.load(m_rows);
    QList<DescriptorRow> damaged = m_rows;
    for (DescriptorRow &row : damaged) {
        if (row.id == "S02"_L1)
            row.body = "{\"id\":\"S02\"";
        if (row.id == "S03"_L1)
            row.body = m_rows.constFirst().body; // somebody else's descriptor
    }
    catalogue.load(damaged);
    QCOMPARE(catalogue.services().size(), 15);
    QVERIFY(catalogue.find(base::ServiceId(u"S02"_s)) != nullptr);
    QVERIFY(!catalogue.find(base::ServiceId(u"S02"_s))->title.isEmpty());
    QCOMPARE(catalogue.find(base::ServiceId(u"S03"_s))->id.toString(), u"S03"_s);
}

void TestCachedServiceCatalogue::leavesOutWhatNeverParsed()
{
    CachedServiceCatalogue catalogue;
    QList<DescriptorRow> rows = m_rows;
    rows.append({u"S16"_s, "rubbish"});
    catalogue.load(rows);
    QCOMPARE(catalogue.services().size(), 15);
}

void TestCachedServiceCatalogue::removedServicesGo()
{
    CachedServiceCatalogue catalogue;
    catalogue.load(m_rows);
    catalogue.load(m_rows.mid(1));
    QCOMPARE(catalogue.services().size(), 14);
    catalogue.load({});
    QVERIFY(catalogue.services().isEmpty());
}

void TestCachedServiceCatalogue::equalRowsAreNoChange()
{
    CachedServiceCatalogue catalogue;
    catalogue.load(m_rows);
    QSignalSpy changed(&catalogue, &ServiceCatalogue::changed);
    catalogue.load(m_rows);
    QCOMPARE(changed.count(), 0);
}

QTEST_GUILESS_MAIN(TestCachedServiceCatalogue)
#include "tst_cachedservicecatalogue.moc"
