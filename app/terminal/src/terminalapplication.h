// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "cachefeeder.h"
#include "heartbeat.h"
#include "identity/kioskloginflow.h"
#include "outboxconsents.h"
#include "services/cachedservicecatalogue.h"
#include "services/kioskserviceflow.h"
#include "session/kiosksession.h"
#include "sessionchores.h"
#include "signeddistrictlogin.h"
#include "signedgateway.h"
#include "station/cachedstationinfo.h"
#include "storedlogin.h"
#include "sync/kioskdata.h"
#include "terminal/terminalconfig.h"
#include "terminaldevices.h"
#include "transport/qthttptransport.h"
#include "ui.h"

#include <QQmlApplicationEngine>
#include <QTimer>

#include <memory>

namespace riderport::terminal {

/// The composition root of the kiosk: every object of the program by value, made in this order and
/// torn down in the reverse one. Knows who talks to whom, and nothing else.
class TerminalApplication final : public QObject
{
    Q_OBJECT
public:
    /// `transport` must not be null.
    TerminalApplication(const TerminalConfig &config,
                        std::unique_ptr<transport::HttpTransport> transport);
    ~TerminalApplication() override;

    /// Opens the window; everything slower starts when its first frame is shown. Error
    /// ui.load-failed.
    [[nodiscard]] base::Result<void> start();
    /// For --self-test: whether every page of the interface can be made.
    [[nodiscard]] base::Result<void> checkPages();

Q_SIGNALS:
    void firstFrameShown();
    /// The program cannot go on.
    void failed(const riderport::base::Error &error);

private:
    /// Personal things outside the interface, wiped with it.
    class Traces;

    void join();
    void onFirstFrame();
    void onOpened(const base::Result<sync::KioskData::Opened> &opened);
    void enrol();
    void goOnline();
    void onLink();
    [[nodiscard]] QJsonObject health();

    TerminalConfig m_config;
    base::SystemClock m_clock;
    std::unique_ptr<transport::HttpTransport> m_transport;
    sync::KioskData m_data;
    SignedDistrictLogin m_district;
    SignedGateway m_gateway;
    StoredKeys m_keys;
    StoredUsedTokens m_usedTokens;
    OutboxLoginJournal m_journal;
    OutboxConsents m_consents;
    TerminalDevices m_devices;
    session::KioskSession m_session;
    SessionChores m_chores;
    identity::KioskLoginFlow m_login;
    services::CachedServiceCatalogue m_catalogue;
    services::KioskServiceFlow m_service;
    station::CachedStationInfo m_station;
    CacheFeeder m_feeder;
    Heartbeat m_heartbeat;
    std::unique_ptr<Traces> m_traces;
    QTimer m_enrolRetry;
    ui::Ui m_ui;
    QQmlApplicationEngine m_engine; ///< last: pages go before what they are bound to
};

} // namespace riderport::terminal
