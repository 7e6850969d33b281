// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QStringList>

namespace riderport::district {

class SqliteConnection;

/// Brings a database up to the files NNNN_name.sql of a directory, each in one transaction, in
/// numeric order; a file that arrived late (another area's range) is applied all the same. The
/// second line of a file, "-- oldest-compatible: N", is the highest number a program must know to
/// work with the result: an older program refuses with schema.too-new. An applied file must not
/// change: schema.changed.
[[nodiscard]] base::Result<void> applyMigrations(SqliteConnection &connection,
                                                 const QString &directory, qint64 nowMs);

/// Statements of a script; each ends with ";" at the end of a line. "--" comments are dropped.
[[nodiscard]] QStringList splitSql(const QString &script);

} // namespace riderport::district
