// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/devicestore.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace riderport::district {

/// The enrolled devices in memory, so that checking a signature needs no store. Loop thread.
class DeviceRegistry final : public QObject
{
    Q_OBJECT

public:
    /// `store` must outlive it.
    explicit DeviceRegistry(DeviceStore &store);

    /// Reads all devices again; `done` is called with the outcome.
    void reload(std::function<void(const base::Result<void> &)> done = {});
    /// A device just enrolled; the station's earlier ones are closed.
    void add(const Device &device);
    void setRevoked(const QString &deviceId);

    [[nodiscard]] std::optional<Device> find(const QString &deviceId) const;
    [[nodiscard]] qsizetype liveCount() const;

private:
    DeviceStore &m_store;
    QHash<QString, Device> m_devices;
};

} // namespace riderport::district
