// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/worker.h"

#include <QObject>

#include <optional>

namespace riderport::session {

/// Something that holds personal data of the current worker and can forget it at once: a view
/// model, a cache, the clipboard, keyboard prediction, the camera's last frame. Called on the GUI
/// thread at the end of every session.
class Wipeable
{
public:
    virtual ~Wipeable() = default;
    virtual void wipe() = 0;
};

/// Durations in milliseconds. Defaults follow ux.md 4.5 where it is stricter than the identity
/// rules: the longer warning wins (WCAG 2.2.1 asks for at least 20 s). doubled() is for large-text
/// and speech mode.
struct SessionPolicy
{
    qint64 guestIdleMs = 60'000;  ///< nobody logged in: back to the attract screen, no warning
    qint64 activeIdleMs = 90'000; ///< logged in: then the warning opens
    qint64 formIdleMs = 150'000;  ///< logged in and on a form page
    qint64 warningMs = 30'000;    ///< countdown of the warning
    qint64 hardLimitMs = 900'000; ///< logged in at most this long, whatever happens
};

enum class EndReason { LoggedOut, IdleTimeout, HardLimit, Replaced, Fault };

struct SessionState
{
    enum class Phase {
        Attract, ///< idle loop; any touch leads to Guest and is swallowed
        Guest,   ///< somebody is there, nobody is logged in
        Active,  ///< a worker is logged in
        Warning, ///< a worker is logged in, the countdown runs, personal values are covered
    };
    Phase phase = Phase::Attract;
    std::optional<domain::WorkerIdentity> worker;
    int secondsLeft = 0; ///< Warning: until the wipe; otherwise 0
};

/// Owner of "who is in front of the terminal". One per kiosk, GUI thread. Time comes from the
/// injected clock and one timer, so tests drive it without waiting.
class Session : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual const SessionState &state() const = 0;

    /// Any touch or key. In Attract it opens Guest; in Warning it does nothing (the sheet has its
    /// own buttons).
    virtual void noteActivity() = 0;
    virtual void begin(const domain::WorkerIdentity &worker) = 0;
    /// The server confirmed a session that had begun offline, or refined the identity.
    virtual void confirm(const domain::WorkerIdentity &worker) = 0;
    /// "I need more time": back to Active with a fresh idle time; unlimited times until the hard
    /// limit.
    virtual void extend() = 0;
    /// Wipes everything registered, in order, then emits ended(). Leads to Attract (timeouts) or
    /// Guest (log-out).
    virtual void end(EndReason reason) = 0;
    virtual void setFormOpen(bool open) = 0;
    /// ×2 in large-text or speech mode.
    virtual void setSlow(bool slow) = 0;
    /// `wipeable` must outlive the session or be removed first.
    virtual void addWipeable(Wipeable *wipeable) = 0;
    virtual void removeWipeable(Wipeable *wipeable) = 0;

Q_SIGNALS:
    void stateChanged();
    /// After the wipe.
    void ended(riderport::session::EndReason reason);
};

} // namespace riderport::session
