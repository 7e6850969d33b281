// SPDX-License-Identifier: Apache-2.0
#include "sim/socialinsurancebook.h"

#include "domain/inputrules.h"

namespace riderport::sim {

using namespace Qt::StringLiterals;
using domain::SamplePerson;

namespace {

struct Scheme
{
    const char16_t *type;
    int personalBp;
    int employerBp;
};

constexpr Scheme kSchemes[] = {
        {u"110", 800, 1600}, {u"310", 200, 800}, {u"210", 30, 70}, {u"410", 0, 40}};

qint64 share(qint64 baseFen, int basisPoints)
{
    return (baseFen * basisPoints + 5000) / 10'000;
}

QList<int> arrearsOf(const SamplePerson &person, int lastMonth)
{
    if (person.enrolment != SamplePerson::Enrolment::Arrears)
        return {};
    QList<int> months;
    const int count = 1 + int(person.subject % 3);
    const int newest = 2 + int(person.subject % 5);
    for (int i = count - 1; i >= 0; --i)
        months.append(domain::addMonths(lastMonth, -(newest + i)));
    return months;
}

InsuranceFile fileOf(const SamplePerson &person, const Scheme &scheme, int firstMonth,
                     int lastMonth, bool current)
{
    InsuranceFile file;
    file.type = QString::fromUtf16(scheme.type);
    file.status = current ? u"1"_s : u"3"_s;
    file.firstMonth = firstMonth;
    file.lastMonth = lastMonth;
    file.monthsTotal = domain::monthSpan(firstMonth, lastMonth);
    if (current)
        file.arrears = arrearsOf(person, lastMonth);
    file.monthsActual = file.monthsTotal - int(file.arrears.size());
    const qint64 base = 400'700 + qint64(person.subject % 20) * 15'000;
    for (int i = 0; i < file.monthsTotal; ++i) {
        const int month = domain::addMonths(lastMonth, -i);
        const bool received = !file.arrears.contains(month);
        const ContributionRecord record{month, base, share(base, scheme.personalBp),
                                        share(base, scheme.employerBp), received};
        if (received && file.type == "110"_L1)
            file.accountFen += record.personalFen;
        file.records.append(record);
    }
    return file;
}

RegionFile regionOf(const SamplePerson &person, const QString &region, int firstMonth,
                    int lastMonth, bool current)
{
    RegionFile result{region, person.employer, {}};
    for (const Scheme &scheme : kSchemes)
        result.insurances.append(fileOf(person, scheme, firstMonth, lastMonth, current));
    return result;
}

} // namespace

QList<RegionFile> socialInsuranceFiles(const SamplePerson &person, int currentMonth)
{
    const int lastMonth = domain::addMonths(currentMonth, -1);
    const int months = 30 + int(person.subject % 110);
    switch (person.enrolment) {
    case SamplePerson::Enrolment::NotEnrolled:
        return {};
    case SamplePerson::Enrolment::SeveralRegions: {
        const int moved = domain::addMonths(lastMonth, -9);
        return {regionOf(person, u"420303"_s, moved, lastMonth, true),
                regionOf(person, u"420381"_s, domain::addMonths(lastMonth, -months),
                         domain::addMonths(moved, -1), false)};
    }
    case SamplePerson::Enrolment::Enrolled:
    case SamplePerson::Enrolment::Arrears:
        break;
    }
    return {regionOf(person, u"420303"_s, domain::addMonths(lastMonth, -months), lastMonth, true)};
}

} // namespace riderport::sim
