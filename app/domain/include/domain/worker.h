// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"

#include <QString>

namespace riderport::domain {

/// Who is logged in, as far as a kiosk may know: a pseudonym, a masked name, how strongly it was
/// proved.
struct WorkerIdentity
{
    base::WorkerId id;
    QString maskedName; ///< already masked by the server; empty when logged in offline and never
                        ///< seen here
    int authLevel = 1;  ///< 1 phone, 2 real-name verified, 3 real-name plus face or card
    base::SessionId session; ///< empty while the district server has not confirmed the session
    bool verifiedOffline = false;

    friend bool operator==(const WorkerIdentity &, const WorkerIdentity &) = default;
};

} // namespace riderport::domain
