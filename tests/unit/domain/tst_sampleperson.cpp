// SPDX-License-Identifier: Apache-2.0
#include "domain/sampleperson.h"

#include <QDate>
#include <QSet>
#include <QTest>

using namespace riderport::domain;
using namespace Qt::StringLiterals;

class TestSamplePerson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkCharacterOfStandardExamples_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<bool>("valid");
        QTest::newRow("standard") << u"11010519491231002X"_s << true;
        QTest::newRow("male") << u"429999199003070011"_s << true;
        QTest::newRow("x") << u"42999919900307002X"_s << true;
        QTest::newRow("leap day") << u"429999200002290026"_s << true;
        QTest::newRow("permanent residence") << u"942826199112310012"_s << true;
        QTest::newRow("wrong check") << u"429999199003070012"_s << false;
    }
    void checkCharacterOfStandardExamples()
    {
        QFETCH(QString, number);
        QFETCH(bool, valid);
        QCOMPARE(idNumberCheckCharacter(number) == number[17], valid);
    }

    void checkCharacterRefusesOtherText()
    {
        QVERIFY(idNumberCheckCharacter(u"1234").isNull());
        QVERIFY(idNumberCheckCharacter(u"4299991990030700a1").isNull());
        QVERIFY(idNumberCheckCharacter(u"４29999199003070011").isNull());
    }

    void everyoneIsDistinctAndValid()
    {
        QSet<QString> numbers;
        const QDate newest(2006, 1, 1);
        for (quint64 subject = 1; subject <= 20'000; ++subject) {
            const SamplePerson person = samplePerson(subject);
            QCOMPARE(person.idNumber.size(), 18);
            QVERIFY(person.idNumber.startsWith("429999"_L1));
            QCOMPARE(idNumberCheckCharacter(person.idNumber), person.idNumber[17]);
            const QDate birthday = QDate::fromString(person.idNumber.mid(6, 8), u"yyyyMMdd"_s);
            QVERIFY(birthday.isValid() && birthday < newest);
            QVERIFY(!numbers.contains(person.idNumber));
            numbers.insert(person.idNumber);
            QCOMPARE(sampleSubjectOfIdNumber(person.idNumber), subject);
            QCOMPARE(person.mobile.size(), 11);
            QVERIFY(person.name.size() == 2 || person.name.size() == 3);
            QVERIFY(person.employer.endsWith(u"（合成）"));
        }
        QCOMPARE(samplePerson(7).mobile, u"15400000007"_s);
        QCOMPARE(sampleSubjectOfIdNumber(samplePerson(kMaxSampleSubject).idNumber),
                 kMaxSampleSubject);
    }

    void valuesStayTheSame()
    {
        // Stored samples of a running district depend on this: a change here is a migration.
        const SamplePerson person = samplePerson(1);
        QCOMPARE(person, samplePerson(1));
        QCOMPARE(person.enrolment, SamplePerson::Enrolment::Enrolled);
        QCOMPARE(samplePerson(2).enrolment, SamplePerson::Enrolment::Arrears);
        QCOMPARE(samplePerson(3).enrolment, SamplePerson::Enrolment::SeveralRegions);
        QCOMPARE(samplePerson(4).enrolment, SamplePerson::Enrolment::NotEnrolled);
    }

    void foreignNumbersBelongToNobody()
    {
        QCOMPARE(sampleSubjectOfIdNumber(u"11010519491231002X"_s), 0U);
        QCOMPARE(sampleSubjectOfIdNumber(u"429999199003070012"_s), 0U);
        QCOMPARE(sampleSubjectOfIdNumber({}), 0U);
    }
};

QTEST_APPLESS_MAIN(TestSamplePerson)
#include "tst_sampleperson.moc"
