// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "district/feedstore.h"

#include <QList>
#include <QString>

namespace riderport::district {

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
