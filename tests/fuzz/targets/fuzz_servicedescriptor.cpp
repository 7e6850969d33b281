// SPDX-License-Identifier: Apache-2.0
#include "domain/servicedescriptor.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const auto parsed = riderport::domain::parseServiceDescriptor(bytes);
    const auto open = riderport::domain::publicDescriptorJson(bytes);
    if (parsed.ok() != open.ok())
        std::abort();
    if (!open.ok())
        return 0;
    // What kiosks receive must parse again and carry nothing for the gateway.
    const auto again = riderport::domain::parseServiceDescriptor(*open);
    if (!again.ok() || !again->upstream.isEmpty() || again->id != parsed->id)
        std::abort();
    return 0;
}
