// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QtGlobal>

namespace riderport::domain {

/// A synthetic worker. Everything follows from the subject number, so that the district's sample
/// workers and the simulated bureaus talk about the same people without sharing a file. ID numbers
/// use the prefix 429999, which is no county, and mobiles the unallocated prefix 154: neither can
/// belong to a real person.
struct SamplePerson
{
    /// What the simulated social-insurance bureau knows about this person.
    enum class Enrolment { Enrolled, Arrears, SeveralRegions, NotEnrolled };
    enum class Category { Courier, DeliveryRider, TruckDriver, RideHailingDriver };

    quint64 subject = 0;
    QString name;     ///< Chinese, 2 or 3 characters
    QString idNumber; ///< 18 characters, valid under GB 11643-1999
    QString mobile;   ///< 154 + subject in 8 digits
    QString employer; ///< ends with （合成）
    Category category = Category::DeliveryRider;
    Enrolment enrolment = Enrolment::Enrolled;

    friend bool operator==(const SamplePerson &, const SamplePerson &) = default;
};

/// Subjects 1 … kMaxSampleSubject have distinct ID numbers and mobiles. Of every 20 consecutive
/// subjects (by remainder) 2, 7 and 12 are in arrears, 3 and 16 are insured in several regions, and
/// 4 is not enrolled. Precondition: 1 ≤ subject ≤ kMaxSampleSubject.
inline constexpr quint64 kMaxSampleSubject = 9'999'999;
[[nodiscard]] SamplePerson samplePerson(quint64 subject);

/// Inverse of samplePerson().idNumber; 0 for a number that belongs to no sample person.
[[nodiscard]] quint64 sampleSubjectOfIdNumber(const QString &idNumber);

/// The check character of GB 11643-1999 for the first 17 digits; a null character unless `digits`
/// starts with 17 ASCII digits.
[[nodiscard]] QChar idNumberCheckCharacter(QStringView digits);

} // namespace riderport::domain
