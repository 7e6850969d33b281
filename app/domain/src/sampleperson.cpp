// SPDX-License-Identifier: Apache-2.0
#include "domain/sampleperson.h"

#include <QDate>

#include <array>

namespace riderport::domain {

using namespace Qt::StringLiterals;

namespace {

constexpr std::u16string_view kSurnames =
        u"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
constexpr std::u16string_view kGivenFirst = u"建志文国海晓小玉明永春德立家振红金俊东思雨子";
constexpr std::u16string_view kGivenLast =
        u"军伟强磊勇杰涛超平刚辉鹏飞华斌波宇浩凯健林芳敏静丽娟霞";

constexpr std::array<std::u16string_view, 10> kEmployers{
        u"湖北某物流有限公司", u"十堰某快递有限公司", u"张湾某速运有限公司", u"汉江某配送有限公司",
        u"车城某供应链公司",   u"武当某运输有限公司", u"城区某即时配送站",   u"红卫某快递分公司",
        u"花果某货运有限公司", u"东岳某出行服务公司"};

// Birth days run over 36 years; 37 shares no factor with their number, so that stepping by it
// visits each day once before any repeats: (remainder, quotient) → (sequence, day) is injective.
const QDate kFirstBirthday(1970, 1, 1);
constexpr quint64 kBirthdays = 13'149;
constexpr quint64 kDayStep = 37;
constexpr quint64 kSequenceStep = 911;

QDate birthdayOf(quint64 subject)
{
    const quint64 sequence = subject % 1000;
    const quint64 day = (sequence * kSequenceStep + (subject / 1000) * kDayStep) % kBirthdays;
    return kFirstBirthday.addDays(qint64(day));
}

QChar pick(std::u16string_view from, quint64 number)
{
    return QChar(from[size_t(number % from.size())]);
}

QString nameOf(quint64 subject)
{
    const quint64 mixed = subject * 2'654'435'761U;
    QString name(pick(kSurnames, mixed >> 7));
    if (subject % 4 != 0)
        name += pick(kGivenFirst, mixed >> 13);
    return name + pick(kGivenLast, mixed >> 19);
}

SamplePerson::Enrolment enrolmentOf(quint64 subject)
{
    switch (subject % 20) {
    case 2:
    case 7:
    case 12:
        return SamplePerson::Enrolment::Arrears;
    case 3:
    case 16:
        return SamplePerson::Enrolment::SeveralRegions;
    case 4:
        return SamplePerson::Enrolment::NotEnrolled;
    default:
        return SamplePerson::Enrolment::Enrolled;
    }
}

SamplePerson::Category categoryOf(quint64 subject)
{
    switch (subject % 10) {
    case 0:
    case 1:
    case 2:
        return SamplePerson::Category::Courier;
    case 8:
        return SamplePerson::Category::TruckDriver;
    case 9:
        return SamplePerson::Category::RideHailingDriver;
    default:
        return SamplePerson::Category::DeliveryRider;
    }
}

} // namespace

QChar idNumberCheckCharacter(QStringView digits)
{
    static constexpr std::array<int, 17> kWeights{7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                  3, 7, 9,  10, 5, 8, 4, 2};
    if (digits.size() < qsizetype(kWeights.size()))
        return {};
    int sum = 0;
    for (size_t i = 0; i < kWeights.size(); ++i) {
        const char16_t c = digits[qsizetype(i)].unicode();
        if (c < u'0' || c > u'9')
            return {};
        sum += (c - u'0') * kWeights[i];
    }
    return "10X98765432"_L1[sum % 11];
}

SamplePerson samplePerson(quint64 subject)
{
    SamplePerson person;
    person.subject = subject;
    person.name = nameOf(subject);
    person.idNumber = u"429999"_s + birthdayOf(subject).toString(u"yyyyMMdd"_s) +
                      u"%1"_s.arg(subject % 1000, 3, 10, QLatin1Char('0'));
    person.idNumber += idNumberCheckCharacter(person.idNumber);
    person.mobile = u"154%1"_s.arg(subject, 8, 10, QLatin1Char('0'));
    const std::u16string_view employer = kEmployers[size_t(subject % kEmployers.size())];
    person.employer =
            QString::fromUtf16(employer.data(), qsizetype(employer.size())) + u"（合成）"_s;
    person.category = categoryOf(subject);
    person.enrolment = enrolmentOf(subject);
    return person;
}

quint64 sampleSubjectOfIdNumber(const QString &idNumber)
{
    if (idNumber.size() != 18 || !idNumber.startsWith("429999"_L1) ||
        idNumberCheckCharacter(idNumber) != idNumber[17])
        return 0;
    const QDate birthday = QDate::fromString(idNumber.mid(6, 8), u"yyyyMMdd"_s);
    const qint64 day = kFirstBirthday.daysTo(birthday);
    if (!birthday.isValid() || day < 0 || day >= qint64(kBirthdays))
        return 0;
    const quint64 sequence = idNumber.mid(14, 3).toULongLong();
    // day ≡ sequence·911 + quotient·37 (mod kBirthdays); 10306 is the inverse of 37.
    constexpr quint64 kInverse = 10'306;
    static_assert(kInverse * kDayStep % kBirthdays == 1);
    const quint64 offset =
            (quint64(day) + kBirthdays - sequence * kSequenceStep % kBirthdays) % kBirthdays;
    const quint64 subject = offset * kInverse % kBirthdays * 1000 + sequence;
    return subject >= 1 && subject <= kMaxSampleSubject ? subject : 0;
}

} // namespace riderport::domain
