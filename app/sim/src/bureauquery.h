// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/inputrules.h"
#include "sim/bureaus.h"
#include "sim/socialinsurancebook.h"

#include <QDateTime>

namespace riderport::sim {

/// Whose record a bureau sends: the person asked about, or a stranger's when told to misbehave.
[[nodiscard]] inline domain::SamplePerson personFor(const RecordQuery &query, const Fault &fault)
{
    const bool foreign = fault.error == QLatin1String("FOREIGN_PERSON");
    return domain::samplePerson(foreign ? query.subject % domain::kMaxSampleSubject + 1
                                        : query.subject);
}

[[nodiscard]] inline RecordQuery queryOf(const QString &idNumber, const QString &name,
                                         const QString &types, const QString &from,
                                         const QString &to)
{
    RecordQuery query;
    query.idNumber = idNumber;
    query.subject = domain::sampleSubjectOfIdNumber(idNumber);
    query.name = name;
    query.types = types.split(QLatin1Char(','), Qt::SkipEmptyParts);
    query.from = domain::monthFromText(from);
    query.to = domain::monthFromText(to);
    return query;
}

[[nodiscard]] inline bool inRange(const RecordQuery &query, const ContributionRecord &record)
{
    return record.month >= query.from && record.month <= query.to;
}

/// Two days old, as night batches are; forty days when told to be stale.
[[nodiscard]] inline QDateTime asOf(const QDateTime &now, const Fault &fault)
{
    return now.addDays(fault.error == QLatin1String("STALE") ? -40 : -2);
}

} // namespace riderport::sim
