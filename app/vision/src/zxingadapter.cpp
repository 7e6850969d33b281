// SPDX-License-Identifier: Apache-2.0
#include "zxingadapter.h"

#include "vision/plainzxing.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>
#include <ZXing/ZXVersion.h>

#include <exception>

namespace riderport::vision::zxing {
namespace {

#if ZXING_VERSION_MAJOR >= 2
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

Options plainOptions()
{
    Options options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    return options;
}

Options strictOptions()
{
    Options options = plainOptions();
    options.setTryDownscale(false).setTryRotate(false);
#if ZXING_VERSION_MAJOR >= 2
    options.setTryInvert(false);
#endif
    return options;
}

std::optional<QrRead> read(const LumaView &view, const Options &options)
{
    if (view.isNull())
        return std::nullopt;
    try {
        const ZXing::ImageView image(view.data, view.width, view.height, ZXing::ImageFormat::Lum,
                                     int(view.stride), view.pixelStride);
        const auto result = ZXing::ReadBarcode(image, options);
        if (!result.isValid())
            return std::nullopt;
        const std::string text = result.text();
        if (text.empty())
            return std::nullopt;
        QrRead read;
        read.text = QString::fromStdString(text);
        for (size_t i = 0; i < 4; ++i)
            read.corners[i] = QPointF(result.position()[int(i)].x, result.position()[int(i)].y);
        return read;
    } catch (const std::exception &) {
        // A decoder error on hostile pixels is an unread picture, nothing more.
        return std::nullopt;
    }
}

} // namespace

std::optional<QrRead> readDrawing(const LumaView &view)
{
    static const Options options =
            strictOptions().setIsPure(true).setBinarizer(ZXing::Binarizer::FixedThreshold);
    return read(view, options);
}

std::optional<QrRead> search(const LumaView &view, Binarization binarization)
{
    static const Options local = strictOptions();
    static const Options histogram =
            strictOptions().setBinarizer(ZXing::Binarizer::GlobalHistogram);
    static const Options fixed = strictOptions().setBinarizer(ZXing::Binarizer::FixedThreshold);
    switch (binarization) {
    case Binarization::LocalAverage:
        return read(view, local);
    case Binarization::Histogram:
        return read(view, histogram);
    case Binarization::Fixed:
        break;
    }
    return read(view, fixed);
}

std::optional<QrRead> searchWithDefaults(const LumaView &view)
{
    static const Options options = plainOptions();
    return read(view, options);
}

QrMatrix write(const QString &text, QrEcc ecc)
{
    // ZXing spreads the four levels over 0..8.
    static constexpr int kLevels[] = {1, 3, 5, 8};
    QrMatrix matrix;
    bool ascii = true;
    for (const QChar c : text)
        ascii = ascii && c.unicode() < 0x80;
    try {
        ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
        writer.setEncoding(ascii ? ZXing::CharacterSet::ASCII : ZXing::CharacterSet::UTF8)
                .setEccLevel(kLevels[int(ecc)])
                .setMargin(0);
        const ZXing::BitMatrix bits = writer.encode(text.toStdWString(), 0, 0);
        matrix.size = bits.width();
        matrix.modules.resize(size_t(matrix.size) * size_t(matrix.size));
        for (int y = 0; y < matrix.size; ++y) {
            for (int x = 0; x < matrix.size; ++x)
                matrix.modules[size_t(y * matrix.size + x)] = bits.get(x, y);
        }
    } catch (const std::exception &) {
        return {};
    }
    return matrix;
}

} // namespace riderport::vision::zxing

namespace riderport::vision {

QString readWithPlainZxing(const LumaView &view)
{
    const auto read = zxing::searchWithDefaults(view);
    return read ? read->text : QString();
}

} // namespace riderport::vision
