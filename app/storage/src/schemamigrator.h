// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QString>

namespace riderport::storage {

class SqlConnection;

/// Brings a file to the newest schema: NNNN_name.sql of `directory` in order, each in one
/// transaction with its line in schema_history. A file written by a newer program is accepted when
/// that program declared our version "oldest-compatible"; otherwise the code is
/// storage.newer-schema.
[[nodiscard]] base::Result<void> migrateSchema(SqlConnection &connection, const QString &directory,
                                               qint64 nowMs);

} // namespace riderport::storage
