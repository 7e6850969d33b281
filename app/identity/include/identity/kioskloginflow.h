// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "devices/codesource.h"
#include "identity/loginflow.h"
#include "identity/loginports.h"

#include <QList>

#include <memory>

namespace riderport::devices {
class Camera;
} // namespace riderport::devices

namespace riderport::identity {

/// What the flow works with. Everything must outlive it. `camera` is the one behind the code source
/// of kind Camera, for its preview and state; null when the kiosk has none.
struct LoginPorts
{
    const base::Clock *clock = nullptr;
    KeyDirectory *keys = nullptr;
    UsedTokens *used = nullptr;
    DistrictLogin *district = nullptr;
    LoginJournal *journal = nullptr;
    devices::Camera *camera = nullptr;
    QList<devices::CodeSource *> sources; ///< camera and scanners; may be empty
};

/// Where this kiosk stands.
struct LoginPlace
{
    protocol::Audience audience;
    QString stationUrl; ///< opens "my code" for this station on a phone
};

class TicketKeeper;
class CodeJudge;
class BackgroundConfirmation;

/// The LoginFlow of a kiosk. A code is judged locally first. With the link up the server then opens
/// the session; when it cannot be reached within a short time, a locally good code opens the
/// session at once, the log-in is journalled, and the server confirms or refuses it later.
class KioskLoginFlow final : public LoginFlow
{
    Q_OBJECT
public:
    KioskLoginFlow(const LoginPorts &ports, const LoginPlace &place, QObject *parent = nullptr);
    ~KioskLoginFlow() override;

    [[nodiscard]] const LoginState &state() const override { return m_state; }
    void start() override;
    void stop() override;
    void renewTicket() override;
    void dismissRefusal() override;

    /// False = the link is known to be down. While nothing is known the flow tries.
    void setOnline(bool online);
    /// The camera runs only while this is true, too: a page that shows the ticket but no preview
    /// has no business filming. True at first.
    void setCameraWanted(bool wanted);
    /// Enrolment may happen after the flow was made.
    void setPlace(const LoginPlace &place);
    /// The session of the last log-in is over: forgets who it was and stops confirming it.
    void forgetWorker();
    /// Looks at the clock: ticket countdown, waiting times. Called by the timers.
    void check();

Q_SIGNALS:
    /// A session that began offline was refused by the server afterwards; it must end.
    void refusedLater(const riderport::base::Error &error);

private:
    void connectSources();
    void runCamera();
    void onCode(const QString &text, devices::CodeSource::Kind kind);
    void onHint(devices::CodeSource::Hint hint);
    void beginOnLocalProof(const QString &code, const domain::WorkerIdentity &worker);
    void publish();

    LoginPorts m_ports;
    LoginPlace m_place;
    LoginState m_state;
    std::unique_ptr<TicketKeeper> m_ticket;
    std::unique_ptr<CodeJudge> m_judge;
    std::unique_ptr<BackgroundConfirmation> m_confirmation;
    LoginState::Hint m_hint = LoginState::Hint::None;
    QString m_lastCode;
    qint64 m_lastCodeAt = 0;
    bool m_running = false;
    bool m_recording = false;
    bool m_online = true;
    bool m_cameraWanted = true;
};

} // namespace riderport::identity
