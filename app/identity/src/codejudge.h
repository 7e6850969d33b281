// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "identity/loginports.h"
#include "identity/tokenverifier.h"

#include <QTimer>

#include <functional>

namespace riderport::identity {

/// Takes one code at a time through verifier, replay store and, with the link up, the server.
class CodeJudge final : public QObject
{
    Q_OBJECT
public:
    struct Verdict
    {
        domain::WorkerIdentity worker;
        QString code;
        bool byServer = false; ///< the server opened the session; otherwise local proof only
    };

    CodeJudge(const base::Clock &clock, KeyDirectory &keys, UsedTokens &used,
              DistrictLogin &district, QObject *parent = nullptr);

    void setPlace(protocol::Audience here) { m_verifier = TokenVerifier(here); }
    void setOnline(bool online) { m_online = online; }
    [[nodiscard]] bool busy() const { return m_busy; }
    /// Ignored while busy.
    void judge(const QString &code);
    /// Forgets the code under judgement.
    void abandon();
    /// Gives up waiting for the server when its time is over.
    void check();

Q_SIGNALS:
    void busyChanged();
    void passed(const riderport::identity::CodeJudge::Verdict &verdict);
    void refused(const riderport::base::Error &error);

private:
    void onKeys(const base::Result<KeyMaterial> &keys);
    /// Remembers the code, then goes on with `next` if nobody used it before.
    void claim(const VerifiedCode &code, const std::function<void()> &next);
    void askServer();
    void onServer(const base::Result<domain::WorkerIdentity> &answer);
    void passLocally();
    void refuse(const base::Error &error);
    void finish();

    const base::Clock &m_clock;
    KeyDirectory &m_keys;
    UsedTokens &m_used;
    DistrictLogin &m_district;
    TokenVerifier m_verifier{protocol::Audience{}};
    QString m_code;
    protocol::LoginToken m_token;
    std::optional<VerifiedCode> m_local; ///< set when the code is good by local proof
    qint64 m_serverDeadline = 0;         ///< monotonic, 0 = not waiting for the server
    quint64 m_generation = 0;
    bool m_busy = false;
    bool m_online = true;
    QTimer m_timer;
};

} // namespace riderport::identity
