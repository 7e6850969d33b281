// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "devices/camera.h"
#include "devices/codesource.h"
#include "terminal/terminalconfig.h"

#include <memory>
#include <vector>

namespace riderport::terminal {

/// The camera and scanners that the settings name. Nothing is opened before somebody starts them.
class TerminalDevices
{
public:
    TerminalDevices(const TerminalConfig &config, const base::Clock &clock);
    ~TerminalDevices();

    /// Null when there is to be none.
    [[nodiscard]] devices::Camera *camera() const { return m_camera.get(); }
    [[nodiscard]] QList<devices::CodeSource *> sources() const;
    /// Words for the heartbeat.
    [[nodiscard]] QString cameraWord() const;
    [[nodiscard]] QString scannerWord() const;

private:
    std::unique_ptr<devices::Camera> m_camera;
    std::vector<std::unique_ptr<devices::CodeSource>> m_sources;
};

} // namespace riderport::terminal
