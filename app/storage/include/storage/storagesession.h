// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <functional>
#include <memory>

namespace riderport::storage {

class DeviceRepository;
class FeedRepository;
class OutboxRepository;
class SqlConnection;
class UsedTokenRepository;

/// What a task sees on the storage thread: the repositories, and transactions around them. The
/// cache and the ledger are two files with different promises, so one transaction never spans both.
/// Storage thread only; never keep a reference beyond the task.
class StorageSession
{
public:
    StorageSession();
    ~StorageSession();
    StorageSession(const StorageSession &) = delete;
    StorageSession &operator=(const StorageSession &) = delete;

    [[nodiscard]] FeedRepository &feed() { return *m_feed; }
    [[nodiscard]] OutboxRepository &outbox() { return *m_outbox; }
    [[nodiscard]] UsedTokenRepository &usedTokens() { return *m_usedTokens; }
    [[nodiscard]] DeviceRepository &device() { return *m_device; }

    /// All or nothing in the ledger, on the disk when it returns (synchronous=FULL). A transaction
    /// inside a transaction joins the outer one.
    [[nodiscard]] base::Result<void> inLedger(const std::function<base::Result<void>()> &steps);
    /// All or nothing in the cache (synchronous=NORMAL: the last ones may be missing after a power
    /// cut, never torn).
    [[nodiscard]] base::Result<void> inCache(const std::function<base::Result<void>()> &steps);

private:
    friend class StorageOpener;

    std::unique_ptr<SqlConnection> m_cache;
    std::unique_ptr<SqlConnection> m_ledger;
    std::unique_ptr<FeedRepository> m_feed;
    std::unique_ptr<OutboxRepository> m_outbox;
    std::unique_ptr<UsedTokenRepository> m_usedTokens;
    std::unique_ptr<DeviceRepository> m_device;
};

} // namespace riderport::storage
