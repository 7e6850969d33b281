// SPDX-License-Identifier: Apache-2.0
#include "district/deviceregistry.h"

#include <algorithm>

namespace riderport::district {

DeviceRegistry::DeviceRegistry(DeviceStore &store)
    : m_store(store)
{}

void DeviceRegistry::reload(std::function<void(const base::Result<void> &)> done)
{
    m_store.devices().then(this, [this, done](const base::Result<QList<Device>> &devices) {
        if (devices) {
            m_devices.clear();
            for (const Device &device : *devices)
                m_devices.insert(device.id, device);
        }
        if (done)
            done(devices ? base::Result<void>() : base::Result<void>(devices.error()));
    });
}

void DeviceRegistry::add(const Device &device)
{
    for (Device &other : m_devices) {
        if (other.station == device.station)
            other.revoked = true;
    }
    m_devices.insert(device.id, device);
}

void DeviceRegistry::setRevoked(const QString &deviceId)
{
    if (const auto found = m_devices.find(deviceId); found != m_devices.end())
        found->revoked = true;
}

std::optional<Device> DeviceRegistry::find(const QString &deviceId) const
{
    const auto found = m_devices.constFind(deviceId);
    return found == m_devices.constEnd() ? std::nullopt : std::optional(*found);
}

qsizetype DeviceRegistry::liveCount() const
{
    return std::count_if(m_devices.begin(), m_devices.end(),
                         [](const Device &device) { return !device.revoked; });
}

} // namespace riderport::district
