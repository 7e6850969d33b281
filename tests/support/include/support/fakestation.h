// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "station/stationinfo.h"
#include "sync/connectivity.h"

namespace riderport::test {

class FakeStationInfo final : public station::StationInfo
{
public:
    using StationInfo::StationInfo;
    [[nodiscard]] const station::StationState &state() const override { return m_state; }
    void set(const station::StationState &state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }

private:
    station::StationState m_state;
};

class FakeConnectivity final : public sync::Connectivity
{
public:
    using Connectivity::Connectivity;
    [[nodiscard]] const sync::ConnectivityState &state() const override { return m_state; }
    void set(const sync::ConnectivityState &state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }

private:
    sync::ConnectivityState m_state;
};

} // namespace riderport::test
