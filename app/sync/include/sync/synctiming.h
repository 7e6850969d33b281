// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <functional>

namespace riderport::sync {

/// Times of the two sync loops in milliseconds; the defaults are those of the field.
struct SyncTiming
{
    qint64 waitMs = 20'000;   ///< mean time the server may hold a pull, ± 20 %; at most 25,000
    qint64 minTurnMs = 1'000; ///< shortest distance of two pulls that brought nothing
    qint64 idleMs = 60'000;   ///< the outbox is looked at this often even if nobody rang
    std::function<double()> uniform; ///< numbers in [0, 1); empty = the kernel's generator
};

} // namespace riderport::sync
