// SPDX-License-Identifier: Apache-2.0
#include "district/statestores.h"

#include "district/sqliteengine.h"
#include "store/sqlitedevicestore.h"
#include "store/sqlitefeedstore.h"

#include <QFileInfo>

namespace riderport::district {

using namespace Qt::StringLiterals;

StateStores::StateStores() = default;
StateStores::~StateStores() = default;
StateStores::StateStores(StateStores &&) noexcept = default;

base::Result<StateStores> StateStores::open(const QString &stateDir, const QString &districtId,
                                            const base::Clock &clock)
{
    const QString path = stateDir + u"/district.sqlite"_s;
    if (!QFileInfo::exists(path) || !QFileInfo::exists(stateDir + u"/master.key"_s))
        return base::Error{base::ErrorKind::NotFound, u"state.missing"_s, stateDir};
    auto keys = StateKeys::open(stateDir);
    if (!keys)
        return keys.error();
    auto engine = SqliteEngine::open({path, {}, districtId}, clock);
    if (!engine)
        return engine.error();
    StateStores stores;
    stores.keys = std::make_unique<StateKeys>(std::move(*keys));
    stores.engine = std::move(*engine);
    stores.devices = std::make_unique<SqliteDeviceStore>(*stores.engine, *stores.keys);
    stores.feed = std::make_unique<SqliteFeedStore>(*stores.engine);
    return stores;
}

} // namespace riderport::district
