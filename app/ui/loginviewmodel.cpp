// SPDX-License-Identifier: Apache-2.0
#include "loginviewmodel.h"

#include "identity/loginflow.h"

namespace riderport::ui {

namespace {

using FlowTicket = identity::LoginState::Ticket;
using FlowCamera = identity::LoginState::CameraView;
using FlowHint = identity::LoginState::Hint;

// The enumerations of the port reach QML one to one; a port that grows must be noticed here.
static_assert(int(FlowTicket::Cancelled) == LoginViewModel::Cancelled);
static_assert(int(FlowCamera::Failed) == LoginViewModel::Failed);
static_assert(int(FlowHint::HoldStill) == LoginViewModel::HoldStill);

} // namespace

LoginViewModel::LoginViewModel(const UiPorts &ports, Router &router, QObject *parent)
    : QObject(parent)
    , m_ports(ports)
    , m_router(router)
{
    connect(&m_ports.login, &identity::LoginFlow::stateChanged, this,
            &LoginViewModel::onFlowChanged);
    connect(&m_ports.login, &identity::LoginFlow::previewFrame, this, &LoginViewModel::setFrame);
    connect(&m_router, &Router::pageChanged, this, [this] {
        if (m_router.page() != Router::Login)
            setFrame({});
    });
    onFlowChanged();
}

LoginViewModel::Ticket LoginViewModel::ticket() const
{
    return Ticket(int(m_ports.login.state().ticket));
}

QString LoginViewModel::matchCode() const
{
    return m_ports.login.state().matchCode;
}

int LoginViewModel::ticketSecondsLeft() const
{
    return m_ports.login.state().ticketSecondsLeft;
}

LoginViewModel::Camera LoginViewModel::camera() const
{
    return Camera(int(m_ports.login.state().camera));
}

LoginViewModel::Hint LoginViewModel::hint() const
{
    return Hint(int(m_ports.login.state().hint));
}

bool LoginViewModel::scannerReady() const
{
    return m_ports.login.state().scannerReady;
}

bool LoginViewModel::verifying() const
{
    return m_ports.login.state().verifying;
}

bool LoginViewModel::refused() const
{
    return m_ports.login.state().refusal.has_value();
}

QString LoginViewModel::refusalCode() const
{
    return refused() ? m_ports.login.state().refusal->code : QString();
}

QString LoginViewModel::refusalKind() const
{
    return refused() ? base::errorKindName(m_ports.login.state().refusal->kind) : QString();
}

void LoginViewModel::renewTicket()
{
    m_ports.login.renewTicket();
}

void LoginViewModel::dismissRefusal()
{
    m_ports.login.dismissRefusal();
}

void LoginViewModel::leave()
{
    m_router.leaveLogin();
}

void LoginViewModel::wipe()
{
    setFrame({});
    m_ticketUrl.clear();
    m_ticketQr = {};
    Q_EMIT ticketQrChanged();
}

void LoginViewModel::onFlowChanged()
{
    const identity::LoginState &state = m_ports.login.state();
    if (state.ticketUrl != m_ticketUrl) {
        m_ticketUrl = state.ticketUrl;
        m_ticketQr = m_ticketUrl.isEmpty() || !m_ports.encodeQr ? QImage()
                                                                : m_ports.encodeQr(m_ticketUrl);
        Q_EMIT ticketQrChanged();
    }
    if (state.stationUrl != m_stationUrl) {
        m_stationUrl = state.stationUrl;
        m_stationQr = m_stationUrl.isEmpty() || !m_ports.encodeQr ? QImage()
                                                                  : m_ports.encodeQr(m_stationUrl);
        Q_EMIT stationQrChanged();
    }
    if (state.camera != FlowCamera::Live)
        setFrame({});
    Q_EMIT stateChanged();
}

void LoginViewModel::setFrame(const QImage &frame)
{
    // The picture is only kept while somebody sees it.
    const QImage shown = m_router.page() == Router::Login ? frame : QImage();
    if (shown.isNull() && m_frame.isNull())
        return;
    m_frame = shown;
    Q_EMIT frameChanged();
}

} // namespace riderport::ui
