// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/seal.h"
#include "crypto/signing.h"

namespace riderport::district {

/// The district's secrets: one master key in <state>/master.key (mode 0600), everything else
/// derived from it by purpose. Losing the file loses every sealed column: back it up apart from the
/// database.
class StateKeys
{
public:
    /// Reads or creates the file. Codes: keys.permissions (readable by others), keys.damaged,
    /// keys.storage.
    [[nodiscard]] static base::Result<StateKeys> open(const QString &stateDir);

    /// Sealing or index key for one purpose: "worker.columns", "worker.mobile-index".
    [[nodiscard]] crypto::SealKey derive(const QByteArray &purpose) const
    {
        return m_master.derive(purpose);
    }
    /// The key that certifies phone keys.
    [[nodiscard]] const crypto::KeyPair &issuer() const { return m_issuer; }

private:
    StateKeys() = default;

    crypto::SealKey m_master;
    crypto::KeyPair m_issuer;
};

} // namespace riderport::district
