// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/seal.h"
#include "storage/deviceidentity.h"

#include <optional>

namespace riderport::storage {

class SqlConnection;

/// The one row that says who this kiosk is. Storage thread.
class DeviceRepository
{
public:
    DeviceRepository(SqlConnection &ledger, crypto::SealKey key);

    /// Code storage.keys-lost when the row cannot be opened with this machine's key.
    [[nodiscard]] base::Result<std::optional<DeviceIdentity>> load();
    [[nodiscard]] base::Result<void> store(const DeviceIdentity &identity);

private:
    SqlConnection &m_ledger;
    crypto::SealKey m_key;
};

} // namespace riderport::storage
