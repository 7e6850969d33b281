// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/sampleperson.h"

#include <QList>
#include <QString>

namespace riderport::sim {

/// What the simulated bureau has on file about one synthetic person. Derived from the subject
/// number and the current month alone: two processes agree without sharing anything. Rates follow
/// the policy parameters: pension 16 % + 8 %, medical 8 % + 2 %, unemployment 0.7 % + 0.3 %, work
/// injury 0.4 % by the employer. Amounts in fen, rounded half up once.
struct ContributionRecord
{
    int month = 0; ///< YYYYMM
    qint64 baseFen = 0;
    qint64 personalFen = 0;
    qint64 employerFen = 0;
    bool received = true;
};

struct InsuranceFile
{
    QString type;   ///< "110", "310", "210", "410"
    QString status; ///< 1 enrolled, 2 paused, 3 ended
    int firstMonth = 0;
    int lastMonth = 0;
    int monthsTotal = 0;
    int monthsActual = 0;
    QList<int> arrears;
    qint64 accountFen = 0;             ///< pension only
    QList<ContributionRecord> records; ///< newest first, all months
};

struct RegionFile
{
    QString region; ///< GB/T 2260
    QString employer;
    QList<InsuranceFile> insurances;
};

/// Empty for a person who is not enrolled. `currentMonth` is YYYYMM in Asia/Shanghai; its own
/// contribution is not booked yet.
[[nodiscard]] QList<RegionFile> socialInsuranceFiles(const domain::SamplePerson &person,
                                                     int currentMonth);

} // namespace riderport::sim
