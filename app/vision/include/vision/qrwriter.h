// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QImage>
#include <QString>

#include <vector>

namespace riderport::vision {

/// The modules of one QR symbol without its quiet zone; true = dark.
struct QrMatrix
{
    int size = 0; ///< modules per side: 17 + 4 * version
    std::vector<bool> modules;

    [[nodiscard]] bool dark(int x, int y) const { return modules[size_t(y * size + x)]; }
    /// 1..40
    [[nodiscard]] int version() const { return (size - 17) / 4; }
};

/// Error correction level of ISO/IEC 18004, weakest first. Medium is right for screens.
enum class QrEcc { Low, Medium, Quartile, High };

/// Writes QR codes (ISO/IEC 18004). Stateless and thread-safe.
class QrWriter
{
public:
    /// Width of the light border every symbol needs, in modules.
    static constexpr int kQuietZone = 4;

    /// Encodes text (alphanumeric mode where the text allows it, else bytes in UTF-8).
    /// Errors: qr.empty (Invalid), qr.toolong (TooLarge).
    [[nodiscard]] static base::Result<QrMatrix> encode(const QString &text,
                                                       QrEcc ecc = QrEcc::Medium);

    /// Draws a matrix with its quiet zone, `scale` whole pixels per module, as 8-bit grey.
    [[nodiscard]] static QImage draw(const QrMatrix &matrix, int scale);

    /// Encodes, draws, and reads the drawing back before handing it out: a code that the reader
    /// cannot read is never shown. Errors: those of encode(), qr.selfcheck (Internal).
    [[nodiscard]] static base::Result<QImage> image(const QString &text, int scale,
                                                    QrEcc ecc = QrEcc::Medium);
};

} // namespace riderport::vision
