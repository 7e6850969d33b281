// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QLatin1String>
#include <QString>

namespace riderport::crypto {

/// Bytes from the kernel's generator, by libsodium. Thread-safe.
[[nodiscard]] QByteArray randomBytes(qsizetype count);
/// Lower-case hex of `count` random bytes.
[[nodiscard]] QString randomHex(qsizetype count);
/// Uniform in [0, bound).
[[nodiscard]] quint32 randomBelow(quint32 bound);
/// `length` characters drawn uniformly from `alphabet` (ASCII).
[[nodiscard]] QString randomText(qsizetype length, QLatin1String alphabet);

} // namespace riderport::crypto
