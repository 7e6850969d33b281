// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>
#include <QString>

namespace riderport::base {

/// Sends every Qt message of this process as one JSON object per line to stderr:
/// {"t":"2026-11-23T08:00:00.000Z","level":"info","cat":"riderport.sync","proc":"kiosk","msg":"…"}.
/// Control characters are escaped, a message is cut at 2,000 characters, and digit runs that look
/// like a mobile or resident ID number are blanked as a last line of defence: callers must not log
/// personal data in the first place. Call once at the start of main().
void installStructuredLog(const QString &process);

/// The blanking of installStructuredLog(), exposed for tests and for the log export.
[[nodiscard]] QString redacted(const QString &message);

} // namespace riderport::base
