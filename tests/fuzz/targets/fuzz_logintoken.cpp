// SPDX-License-Identifier: Apache-2.0
// What a camera or a scanner reads. Whatever is accepted must encode to the very text that was
// read, or two texts would be one token and the replay memory could be walked around.
#include <protocol/base45.h>
#include <protocol/logintoken.h>
#include <protocol/phonekeycertificate.h>

#include <cstdlib>

using namespace riderport;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QString text = QString::fromUtf8(bytes);
    if (const auto token = protocol::decodeLoginToken(text)) {
        if (protocol::encodeLoginToken(*token) != text)
            std::abort();
    }
    if (const auto plain = protocol::base45Decode(text)) {
        if (protocol::base45Encode(*plain) != text)
            std::abort();
    }
    if (const auto certificate = protocol::decodePhoneKey(bytes)) {
        if (protocol::encodePhoneKey(*certificate) != bytes)
            std::abort();
    }
    return 0;
}
