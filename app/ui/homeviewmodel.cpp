// SPDX-License-Identifier: Apache-2.0
#include "homeviewmodel.h"

#include "services/servicecatalogue.h"
#include "session/session.h"
#include "sync/connectivity.h"

namespace riderport::ui {

namespace {

int tileStateOf(const domain::ServiceDescriptor &service, bool offline)
{
    if (!service.available)
        return UiEnums::GuideOnly;
    if (!offline || service.kind == domain::ServiceDescriptor::Kind::Guide)
        return UiEnums::Available;
    return service.offline == domain::ServiceDescriptor::Offline::Queue ? UiEnums::OfflineQueue
                                                                        : UiEnums::OfflineGuide;
}

} // namespace

HomeViewModel::HomeViewModel(const UiPorts &ports, AccessSettings &access, Router &router,
                             LoginViewModel &login, QObject *parent)
    : QObject(parent)
    , m_ports(ports)
    , m_access(access)
    , m_router(router)
    , m_login(login)
{
    connect(&m_ports.catalogue, &services::ServiceCatalogue::changed, this,
            &HomeViewModel::refreshTiles);
    connect(&m_ports.connectivity, &sync::Connectivity::stateChanged, this,
            &HomeViewModel::refreshTiles);
    connect(&m_access, &AccessSettings::languageChanged, this, &HomeViewModel::refreshTiles);
    connect(&m_ports.session, &session::Session::stateChanged, this, &HomeViewModel::workerChanged);
    refreshTiles();
}

bool HomeViewModel::catalogueReady() const
{
    return tileCount() > 0 || m_ports.connectivity.state().firstLoadComplete;
}

bool HomeViewModel::loggedIn() const
{
    return m_ports.session.state().worker.has_value();
}

QString HomeViewModel::workerName() const
{
    const auto &worker = m_ports.session.state().worker;
    return worker ? worker->maskedName : QString();
}

bool HomeViewModel::verifiedOffline() const
{
    const auto &worker = m_ports.session.state().worker;
    return worker && worker->verifiedOffline && worker->session.isEmpty();
}

void HomeViewModel::openService(const QString &key)
{
    m_router.openService(key);
}

void HomeViewModel::openLogin()
{
    m_router.openLogin();
}

void HomeViewModel::goHome()
{
    m_router.goHome();
}

void HomeViewModel::refreshTiles()
{
    const bool offline =
            m_ports.connectivity.state().link == sync::ConnectivityState::Link::Offline;
    const domain::Language language = m_access.language();
    QList<TileRow> rows;
    for (const domain::ServiceDescriptor &service : m_ports.catalogue.services()) {
        TileRow row;
        row.key = service.id.toString();
        row.label = service.shortTitle.in(language);
        row.subtitle = service.subtitle.in(language);
        row.iconName = service.icon;
        row.tileState = tileStateOf(service, offline);
        rows.append(row);
    }
    m_tiles.setRows(std::move(rows));
    Q_EMIT tilesChanged();
}

} // namespace riderport::ui
