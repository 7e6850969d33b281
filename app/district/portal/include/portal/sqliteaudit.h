// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "base/result.h"

#include <QString>

#include <optional>

namespace riderport::district {

class StoreReader;
class StoreTransaction;

/// One line of the audit trail (house rule: every access to personal data leaves one, in the same
/// transaction). Holds no personal value: the subject is a keyed hash, fields are names of fields.
struct AuditEntry
{
    QString actor;   ///< "phone", "device:K-…", "import", "gateway:S02"
    QString action;  ///< "profile.read", "session.open"
    QString subject; ///< hex of a keyed hash; empty when nobody in particular
    QString fields;  ///< "name,mobile"
    QString purpose;
    QString result; ///< "ok" or an error code
    QString trace;
};

/// Appends to the district's chain. Nothing on success.
[[nodiscard]] std::optional<base::Error> appendAudit(StoreTransaction &tx, const AuditEntry &entry);
/// Walks the whole chain; the first sequence number that does not fit, 0 when it holds.
[[nodiscard]] base::Result<qint64> firstBrokenAudit(StoreReader &reader);

} // namespace riderport::district
