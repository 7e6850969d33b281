// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QObject>

namespace riderport::sync {

/// What the shell must be able to say about the link to the district.
struct ConnectivityState
{
    enum class Link { Unknown, Online, Offline };
    Link link = Link::Unknown;
    QDateTime lastSync;        ///< UTC, invalid = never
    int pendingOperations = 0; ///< outbox rows the server has not acknowledged
    int rejectedOperations = 0;
    qint64 clockSkewMs = 0;         ///< server − kiosk; 0 while unknown
    bool firstLoadComplete = false; ///< the cache has been complete at least once
};

/// GUI thread.
class Connectivity : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual const ConnectivityState &state() const = 0;

Q_SIGNALS:
    void stateChanged();
};

} // namespace riderport::sync
