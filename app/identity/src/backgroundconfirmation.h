// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "identity/loginports.h"

#include <QTimer>

namespace riderport::identity {

/// Follows one log-in that began on local proof until the server has spoken. The journal already
/// holds it durably; this only keeps the running session informed.
class BackgroundConfirmation final : public QObject
{
    Q_OBJECT
public:
    BackgroundConfirmation(const base::Clock &clock, DistrictLogin &district, LoginJournal &journal,
                           QObject *parent = nullptr);

    void begin(const QString &code);
    void forget();
    void setOnline(bool online);
    void check();

Q_SIGNALS:
    void confirmed(const riderport::domain::WorkerIdentity &worker);
    void refused(const riderport::base::Error &error);

private:
    void ask();
    void onAnswer(const base::Result<domain::WorkerIdentity> &answer);
    void onAccepted(const QString &code, const domain::WorkerIdentity &worker);
    void onRejected(const QString &code, const base::Error &error);
    void settle(const domain::WorkerIdentity &worker);

    const base::Clock &m_clock;
    DistrictLogin &m_district;
    QString m_code;       ///< empty = nothing to follow
    qint64 m_retryAt = 0; ///< monotonic
    quint64 m_generation = 0;
    bool m_online = true;
    bool m_asking = false;
    QTimer m_timer;
};

} // namespace riderport::identity
