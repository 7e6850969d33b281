// SPDX-License-Identifier: Apache-2.0
#include "vision/qrwriter.h"

#include "zxingadapter.h"

namespace riderport::vision {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

Result<QrMatrix> QrWriter::encode(const QString &text, QrEcc ecc)
{
    if (text.isEmpty())
        return Error{ErrorKind::Invalid, u"qr.empty"_s, {}};
    QrMatrix matrix = zxing::write(text, ecc);
    if (matrix.size == 0)
        return Error{ErrorKind::TooLarge, u"qr.toolong"_s, {}};
    return matrix;
}

QImage QrWriter::draw(const QrMatrix &matrix, int scale)
{
    const int side = (matrix.size + 2 * kQuietZone) * std::max(1, scale);
    QImage image(side, side, QImage::Format_Grayscale8);
    if (image.isNull())
        return image;
    for (int y = 0; y < side; ++y) {
        const int my = y / std::max(1, scale) - kQuietZone;
        uchar *row = image.scanLine(y);
        for (int x = 0; x < side; ++x) {
            const int mx = x / std::max(1, scale) - kQuietZone;
            const bool inside = mx >= 0 && my >= 0 && mx < matrix.size && my < matrix.size;
            row[x] = inside && matrix.dark(mx, my) ? 0 : 255;
        }
    }
    return image;
}

Result<QImage> QrWriter::image(const QString &text, int scale, QrEcc ecc)
{
    const Result<QrMatrix> matrix = encode(text, ecc);
    if (!matrix)
        return matrix.error();
    // The check needs no more than the smallest drawing ZXing's detector accepts.
    const QImage check = draw(*matrix, 3);
    const auto read = zxing::readDrawing(
            {check.constBits(), check.width(), check.height(), check.bytesPerLine(), 1});
    if (!read || read->text != text)
        return Error{ErrorKind::Internal, u"qr.selfcheck"_s, {}};
    return draw(*matrix, scale);
}

} // namespace riderport::vision
