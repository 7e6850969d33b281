// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace riderport::base {

/// A time-ordered UUID (RFC 9562, version 7): 48-bit Unix milliseconds, then 74 random bits. Made
/// once per operation, at the moment the operation is written to the outbox, and never again for
/// the same operation.
[[nodiscard]] QByteArray makeUuidV7(qint64 wallMs);
/// The 36-character form of a 16-byte UUID; empty for any other length.
[[nodiscard]] QString uuidToString(const QByteArray &bytes);
/// 16 bytes, or empty when the text is not a UUID of version 7.
[[nodiscard]] QByteArray uuidV7FromString(const QString &text);

} // namespace riderport::base
