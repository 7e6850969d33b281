// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/serviceflow.h"
#include "uirows.h"

#include <QSet>

namespace riderport::ui {

/// Pure functions that turn the state of a service run into rows for the page.

[[nodiscard]] QList<InputRow> inputRows(const services::ServiceState &state,
                                        domain::Language language);

/// Lines of a result in order. Values that are hidden until touched are "****" unless the key of
/// their line is in `revealed`.
[[nodiscard]] QList<ResultRow> resultRows(const services::ServiceResult &result,
                                          domain::Language language, const QSet<QString> &revealed);

[[nodiscard]] QList<NextStepRow> nextStepRows(const services::ServiceState &state,
                                              domain::Language language);

} // namespace riderport::ui
