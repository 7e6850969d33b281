// SPDX-License-Identifier: Apache-2.0
#include "vision/jpegluma.h"

#include <turbojpeg.h>

namespace riderport::vision {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {
constexpr qint64 kMostPixels = 64'000'000;
}

JpegLuma::JpegLuma()
    : m_handle(tjInitDecompress())
{}

JpegLuma::~JpegLuma()
{
    if (m_handle)
        tjDestroy(m_handle);
}

Result<void> JpegLuma::decode(QByteArrayView jpeg, LumaImage *image, int shrink)
{
    const Result<void> result = decodeOnce(jpeg, image, shrink);
    if (!result) {
        image->width = image->height = 0;
        image->bytes.clear();
        // After an error the decompressor may be stuck half way through the damaged picture.
        if (m_handle)
            tjDestroy(m_handle);
        m_handle = tjInitDecompress();
    }
    return result;
}

Result<void> JpegLuma::decodeOnce(QByteArrayView jpeg, LumaImage *image, int shrink)
{
    const Error corrupt{ErrorKind::Corrupt, u"jpeg.corrupt"_s, {}};
    if (!m_handle || jpeg.isEmpty())
        return corrupt;
    const auto *bytes = reinterpret_cast<const unsigned char *>(jpeg.data());
    const auto size = static_cast<unsigned long>(jpeg.size());
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(m_handle, bytes, size, &width, &height, &subsampling, &colours) != 0 ||
        width <= 0 || height <= 0)
        return corrupt;
    if (qint64(width) * height > kMostPixels)
        return Error{ErrorKind::TooLarge, u"jpeg.toolarge"_s, {}};
    const tjscalingfactor factor = {1, shrink};
    image->width = TJSCALED(width, factor);
    image->height = TJSCALED(height, factor);
    image->bytes.resize(size_t(image->width) * size_t(image->height));
    // Warnings (a truncated or damaged scan) count as failure: half a picture could be an old one.
    if (tjDecompress2(m_handle, bytes, size, image->bytes.data(), image->width, image->width,
                      image->height, TJPF_GRAY, TJFLAG_STOPONWARNING) != 0) {
        image->width = image->height = 0;
        image->bytes.clear();
        return corrupt;
    }
    return {};
}

} // namespace riderport::vision
