// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace riderport::devices {
Q_DECLARE_LOGGING_CATEGORY(lcDevices)
}
