// SPDX-License-Identifier: Apache-2.0
// The three signature headers of a request, separated by line feeds. Nothing the fuzzer can write
// verifies under a key whose secret half nobody has.
#include <protocol/httpsignature.h>

#include <QList>

#include <cstdlib>

using namespace riderport;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const QList<QByteArray> lines = bytes.split('\n');
    protocol::SignatureHeaders headers;
    headers.signatureInput = lines.value(0);
    headers.signature = lines.value(1);
    const QByteArray body = lines.value(3);
    headers.contentDigest =
            lines.value(2) == "right" ? protocol::contentDigestOf(body) : lines.value(2);
    if (const auto parameters = protocol::parseSignatureInput(headers.signatureInput)) {
        if (parameters->nonce.size() != 22 || parameters->keyId.isEmpty())
            std::abort();
    }
    const protocol::SignedMessage message{"POST", "district.example", "/v1/sync", {}, body};
    if (protocol::verifyMessage(message, headers, QByteArray(32, '\x5a')))
        std::abort();
    return 0;
}
