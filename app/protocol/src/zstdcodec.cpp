// SPDX-License-Identifier: Apache-2.0
#include "protocol/zstdcodec.h"

#include <memory>
#include <zstd.h>

namespace riderport::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLevel = 3;
constexpr qsizetype kChunk = 128 * 1024;

} // namespace

QByteArray zstdCompress(const QByteArray &plain)
{
    QByteArray out(qsizetype(ZSTD_compressBound(size_t(plain.size()))), Qt::Uninitialized);
    const size_t size = ZSTD_compress(out.data(), size_t(out.size()), plain.constData(),
                                      size_t(plain.size()), kLevel);
    if (ZSTD_isError(size))
        qFatal("zstd: %s", ZSTD_getErrorName(size));
    out.truncate(qsizetype(size));
    return out;
}

base::Result<QByteArray> zstdDecompress(const QByteArray &compressed, qsizetype maxBytes)
{
    const base::Error tooLarge{base::ErrorKind::TooLarge, u"zstd.too-large"_s, {}};
    const base::Error corrupt{base::ErrorKind::Corrupt, u"zstd.corrupt"_s, {}};
    const auto declared =
            ZSTD_getFrameContentSize(compressed.constData(), size_t(compressed.size()));
    if (declared == ZSTD_CONTENTSIZE_ERROR)
        return corrupt;
    if (declared != ZSTD_CONTENTSIZE_UNKNOWN && declared > quint64(maxBytes))
        return tooLarge;
    const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(),
                                                                            &ZSTD_freeDStream);
    QByteArray out;
    QByteArray chunk(kChunk, Qt::Uninitialized);
    ZSTD_inBuffer input{compressed.constData(), size_t(compressed.size()), 0};
    size_t pending = 1;
    while (pending != 0) {
        ZSTD_outBuffer output{chunk.data(), size_t(chunk.size()), 0};
        const size_t before = input.pos;
        pending = ZSTD_decompressStream(stream.get(), &output, &input);
        if (ZSTD_isError(pending))
            return corrupt;
        if (out.size() + qsizetype(output.pos) > maxBytes)
            return tooLarge;
        out.append(chunk.constData(), qsizetype(output.pos));
        if (pending != 0 && input.pos == before && output.pos == 0)
            return corrupt; // cut off: the frame wants more than there is
    }
    return input.pos == input.size ? base::Result<QByteArray>(out) : corrupt;
}

} // namespace riderport::protocol
