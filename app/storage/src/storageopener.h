// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/database.h"

namespace riderport::storage {

/// What errno says about the last file operation: storage.full, storage.read-only or storage.io.
[[nodiscard]] base::Error systemError(const QString &what);

/// Opens everything in order, on the storage thread: directory, lock, ledger, keys, cache.
class StorageOpener
{
public:
    StorageOpener(const DatabaseSettings &settings, const base::Clock &clock);
    ~StorageOpener();
    StorageOpener(const StorageOpener &) = delete;
    StorageOpener &operator=(const StorageOpener &) = delete;

    [[nodiscard]] base::Result<OpenReport> open(StorageSession &session);

private:
    [[nodiscard]] QString path(const QString &name) const;
    [[nodiscard]] base::Result<void> prepareDirectory();
    [[nodiscard]] base::Result<void> openLedger(StorageSession &session);
    [[nodiscard]] base::Result<void> openKeys(StorageSession &session, OpenReport &report);
    [[nodiscard]] base::Result<void> openCache(StorageSession &session, OpenReport &report);
    [[nodiscard]] base::Result<void> tryCache(StorageSession &session);
    [[nodiscard]] base::Result<bool> ledgerHoldsSecrets(StorageSession &session);

    DatabaseSettings m_settings;
    const base::Clock &m_clock;
    int m_lock = -1; ///< released by the kernel however this process ends
};

} // namespace riderport::storage
