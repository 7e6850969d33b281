// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/strongid.h"
#include "district/storetransaction.h"
#include "protocol/opsmessages.h"

#include <QJsonObject>

namespace riderport::district {

/// Who sent an operation and when it happened.
struct OpContext
{
    QString deviceId;
    base::StationId station;
    qint64 receivedMs = 0; ///< our clock
    qint64 occurredMs = 0; ///< received − age when the kiosk's wall clock is off by more than 120 s
    bool clockSuspect = false;
};

struct OpOutcome
{
    protocol::OpResult::Status status = protocol::OpResult::Status::Applied;
    QString code; ///< empty when applied
    QJsonObject answer;

    [[nodiscard]] static OpOutcome applied(QJsonObject answer = {})
    {
        return {protocol::OpResult::Status::Applied, {}, std::move(answer)};
    }
    /// Final: the receipt is stored and replayed.
    [[nodiscard]] static OpOutcome rejected(QString code, QJsonObject answer = {})
    {
        return {protocol::OpResult::Status::Rejected, std::move(code), std::move(answer)};
    }
    /// Nothing is stored; the kiosk sends it again.
    [[nodiscard]] static OpOutcome retry(QString code)
    {
        return {protocol::OpResult::Status::Retry, std::move(code), {}};
    }
};

/// What one kind of operation does. apply() runs in the storage thread, inside the transaction that
/// stores the receipt: effect and receipt exist together or not at all. Only implementations in
/// files named sqlite*.
class OpEffect
{
public:
    virtual ~OpEffect() = default;
    /// The kinds it answers for: "session.opened".
    [[nodiscard]] virtual QStringList kinds() const = 0;
    [[nodiscard]] virtual OpOutcome apply(StoreTransaction &tx, const protocol::Operation &op,
                                          const OpContext &context) = 0;
};

} // namespace riderport::district
