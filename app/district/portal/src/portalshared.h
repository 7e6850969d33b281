// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "handoffshelf.h"
#include "portal/portal.h"
#include "ticketwaiters.h"

namespace riderport::district {

/// What the two halves of the portal, phone and kiosk, work on together.
struct PortalShared
{
    PortalStore &store;
    const SessionDirectory &sessions;
    const ConsentCatalogue &catalogue;
    const base::Clock &clock;
    SmsSender *sms;
    const HandoffResults *results;
    QHash<QString, QJsonObject> descriptors;
    PortalOptions options;
    TicketWaiters waiters{};
    HandoffShelf shelf{};
    bool stopping = false; ///< the server drains: nothing is held any more
};

} // namespace riderport::district
