// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace riderport::crypto {

/// SHA-256, 32 bytes.
[[nodiscard]] QByteArray sha256(const QByteArray &bytes);
/// The same as 64 lower-case hex digits.
[[nodiscard]] QString sha256Hex(const QByteArray &bytes);
/// Equality in time that depends on the length only.
[[nodiscard]] bool constantTimeEqual(const QByteArray &a, const QByteArray &b);

} // namespace riderport::crypto
