// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace riderport::devices {

/// The character a key of a US keyboard types, by its code of linux/input-event-codes.h; '\n' for
/// the two Enter keys, 0 for keys that type nothing.
[[nodiscard]] char usCharacter(int keyCode, bool shift);

} // namespace riderport::devices
