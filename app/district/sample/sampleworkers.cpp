// SPDX-License-Identifier: Apache-2.0
#include "district/sampledata.h"

#include <QDate>
#include <QDateTime>

#include <array>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView kSurnames[] = {
        u"王", u"李", u"张", u"刘", u"陈", u"杨", u"赵", u"黄", u"周", u"吴",   u"徐",   u"孙",
        u"胡", u"朱", u"高", u"林", u"何", u"郭", u"马", u"罗", u"梁", u"宋",   u"郑",   u"谢",
        u"韩", u"唐", u"冯", u"于", u"董", u"萧", u"程", u"曹", u"袁", u"欧阳", u"上官", u"司马"};
constexpr QStringView kGiven[] = {u"伟", u"芳", u"娜", u"敏", u"静", u"强", u"磊", u"军", u"洋",
                                  u"勇", u"艳", u"杰", u"娟", u"涛", u"明", u"超", u"霞", u"平",
                                  u"刚", u"桂", u"英", u"华", u"玉", u"兰", u"飞", u"鹏", u"浩",
                                  u"亮", u"红", u"云", u"波", u"斌", u"宇", u"航", u"佳", u"晨"};

/// splitmix64: small, well known and the same everywhere.
quint64 mixed(quint64 value)
{
    value += Q_UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * Q_UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * Q_UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

QString category(quint64 dice)
{
    const quint64 percent = dice % 100;
    if (percent < 55)
        return u"delivery_rider"_s;
    if (percent < 80)
        return u"courier"_s;
    if (percent < 90)
        return u"ride_hailing_driver"_s;
    return percent < 97 ? u"truck_driver"_s : u"other"_s;
}

} // namespace

QChar idCheckCharacter(QStringView first17)
{
    constexpr std::array<int, 17> weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (qsizetype i = 0; i < 17; ++i)
        sum += (first17.at(i).unicode() - u'0') * weights[size_t(i)];
    return u"10X98765432"[sum % 11];
}

SampleWorker sampleWorker(quint64 subject)
{
    const quint64 dice = mixed(subject);
    SampleWorker worker;
    worker.subject = subject;
    worker.name = kSurnames[dice % std::size(kSurnames)].toString() +
                  kGiven[(dice >> 8) % std::size(kGiven)].toString();
    if ((dice >> 16) % 10 < 7)
        worker.name += kGiven[(dice >> 20) % std::size(kGiven)].toString();
    worker.mobile = u"154%1"_s.arg(subject, 8, 10, QChar(u'0'));
    // Stepping through 14,610 days (1966 … 2005) with a coprime step gives each worker their own
    // birth date and so their own number, whatever the sequence digits are.
    const QDate birth = QDate(1966, 1, 1).addDays(qint64(subject * 7919 % 14'610));
    const QString first17 = u"429999"_s + birth.toString(u"yyyyMMdd"_s) +
                            u"%1"_s.arg(1 + (dice >> 32) % 998, 3, 10, QChar(u'0'));
    worker.idNumber = first17 + idCheckCharacter(first17);
    worker.category = category(dice >> 40);
    worker.homeStation = u"ST%1"_s.arg(1 + (dice >> 48) % 28, 2, 10, QChar(u'0'));
    const QDateTime start(QDate(2024, 3, 1), QTime(1, 0), Qt::UTC);
    worker.registeredMs = start.addDays(qint64((dice >> 52) % 700)).toMSecsSinceEpoch();
    return worker;
}

} // namespace riderport::district
