// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace riderport::protocol {

/// Zstandard, level 3. Never fails for sizes this product sends.
[[nodiscard]] QByteArray zstdCompress(const QByteArray &plain);
/// Refuses before allocating when the frame declares, or turns out to hold, more than maxBytes.
/// Codes: zstd.too-large, zstd.corrupt.
[[nodiscard]] base::Result<QByteArray> zstdDecompress(const QByteArray &compressed,
                                                      qsizetype maxBytes);

} // namespace riderport::protocol
