// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

namespace riderport::protocol {

inline constexpr qsizetype kMaxOpsPerBatch = 64;
inline constexpr qsizetype kMaxOpsBatchBytes = 256 * 1024;

/// One operation on its way to the district. `opId` is made once, when the row enters the outbox.
struct Operation
{
    QString opId; ///< UUIDv7 text
    QString lane; ///< operations of one lane are applied in order; lanes do not wait for each other
    QString kind;
    QByteArray body;   ///< JSON text
    qint64 wallMs = 0; ///< kiosk's wall clock at creation
    qint64 ageMs = -1; ///< monotonic age; -1 after a reboot
    QString bootId;

    /// hex SHA-256 of kind LF body: tells a retry from a different operation under the same id.
    [[nodiscard]] QString hash() const;
};

struct OpsRequest
{
    qint64 epoch = 0; ///< the epoch the kiosk last saw, 0 = none
    QList<Operation> ops;
};

struct OpResult
{
    enum class Status { Applied, Rejected, Retry };
    QString opId;
    Status status = Status::Retry;
    QString code;       ///< empty when applied
    QJsonObject answer; ///< stored with the receipt and replayed word for word
    qint64 seq = 0;     ///< position in bucket "r"; 0 for Retry
    bool replayed = false;
};

struct OpsReply
{
    qint64 serverTimeMs = 0;
    qint64 epoch = 0;
    QMap<QString, qint64> durable;
    QList<OpResult> results;
};

[[nodiscard]] QByteArray encodeOpsRequest(const OpsRequest &request);
/// Checks shape, bounds, UUID version and hash of each operation. Codes: json.*, ops.field,
/// ops.too-many.
[[nodiscard]] base::Result<OpsRequest> decodeOpsRequest(const QByteArray &body);
[[nodiscard]] QByteArray encodeOpsReply(const OpsReply &reply);
[[nodiscard]] base::Result<OpsReply> decodeOpsReply(const QByteArray &body);

} // namespace riderport::protocol
