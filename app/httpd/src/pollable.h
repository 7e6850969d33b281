// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace riderport::httpd {

/// What a descriptor in the outer epoll set stands for; its address is the event's user data.
struct Pollable
{
    enum class Kind { Listener, Shard, HeldClient };
    explicit Pollable(Kind k)
        : kind(k)
    {}
    Kind kind;
};

} // namespace riderport::httpd
