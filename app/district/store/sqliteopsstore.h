// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/opsstore.h"

#include <QHash>

#include <map>

namespace riderport::district {

class SqliteEngine;

/// OpsStore over the embedded store.
class SqliteOpsStore final : public OpsStore
{
public:
    explicit SqliteOpsStore(SqliteEngine &engine);

    void registerEffect(std::unique_ptr<OpEffect> effect) override;
    QFuture<base::Result<protocol::OpsReply>> apply(const QString &deviceId,
                                                    const base::StationId &station,
                                                    const protocol::OpsRequest &request) override;

private:
    struct Effects
    {
        std::vector<std::unique_ptr<OpEffect>> owned;
        QHash<QString, OpEffect *> byKind;
    };

    SqliteEngine &m_engine;
    // Shared with the tasks in the storage thread; filled before the first of them.
    std::shared_ptr<Effects> m_effects;
};

/// `usage.event`: one more in the day's count.
class SqliteUsageEffect final : public OpEffect
{
public:
    [[nodiscard]] QStringList kinds() const override;
    [[nodiscard]] OpOutcome apply(StoreTransaction &tx, const protocol::Operation &op,
                                  const OpContext &context) override;
};

} // namespace riderport::district
