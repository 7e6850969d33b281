// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "domain/worker.h"

#include <QImage>
#include <QObject>

#include <optional>

namespace riderport::identity {

/// Everything the log-in page shows. Plain values; a new state is a new picture.
struct LoginState
{
    enum class Ticket {
        None,
        Requesting,
        Showing,   ///< QR on screen, waiting for a phone
        Scanned,   ///< a phone opened it; the worker compares the 2-digit code
        Expired,   ///< a fresh one is being made
        Offline,   ///< tickets need the district server; the rolling code still works
        Cancelled, ///< the worker said no on the phone, or picked the wrong code
    };
    enum class CameraView { Absent, Starting, Live, Failed };
    enum class Hint { None, Closer, Tilt, Brighter, LessGlare, HoldStill };

    Ticket ticket = Ticket::None;
    QString ticketUrl; ///< text of the QR; empty unless Showing or Scanned
    QString matchCode; ///< 2 digits, shown beside the QR; must equal the phone's
    int ticketSecondsLeft = 0;
    QString stationUrl; ///< text of the station's own QR that opens "my code" for this station
    CameraView camera = CameraView::Absent;
    Hint hint = Hint::None;
    bool scannerReady = false;
    bool verifying = false; ///< a code was read and is being judged
    std::optional<base::Error>
            refusal; ///< why the last code was refused; codes token.* and ticket.*
};

/// The three ways to log in (ticket on screen, rolling code by camera, rolling code by scanner).
/// Runs only between start() and stop(): no camera is open and no ticket exists when the log-in
/// page is not shown. GUI thread.
class LoginFlow : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual const LoginState &state() const = 0;

    virtual void start() = 0;
    virtual void stop() = 0;
    virtual void renewTicket() = 0;
    virtual void dismissRefusal() = 0;

Q_SIGNALS:
    void stateChanged();
    /// A small preview picture, at most 15 per second, mirrored for the person in front. Not stored
    /// anywhere.
    void previewFrame(const QImage &frame);
    void loggedIn(const riderport::domain::WorkerIdentity &worker);
    /// A session that began offline has been confirmed by the server in the background.
    void confirmed(const riderport::domain::WorkerIdentity &worker);
};

} // namespace riderport::identity
