// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace riderport::district {

/// What the gateway last answered within a kiosk session, declared by the portal and implemented by
/// the gateway: the portal never asks a bureau itself. Loop thread.
class HandoffResults
{
public:
    virtual ~HandoffResults() = default;
    /// The answer as the kiosk got it, masked: {data_as_of, source_system, demo, data, notice,
    /// trace_id}. Nothing when that session holds no such answer.
    [[nodiscard]] virtual std::optional<QJsonObject> find(const base::SessionId &session,
                                                          const base::ServiceId &service,
                                                          const QString &traceId) const = 0;
};

} // namespace riderport::district
