// SPDX-License-Identifier: Apache-2.0
// Service descriptors, as files and as rows of the feed. The public form of a valid one is valid
// and has no upstream.
#include <domain/servicedescriptor.h>

#include <cstdlib>

using namespace riderport;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray json(reinterpret_cast<const char *>(data), qsizetype(size));
    if (!domain::parseServiceDescriptor(json))
        return 0;
    const auto open = domain::publicDescriptorJson(json);
    if (!open)
        std::abort();
    const auto again = domain::parseServiceDescriptor(*open);
    if (!again || !again->upstream.isEmpty())
        std::abort();
    return 0;
}
