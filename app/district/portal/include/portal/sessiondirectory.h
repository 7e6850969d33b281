// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "portal/portalrecords.h"

#include <optional>

namespace riderport::district {

/// Which worker is logged in on which kiosk right now. In memory, in the loop thread; what the sync
/// and gateway parts ask before they hand out anything personal.
class SessionDirectory
{
public:
    virtual ~SessionDirectory() = default;
    /// The open session of that id on that device; nothing when closed, past its hard limit or
    /// elsewhere.
    [[nodiscard]] virtual std::optional<KioskSession> find(const base::SessionId &id,
                                                           const base::DeviceId &device) const = 0;
    /// Whether the device may read the worker's bucket.
    [[nodiscard]] virtual bool isOpen(const base::WorkerId &worker,
                                      const base::DeviceId &device) const = 0;
};

} // namespace riderport::district
