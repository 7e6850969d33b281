// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace riderport::protocol {

/// Base45 (RFC 9285): two bytes to three characters of the QR alphanumeric set.
[[nodiscard]] QString base45Encode(const QByteArray &bytes);
/// Strict inverse; error code base45.invalid for a foreign character, a bad length or an
/// overflowing group.
[[nodiscard]] base::Result<QByteArray> base45Decode(QStringView text);

} // namespace riderport::protocol
