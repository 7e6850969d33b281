// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "district/devicestore.h"
#include "district/feedstore.h"
#include "district/statekeys.h"

#include <memory>

namespace riderport::district {

class SqliteEngine;

/// The stores of an existing state directory, for tools that work beside the running server.
struct StateStores
{
    std::unique_ptr<StateKeys> keys;
    std::unique_ptr<SqliteEngine> engine;
    std::unique_ptr<DeviceStore> devices;
    std::unique_ptr<FeedStore> feed;

    StateStores();
    ~StateStores();
    StateStores(StateStores &&) noexcept;

    /// Code state.missing when no server has ever run there.
    [[nodiscard]] static base::Result<StateStores>
    open(const QString &stateDir, const QString &districtId, const base::Clock &clock);
};

} // namespace riderport::district
