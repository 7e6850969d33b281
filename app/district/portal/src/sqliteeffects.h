// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sqliteportal.h"

#include <memory>

namespace riderport::district {

/// What a kiosk did while it could not ask: sessions opened and closed, consents given and
/// withdrawn.
class SqlitePortalEffects final : public OpEffect
{
public:
    SqlitePortalEffects(std::shared_ptr<const PortalContext> context, SessionSink sink);

    [[nodiscard]] QStringList kinds() const override;
    [[nodiscard]] OpOutcome apply(StoreTransaction &tx, const protocol::Operation &op,
                                  const OpContext &context) override;

private:
    [[nodiscard]] OpOutcome opened(StoreTransaction &tx, const QJsonObject &body,
                                   const OpContext &context) const;
    [[nodiscard]] OpOutcome closed(StoreTransaction &tx, const QJsonObject &body,
                                   const OpContext &context) const;
    [[nodiscard]] OpOutcome decided(StoreTransaction &tx, const QJsonObject &body,
                                    const OpContext &context, bool given) const;

    const std::shared_ptr<const PortalContext> m_context;
    const SessionSink m_sink;
};

} // namespace riderport::district
