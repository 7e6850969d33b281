// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "services/serviceflow.h"

#include <QJsonObject>

namespace riderport::services {

/// Turns a gateway answer into what the page shows, by the descriptor alone. Pure; any thread.
///
/// A section's source is a path inside `data`; arrays on the way are walked, so "persons.rows"
/// stands for every row of every person. A Fields section makes one block per object found, a Table
/// section one block whose rows are the objects found. A missing or ill-typed value leaves its
/// cell empty in a table, and its line out of a block. Codes without a label show 其他(code) /
/// Other (code).

/// Reads {code:"OK", data_as_of, source_system, demo, data, notice, trace_id}. Error codes: the
/// gateway's own code for every other `code` (kind Unavailable, Timeout, RateLimited or Invalid),
/// answer.invalid when the answer is not of this shape.
[[nodiscard]] base::Result<ServiceResult> renderAnswer(const domain::ServiceDescriptor &descriptor,
                                                       const QJsonObject &answer);

/// "¥1,234.56" from fen, exact for every 64-bit value.
[[nodiscard]] QString moneyText(qint64 fen);

/// One value as the page shows it; an empty text when `value` does not have the field's type.
[[nodiscard]] domain::LocalText fieldText(const domain::ServiceDescriptor::Field &field,
                                          const QJsonValue &value);

} // namespace riderport::services
