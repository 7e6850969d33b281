// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/worker.h"
#include "session/session.h"

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace riderport::identity {
class LoginFlow;
}
namespace riderport::services {
class ServiceFlow;
}

namespace riderport::ui {

/// The only owner of "where am I". Pages emit intents; the rules of getting from one page to
/// another, and what must be running on which page, live here. It also joins log-in and session:
/// a confirmed worker begins a session, a finished session leads back.
class Router : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged FINAL)
    Q_PROPERTY(QUrl pageUrl READ pageUrl NOTIFY pageChanged FINAL)
    Q_PROPERTY(bool callSheetOpen READ callSheetOpen WRITE setCallSheetOpen NOTIFY
                       callSheetOpenChanged FINAL)
public:
    enum Page { Attract, Home, Login, Service, Staff };
    Q_ENUM(Page)

    Router(session::Session &session, identity::LoginFlow &login, services::ServiceFlow &service,
           QObject *parent = nullptr);

    [[nodiscard]] Page page() const { return m_page; }
    [[nodiscard]] QUrl pageUrl() const { return urlOf(m_page); }
    [[nodiscard]] bool callSheetOpen() const { return m_callSheetOpen; }
    void setCallSheetOpen(bool open);

    /// Resource address of the window; the one place besides pageUrl() that knows addresses.
    [[nodiscard]] static QUrl mainUrl();
    [[nodiscard]] static QUrl urlOf(Page page);

    Q_INVOKABLE void goHome();
    Q_INVOKABLE void openLogin();
    Q_INVOKABLE void openService(const QString &id);
    /// The hidden gesture was made. Logged; leads to the attendants' page.
    Q_INVOKABLE void openStaff();
    /// Away from the log-in page without logging in.
    Q_INVOKABLE void leaveLogin();
    /// Ends the session of a worker (or of a guest) at their wish.
    Q_INVOKABLE void endSession();

Q_SIGNALS:
    void pageChanged();
    void callSheetOpenChanged();
    /// For the composition root: somebody asked for the attendants' program.
    void staffRequested();

private:
    void setPage(Page page);
    void onSessionChanged();
    void onServiceChanged();
    void onLoginNeeded();
    void onLoggedIn(const domain::WorkerIdentity &worker);
    void runLoginWhereShown();

    session::Session &m_session;
    identity::LoginFlow &m_login;
    services::ServiceFlow &m_service;
    Page m_page = Attract;
    session::SessionState::Phase m_phase = session::SessionState::Phase::Attract;
    bool m_loginRunning = false;
    bool m_serviceWaitsForLogin = false;
    bool m_callSheetOpen = false;
};

} // namespace riderport::ui
