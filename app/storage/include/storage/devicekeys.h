// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/seal.h"
#include "crypto/signing.h"

#include <QString>

#include <optional>

namespace riderport::storage {

/// The kiosk's own secrets: the Ed25519 key that signs its requests and the key its ledger is
/// sealed with. One file, mode 0600, written once.
struct DeviceKeys
{
    crypto::KeyPair signing;
    crypto::SealKey data;

    /// Nothing when the file does not exist. Codes: storage.keys-damaged, storage.io. A file others
    /// could read is made private first.
    [[nodiscard]] static base::Result<std::optional<DeviceKeys>> load(const QString &path);
    /// Makes fresh keys; they are on the disk before this returns. Codes: storage.read-only,
    /// storage.full, storage.io.
    [[nodiscard]] static base::Result<DeviceKeys> create(const QString &path);
};

} // namespace riderport::storage
