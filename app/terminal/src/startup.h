// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "terminal/terminalconfig.h"

#include <QLockFile>

#include <memory>

namespace riderport::transport {
class HttpTransport;
}

namespace riderport::terminal {

/// Decides platform, renderer, style, locale and media backend. Before QGuiApplication is made.
/// What the environment already says is kept.
void prepareToolkit(domain::Language language, bool selfTest);

/// The one district this terminal speaks to. Codes: http.request, config.certificates.
[[nodiscard]] base::Result<std::unique_ptr<transport::HttpTransport>>
makeTransport(const TerminalConfig &config);

/// Held while this process uses the state folder, so that a second terminal is refused before it
/// opens a window. Codes: storage.in-use, storage.read-only.
[[nodiscard]] base::Result<std::shared_ptr<QLockFile>> lockState(const QString &directory);

} // namespace riderport::terminal
