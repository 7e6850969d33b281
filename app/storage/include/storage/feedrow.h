// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace riderport::storage {

/// One row of the feed as the district wrote it. `body` is JSON text, kept word for word so that
/// fields this build does not know survive.
struct FeedRow
{
    QString table;
    QString id;
    qint64 version = 0;
    QByteArray body;
    friend bool operator==(const FeedRow &, const FeedRow &) = default;
};

} // namespace riderport::storage
