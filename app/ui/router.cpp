// SPDX-License-Identifier: Apache-2.0
#include "router.h"

#include "identity/loginflow.h"
#include "services/serviceflow.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {
Q_LOGGING_CATEGORY(lcUi, "riderport.ui")
using Phase = session::SessionState::Phase;
using Step = services::ServiceState::Step;
} // namespace

Router::Router(session::Session &session, identity::LoginFlow &login,
               services::ServiceFlow &service, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_login(login)
    , m_service(service)
    , m_phase(session.state().phase)
{
    connect(&m_session, &session::Session::stateChanged, this, &Router::onSessionChanged);
    connect(&m_service, &services::ServiceFlow::stateChanged, this, &Router::onServiceChanged);
    connect(&m_service, &services::ServiceFlow::loginNeeded, this, &Router::onLoginNeeded);
    connect(&m_login, &identity::LoginFlow::loggedIn, this, &Router::onLoggedIn);
    connect(&m_login, &identity::LoginFlow::confirmed, this,
            [this](const domain::WorkerIdentity &worker) { m_session.confirm(worker); });
    if (m_phase != Phase::Attract)
        m_page = Home;
    runLoginWhereShown();
}

QUrl Router::mainUrl()
{
    return QUrl(u"qrc:/qt/qml/Riderport/Shell/Main.qml"_s);
}

QUrl Router::urlOf(Page page)
{
    switch (page) {
    case Attract:
        return QUrl(u"qrc:/qt/qml/Riderport/Pages/Attract/AttractPage.qml"_s);
    case Home:
        return QUrl(u"qrc:/qt/qml/Riderport/Pages/Home/HomePage.qml"_s);
    case Login:
        return QUrl(u"qrc:/qt/qml/Riderport/Pages/Login/LoginPage.qml"_s);
    case Service:
        return QUrl(u"qrc:/qt/qml/Riderport/Pages/Services/ServicePage.qml"_s);
    case Staff:
        return QUrl(u"qrc:/qt/qml/Riderport/Shell/StaffPage.qml"_s);
    }
    return {};
}

void Router::setCallSheetOpen(bool open)
{
    if (m_callSheetOpen == open)
        return;
    m_callSheetOpen = open;
    Q_EMIT callSheetOpenChanged();
}

void Router::goHome()
{
    m_serviceWaitsForLogin = false;
    setPage(m_phase == Phase::Attract ? Attract : Home);
    if (m_service.state().step != Step::Closed)
        m_service.close();
}

void Router::openLogin()
{
    if (m_phase == Phase::Guest)
        setPage(Login);
}

void Router::openService(const QString &id)
{
    if (m_phase == Phase::Attract)
        return;
    m_serviceWaitsForLogin = false;
    m_service.open(base::ServiceId(id));
    if (m_service.state().step != Step::Closed)
        setPage(Service);
}

void Router::openStaff()
{
    qCInfo(lcUi, "staff.gesture");
    goHome();
    setPage(Staff);
    Q_EMIT staffRequested();
}

void Router::leaveLogin()
{
    const bool toService = m_serviceWaitsForLogin && m_service.state().step != Step::Closed;
    m_serviceWaitsForLogin = false;
    if (!toService) {
        goHome();
        return;
    }
    // From "please log in" one step back is the guide, which needs nobody.
    if (m_service.state().step == Step::NeedLogin)
        m_service.back();
    setPage(m_service.state().step == Step::Closed ? Home : Service);
}

void Router::endSession()
{
    m_session.end(session::EndReason::LoggedOut);
}

void Router::setPage(Page page)
{
    if (m_page != page) {
        m_page = page;
        setCallSheetOpen(false);
        Q_EMIT pageChanged();
    }
    runLoginWhereShown();
}

void Router::onSessionChanged()
{
    const Phase phase = m_session.state().phase;
    if (phase == m_phase)
        return;
    const Phase before = m_phase;
    m_phase = phase;
    const bool wasKnown = before == Phase::Active || before == Phase::Warning;
    switch (phase) {
    case Phase::Attract:
        setCallSheetOpen(false);
        goHome();
        break;
    case Phase::Guest:
        if (before == Phase::Attract || wasKnown)
            goHome();
        break;
    case Phase::Active:
    case Phase::Warning:
        break;
    }
    runLoginWhereShown();
}

void Router::onServiceChanged()
{
    const Step step = m_service.state().step;
    m_session.setFormOpen(step == Step::Form || step == Step::Consent);
    if (step == Step::Closed && m_page == Service)
        setPage(Home);
}

void Router::onLoginNeeded()
{
    m_serviceWaitsForLogin = true;
    openLogin();
}

void Router::onLoggedIn(const domain::WorkerIdentity &worker)
{
    const bool resume = m_serviceWaitsForLogin && m_service.state().step != Step::Closed;
    m_serviceWaitsForLogin = false;
    m_session.begin(worker);
    if (!resume) {
        setPage(Home);
        return;
    }
    setPage(Service);
    m_service.proceed();
}

void Router::runLoginWhereShown()
{
    // A ticket and an open camera exist only while a page that shows them is in front.
    const bool shown = m_phase == Phase::Guest && (m_page == Home || m_page == Login);
    if (shown == m_loginRunning)
        return;
    m_loginRunning = shown;
    if (shown)
        m_login.start();
    else
        m_login.stop();
}

} // namespace riderport::ui
