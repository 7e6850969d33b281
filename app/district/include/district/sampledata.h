// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "district/feedstore.h"

#include <QList>
#include <QString>

namespace riderport::district {

/// An invented person. Numbers cannot belong to anybody: mobiles begin with the unallocated 154,
/// identity numbers with 429999, which is no county.
struct SampleWorker
{
    quint64 subject = 0; ///< 1 … 8,470
    QString name;
    QString idNumber; ///< valid check character, one birth date each
    QString mobile;
    QString category; ///< courier, delivery_rider, truck_driver, ride_hailing_driver, other
    QString homeStation;
    int authLevel = 2;
    qint64 registeredMs = 0;
};

inline constexpr int kSampleWorkers = 8470;

/// The same person for the same number on every machine.
[[nodiscard]] SampleWorker sampleWorker(quint64 subject);

/// The check character of the first 17 digits (GB 11643-1999).
[[nodiscard]] QChar idCheckCharacter(QStringView first17);

/// Rows for the district bucket from <directory>/stations.json, notices.json, hotlines.json and
/// config.json: arrays of objects with an "id", which does not travel in the body. Codes:
/// sample.file, sample.row.
[[nodiscard]] base::Result<QList<FeedRow>> readSampleRows(const QString &directory);

/// The tables readSampleRows() fills completely.
[[nodiscard]] QStringList sampleTables();

/// Public service descriptors for the feed. A bad file is left out and named in `refused`, so that
/// the row it should have replaced can stay.
struct ServiceRows
{
    QList<FeedRow> rows;
    QStringList refused; ///< ids (file base names)
};
[[nodiscard]] ServiceRows readServiceRows(const QString &directory);

} // namespace riderport::district
