// SPDX-License-Identifier: Apache-2.0
// Every descriptor that ships is valid, so that whoever adds a service learns here what is wrong
// with its file.
#include <domain/servicedescriptor.h>

#include <QDir>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;

class TestDescriptors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void isValid_data();
    void isValid();
    void publicFormHidesTheUpstream_data() { isValid_data(); }
    void publicFormHidesTheUpstream();
    void placesOnTheHomeScreenAreDistinct();

private:
    QDir m_folder;
};

void TestDescriptors::initTestCase()
{
    m_folder.setPath(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/services"_s);
    m_folder.setNameFilters({u"*.json"_s});
    QVERIFY2(m_folder.entryList(QDir::Files).size() >= 15, qPrintable(m_folder.path()));
}

void TestDescriptors::isValid_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("name");
    const auto files = m_folder.entryInfoList(QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::newRow(qPrintable(info.fileName())) << file.readAll() << info.completeBaseName();
    }
}

void TestDescriptors::isValid()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, name);
    const auto descriptor = domain::parseServiceDescriptor(json);
    QVERIFY2(descriptor.ok(),
             qPrintable(descriptor.ok() ? QString()
                                        : QString(descriptor.error().code + u": "_s +
                                                  descriptor.error().detail)));
    QCOMPARE(descriptor->id.toString(), name);
    // What the kiosk can always say, with the cable out or the bureau down.
    QVERIFY(!descriptor->guide.isEmpty());
    QVERIFY(!descriptor->hotline.isEmpty());
    if (descriptor->available && descriptor->kind != domain::ServiceDescriptor::Kind::Guide)
        QVERIFY2(!descriptor->upstream.isEmpty(), "offered, but nobody is asked");
}

void TestDescriptors::publicFormHidesTheUpstream()
{
    QFETCH(QByteArray, json);
    const auto open = domain::publicDescriptorJson(json);
    QVERIFY(open.ok());
    const auto descriptor = domain::parseServiceDescriptor(*open);
    QVERIFY(descriptor.ok());
    QVERIFY(descriptor->upstream.isEmpty());
}

void TestDescriptors::placesOnTheHomeScreenAreDistinct()
{
    QMap<std::pair<QString, int>, QString> taken;
    const auto files = m_folder.entryInfoList(QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto descriptor = domain::parseServiceDescriptor(file.readAll());
        QVERIFY(descriptor.ok());
        const std::pair<QString, int> place(descriptor->group, descriptor->order);
        QVERIFY2(!taken.contains(place),
                 qPrintable(QString(info.fileName() + u" and "_s + taken.value(place))));
        taken.insert(place, info.fileName());
    }
}

QTEST_APPLESS_MAIN(TestDescriptors)
#include "tst_descriptors.moc"
