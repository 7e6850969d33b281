// SPDX-License-Identifier: Apache-2.0
#include "domain/masking.h"

#include <QTest>

using namespace riderport::domain;
using namespace Qt::StringLiterals;

class TestMasking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("masked");
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("one") << u"张"_s << u"*"_s;
        QTest::newRow("two") << u"张军"_s << u"张*"_s;
        QTest::newRow("three") << u"张小军"_s << u"张*军"_s;
        QTest::newRow("four") << u"司马懿远"_s << u"司**远"_s;
        QTest::newRow("interpunct") << u"阿依·古丽"_s << u"阿***丽"_s;
        QTest::newRow("outside the BMP")
                << u"\U00020000小\U00020001"_s << u"\U00020000*\U00020001"_s;
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(QString, masked);
        QCOMPARE(maskName(name), masked);
    }

    void numbers()
    {
        QCOMPARE(maskIdNumber(u"429999199003071234"_s), u"429***********1234"_s);
        QCOMPARE(maskIdNumber(u"123456"_s), u"****56"_s);
        QCOMPARE(maskIdNumber(u"12"_s), u"**"_s);
        QCOMPARE(maskMobile(u"13812345678"_s), u"138****5678"_s);
        QCOMPARE(maskMobile(u"12345"_s), u"*****"_s);
        QCOMPARE(maskBankCard(u"6222020000001234"_s), u"**** **** **** 1234"_s);
        QCOMPARE(maskBankCard(u"1234567"_s), u"*******"_s);
        QCOMPARE(maskAccount(u"42000017"_s), u"42***017"_s);
        QCOMPARE(maskAccount(u"12345"_s), u"*****"_s);
        QCOMPARE(maskPlate(u"鄂CA1238"_s), u"鄂C***8"_s);
    }
};

QTEST_APPLESS_MAIN(TestMasking)
#include "tst_masking.moc"
