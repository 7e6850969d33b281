// SPDX-License-Identifier: Apache-2.0
// Bodies of the sync protocol in both directions, plain and compressed. What is accepted must
// survive a round trip.
#include <protocol/opsmessages.h>
#include <protocol/syncmessages.h>
#include <protocol/zstdcodec.h>

#include <cstdlib>

using namespace riderport;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void read(const QByteArray &body)
{
    if (const auto request = protocol::decodeSyncRequest(body)) {
        const auto again = protocol::decodeSyncRequest(protocol::encodeSyncRequest(*request));
        require(again && again->cursors == request->cursors);
    }
    if (const auto reply = protocol::decodeSyncReply(body)) {
        const auto again = protocol::decodeSyncReply(protocol::encodeSyncReply(*reply));
        require(again && again->pages.size() == reply->pages.size() &&
                again->durable == reply->durable);
        for (qsizetype i = 0; i < reply->pages.size(); ++i)
            require(again->pages.at(i).computedSha256() == reply->pages.at(i).computedSha256());
    }
    if (const auto page = protocol::decodeSnapshotPage(body)) {
        const auto again = protocol::decodeSnapshotPage(protocol::encodeSnapshotPage(*page));
        require(again && again->computedSha256() == page->computedSha256());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    constexpr qsizetype kSmall = 1024 * 1024;
    read(bytes);
    if (const auto plain = protocol::zstdDecompress(bytes, kSmall)) {
        require(plain->size() <= kSmall);
        read(*plain);
    }
    return 0;
}
