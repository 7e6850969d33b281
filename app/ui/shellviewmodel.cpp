// SPDX-License-Identifier: Apache-2.0
#include "shellviewmodel.h"

#include "attractviewmodel.h"
#include "formats.h"
#include "homeviewmodel.h"
#include "loginviewmodel.h"
#include "serviceviewmodel.h"

#include "base/clock.h"
#include "services/serviceflow.h"
#include "station/stationinfo.h"
#include "sync/connectivity.h"

namespace riderport::ui {

namespace {
using Phase = session::SessionState::Phase;
using Link = sync::ConnectivityState::Link;
constexpr qint64 kOldDataS = 24 * 3600;
constexpr qint64 kWrongClockMs = 5 * 60 * 1000;
} // namespace

ShellViewModel::ShellViewModel(const UiPorts &ports, const UiOptions &options,
                               AccessSettings &access, Router &router, QObject *parent)
    : QObject(parent)
    , m_ports(ports)
    , m_access(access)
    , m_router(router)
    , m_demoStation(options.demoData)
{
    connect(&m_ports.station, &station::StationInfo::stateChanged, this,
            &ShellViewModel::stationChanged);
    connect(&m_ports.connectivity, &sync::Connectivity::stateChanged, this,
            &ShellViewModel::linkChanged);
    connect(&m_ports.session, &session::Session::stateChanged, this,
            &ShellViewModel::sessionChanged);
    connect(&m_ports.service, &services::ServiceFlow::stateChanged, this,
            &ShellViewModel::onServiceChanged);
    connect(&m_router, &Router::pageChanged, this, &ShellViewModel::pageModelChanged);
    connect(&m_access, &AccessSettings::languageChanged, this, [this] {
        tick();
        Q_EMIT stationChanged();
        Q_EMIT linkChanged();
    });
    tick();
}

void ShellViewModel::setPageModels(AttractViewModel *attract, HomeViewModel *home,
                                   LoginViewModel *login, ServiceViewModel *service)
{
    m_attractModel = attract;
    m_homeModel = home;
    m_loginModel = login;
    m_serviceModel = service;
    Q_EMIT pageModelChanged();
}

QObject *ShellViewModel::pageModel() const
{
    switch (m_router.page()) {
    case Router::Attract:
        return m_attractModel;
    case Router::Home:
        return m_homeModel;
    case Router::Login:
        return m_loginModel;
    case Router::Service:
        return m_serviceModel;
    case Router::Staff:
        return m_homeModel;
    }
    return nullptr;
}

QString ShellViewModel::stationName() const
{
    return m_ports.station.state().name.in(m_access.language());
}

QString ShellViewModel::stationPhone() const
{
    return m_ports.station.state().phone;
}

bool ShellViewModel::offline() const
{
    return m_ports.connectivity.state().link == Link::Offline;
}

bool ShellViewModel::everSynced() const
{
    return m_ports.connectivity.state().lastSync.isValid();
}

bool ShellViewModel::dataOld() const
{
    const QDateTime &last = m_ports.connectivity.state().lastSync;
    return last.isValid() && last.secsTo(m_ports.clock.now()) > kOldDataS;
}

bool ShellViewModel::clockWrong() const
{
    return qAbs(m_ports.connectivity.state().clockSkewMs) > kWrongClockMs;
}

QString ShellViewModel::lastSyncText() const
{
    const QDateTime &last = m_ports.connectivity.state().lastSync;
    return last.isValid() ? momentText(last, m_ports.clock.now(), m_access.language()) : QString();
}

int ShellViewModel::pendingCount() const
{
    return m_ports.connectivity.state().pendingOperations;
}

bool ShellViewModel::attract() const
{
    return m_ports.session.state().phase == Phase::Attract;
}

bool ShellViewModel::loggedIn() const
{
    const Phase phase = m_ports.session.state().phase;
    return phase == Phase::Active || phase == Phase::Warning;
}

bool ShellViewModel::warning() const
{
    return m_ports.session.state().phase == Phase::Warning;
}

bool ShellViewModel::verifiedOffline() const
{
    const auto &worker = m_ports.session.state().worker;
    return worker && worker->verifiedOffline && worker->session.isEmpty();
}

QString ShellViewModel::workerName() const
{
    const auto &worker = m_ports.session.state().worker;
    return worker ? worker->maskedName : QString();
}

int ShellViewModel::secondsLeft() const
{
    return m_ports.session.state().secondsLeft;
}

QString ShellViewModel::faultCode() const
{
    return m_fault ? m_fault->code : QString();
}

QString ShellViewModel::faultKind() const
{
    return m_fault ? base::errorKindName(m_fault->kind) : QString();
}

void ShellViewModel::showFault(const base::Error &error)
{
    m_fault = error;
    Q_EMIT faultChanged();
}

void ShellViewModel::clearFault()
{
    if (!m_fault)
        return;
    m_fault.reset();
    Q_EMIT faultChanged();
}

void ShellViewModel::extendSession()
{
    m_ports.session.extend();
}

void ShellViewModel::tick()
{
    const QDateTime now = m_ports.clock.now();
    const QString time = clockText(now);
    const QString day = ui::dayText(now, m_access.language());
    if (time != m_timeText || day != m_dayText) {
        m_timeText = time;
        m_dayText = day;
        Q_EMIT timeChanged();
    }
    if (const bool old = dataOld(); old != m_wasDataOld) {
        m_wasDataOld = old;
        Q_EMIT linkChanged();
    }
}

void ShellViewModel::onServiceChanged()
{
    const auto &result = m_ports.service.state().result;
    const bool demo = result && result->demo;
    if (demo == m_demoResult)
        return;
    m_demoResult = demo;
    Q_EMIT demoDataChanged();
}

} // namespace riderport::ui
