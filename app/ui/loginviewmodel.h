// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "router.h"
#include "session/session.h"
#include "uiports.h"

#include <QImage>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// The log-in page and the log-in card of the home page. Says what the worker should do next;
/// the words for refusals are chosen in QML from `refusalCode`.
class LoginViewModel : public QObject, public session::Wipeable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Ticket ticket READ ticket NOTIFY stateChanged FINAL)
    Q_PROPERTY(QImage ticketQr READ ticketQr NOTIFY ticketQrChanged FINAL)
    Q_PROPERTY(QImage stationQr READ stationQr NOTIFY stationQrChanged FINAL)
    Q_PROPERTY(QString matchCode READ matchCode NOTIFY stateChanged FINAL)
    Q_PROPERTY(int ticketSecondsLeft READ ticketSecondsLeft NOTIFY stateChanged FINAL)
    Q_PROPERTY(Camera camera READ camera NOTIFY stateChanged FINAL)
    Q_PROPERTY(Hint hint READ hint NOTIFY stateChanged FINAL)
    Q_PROPERTY(QImage frame READ frame NOTIFY frameChanged FINAL)
    Q_PROPERTY(bool scannerReady READ scannerReady NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool verifying READ verifying NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool refused READ refused NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString refusalCode READ refusalCode NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString refusalKind READ refusalKind NOTIFY stateChanged FINAL)
public:
    enum Ticket { None, Requesting, Showing, Scanned, Expired, Offline, Cancelled };
    Q_ENUM(Ticket)
    enum Camera { Absent, Starting, Live, Failed };
    Q_ENUM(Camera)
    enum Hint { NoHint, Closer, Tilt, Brighter, LessGlare, HoldStill };
    Q_ENUM(Hint)

    LoginViewModel(const UiPorts &ports, Router &router, QObject *parent = nullptr);

    [[nodiscard]] Ticket ticket() const;
    [[nodiscard]] QImage ticketQr() const { return m_ticketQr; }
    [[nodiscard]] QImage stationQr() const { return m_stationQr; }
    [[nodiscard]] QString matchCode() const;
    [[nodiscard]] int ticketSecondsLeft() const;
    [[nodiscard]] Camera camera() const;
    [[nodiscard]] Hint hint() const;
    [[nodiscard]] QImage frame() const { return m_frame; }
    [[nodiscard]] bool scannerReady() const;
    [[nodiscard]] bool verifying() const;
    [[nodiscard]] bool refused() const;
    [[nodiscard]] QString refusalCode() const;
    [[nodiscard]] QString refusalKind() const;

    Q_INVOKABLE void renewTicket();
    Q_INVOKABLE void dismissRefusal();
    Q_INVOKABLE void leave();

    /// Forgets the last camera picture and the ticket.
    void wipe() override;

Q_SIGNALS:
    void stateChanged();
    void ticketQrChanged();
    void stationQrChanged();
    void frameChanged();

private:
    void onFlowChanged();
    void setFrame(const QImage &frame);

    UiPorts m_ports;
    Router &m_router;
    QString m_ticketUrl;
    QString m_stationUrl;
    QImage m_ticketQr;
    QImage m_stationQr;
    QImage m_frame;
};

} // namespace riderport::ui
