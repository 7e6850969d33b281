// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "terminal/terminalconfig.h"

#include <span>

namespace riderport::terminal {

/// One setting of the configuration files.
struct Setting
{
    QLatin1StringView section;
    QLatin1StringView key;
    QLatin1StringView help; ///< one line for --help and the commented defaults
    /// False when the value cannot be read; `config` is unchanged then.
    bool (*apply)(TerminalConfig &config, const QString &value);
};

[[nodiscard]] std::span<const Setting> settings();

} // namespace riderport::terminal
