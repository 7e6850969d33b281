// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/opeffect.h"

#include <QFuture>

#include <memory>

namespace riderport::district {

/// Operations of the kiosks' outboxes, each applied exactly once.
class OpsStore
{
public:
    virtual ~OpsStore() = default;

    /// Before the first apply(). Two effects for one kind are a defect.
    virtual void registerEffect(std::unique_ptr<OpEffect> effect) = 0;

    /// Applies the operations in order, each with its receipt in one transaction. A repeated op_id
    /// answers from its receipt; with another hash it is rejected as op.hash-mismatch. An error
    /// means that nothing is known to be stored.
    [[nodiscard]] virtual QFuture<base::Result<protocol::OpsReply>>
    apply(const QString &deviceId, const base::StationId &station,
          const protocol::OpsRequest &request) = 0;
};

} // namespace riderport::district
