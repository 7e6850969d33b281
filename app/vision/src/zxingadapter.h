// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "vision/qrreader.h"
#include "vision/qrwriter.h"

namespace riderport::vision {

/// How ZXing turns grey into black and white.
enum class Binarization {
    LocalAverage,
    Histogram,
    Fixed, ///< at 127: the caller has thresholded already
};

/// The only file that includes ZXing's headers: hides what differs between 1.4 and 2.x. Texts that
/// are empty after decoding count as unread.
namespace zxing {

/// Decodes a clean drawing of one symbol: corrects errors, no searching.
[[nodiscard]] std::optional<QrRead> readDrawing(const LumaView &view);
/// Searches the view for a symbol and decodes it. No rotation, scaling or inversion of its own.
[[nodiscard]] std::optional<QrRead> search(const LumaView &view, Binarization binarization);
/// As shipped: default options, only the symbology set. For comparison.
[[nodiscard]] std::optional<QrRead> searchWithDefaults(const LumaView &view);
/// Modules without quiet zone; size 0 when the text does not fit.
[[nodiscard]] QrMatrix write(const QString &text, QrEcc ecc);

} // namespace zxing
} // namespace riderport::vision
