// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "domain/worker.h"
#include "session/session.h"

#include <QObject>

#include <optional>

namespace riderport::sync {
class KioskData;
}

namespace riderport::terminal {

/// What must happen around every session besides what people see: the worker's own rows are pulled
/// while it lasts and destroyed afterwards, and the district hears of its end.
class SessionChores final : public QObject
{
    Q_OBJECT
public:
    SessionChores(session::Session &session, sync::KioskData &data, const base::Clock &clock);

    /// A use of a service, counted without a person in it.
    void countUse(const base::ServiceId &service);

Q_SIGNALS:
    /// Somebody logged in, was confirmed, or nobody is logged in any more.
    void workerChanged(const std::optional<riderport::domain::WorkerIdentity> &worker);

private:
    void onStateChanged();
    void onEnded(session::EndReason reason);
    void enqueue(const QString &lane, const QString &kind, const QJsonObject &body, bool low);

    session::Session &m_session;
    sync::KioskData &m_data;
    const base::Clock &m_clock;
    std::optional<domain::WorkerIdentity> m_worker; ///< as last seen: the session forgets first
};

} // namespace riderport::terminal
