// SPDX-License-Identifier: Apache-2.0
#include "terminalapplication.h"

#include "base/whendone.h"
#include "domain/inputrules.h"
#include "router.h"
#include "services/resultrenderer.h"
#include "shellviewmodel.h"
#include "sync/outbox.h"
#include "vision/qrwriter.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QQmlComponent>

namespace riderport::terminal {

Q_LOGGING_CATEGORY(lcTerminal, "riderport.terminal")

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr int kEnrolRetryMs = 10'000;
constexpr QSize kUsualWindow{1080, 1920};

ui::UiOptions uiOptions(const TerminalConfig &config)
{
    ui::UiOptions options;
    options.language = config.language;
    options.diagonalInch = config.diagonalInch;
    options.mountBottomMm = config.mountBottomMm;
    options.windowSize = config.windowSize;
    if (config.windowed && options.windowSize.isEmpty())
        options.windowSize = kUsualWindow;
    options.demoData = config.demoData;
    return options;
}

QImage encodeQr(const QString &text)
{
    const auto matrix = vision::QrWriter::encode(text);
    return matrix ? vision::QrWriter::draw(*matrix, 1) : QImage();
}

services::ServiceRules serviceRules()
{
    services::ServiceRules rules;
    rules.defaults = domain::defaultInputs;
    rules.check = domain::inputErrors;
    rules.render = services::renderAnswer;
    return rules;
}

quint16 stationNumber(const base::StationId &station)
{
    return quint16(QStringView(station.toString()).mid(2).toUInt());
}

} // namespace

class TerminalApplication::Traces final : public session::Wipeable
{
public:
    Traces(services::KioskServiceFlow &service, identity::KioskLoginFlow &login,
           OutboxConsents &consents)
        : m_service(service)
        , m_login(login)
        , m_consents(consents)
    {}
    void wipe() override
    {
        m_service.setWorker(std::nullopt);
        m_service.close();
        m_login.forgetWorker();
        m_consents.forget();
    }

private:
    services::KioskServiceFlow &m_service;
    identity::KioskLoginFlow &m_login;
    OutboxConsents &m_consents;
};

TerminalApplication::TerminalApplication(const TerminalConfig &config,
                                         std::unique_ptr<transport::HttpTransport> transport)
    : m_config(config)
    , m_transport(std::move(transport))
    , m_data({config.stateDirectory, {}}, *m_transport, m_clock)
    , m_district(m_data.client())
    , m_gateway(m_data.client(), m_clock)
    , m_keys(m_data.database())
    , m_usedTokens(m_data.usedTokens())
    , m_journal(m_data.outbox())
    , m_consents(m_data.outbox(), m_data.cache(), m_clock)
    , m_devices(config, m_clock)
    , m_session(m_clock, config.session)
    , m_chores(m_session, m_data, m_clock)
    , m_login({&m_clock, &m_keys, &m_usedTokens, &m_district, &m_journal, m_devices.camera(),
               m_devices.sources()},
              {})
    , m_service(m_catalogue, m_gateway, m_consents, m_clock, serviceRules())
    , m_feeder(m_data, m_catalogue, m_station)
    , m_heartbeat(m_data.client(), m_clock, [this] { return health(); })
    , m_traces(std::make_unique<Traces>(m_service, m_login, m_consents))
    , m_ui({m_session, m_login, m_catalogue, m_service, m_station, m_data.connectivity(), m_clock,
            encodeQr},
           uiOptions(config))
{
    m_enrolRetry.setSingleShot(true);
    m_enrolRetry.setInterval(kEnrolRetryMs);
    join();
}

TerminalApplication::~TerminalApplication()
{
    // Whoever is in front of the terminal when it stops leaves nothing behind either.
    m_session.end(session::EndReason::Fault);
    m_session.removeWipeable(m_traces.get());
}

void TerminalApplication::join()
{
    m_session.addWipeable(m_traces.get());
    connect(&m_chores, &SessionChores::workerChanged, &m_service,
            [this](const std::optional<domain::WorkerIdentity> &worker) {
                m_service.setWorker(worker);
            });
    connect(&m_service, &services::KioskServiceFlow::resultShown, &m_chores,
            &SessionChores::countUse);
    connect(&m_login, &identity::KioskLoginFlow::refusedLater, this, [this](const Error &error) {
        m_session.end(session::EndReason::Fault);
        m_ui.shell().showFault(error);
    });
    connect(&m_data.connectivity(), &sync::Connectivity::stateChanged, this,
            &TerminalApplication::onLink);
    connect(&m_ui.router(), &ui::Router::pageChanged, this,
            [this] { m_login.setCameraWanted(m_ui.router().page() == ui::Router::Login); });
    m_login.setCameraWanted(false);
    connect(&m_enrolRetry, &QTimer::timeout, this, &TerminalApplication::enrol);
    connect(&m_ui, &ui::Ui::firstFrameShown, this, &TerminalApplication::onFirstFrame);
}

base::Result<void> TerminalApplication::start()
{
    return m_ui.load(m_engine);
}

base::Result<void> TerminalApplication::checkPages()
{
    using Page = ui::Router::Page;
    for (const Page page : {Page::Attract, Page::Home, Page::Login, Page::Service, Page::Staff}) {
        const QQmlComponent component(&m_engine, ui::Router::urlOf(page));
        if (!component.isReady())
            return Error{ErrorKind::Internal, u"ui.page-failed"_s, component.errorString()};
    }
    return {};
}

void TerminalApplication::onFirstFrame()
{
    Q_EMIT firstFrameShown();
    if (m_config.selfTest)
        return;
    base::whenDone(
            m_data.open(), this,
            [this](const base::Result<sync::KioskData::Opened> &opened) { onOpened(opened); });
}

void TerminalApplication::onOpened(const base::Result<sync::KioskData::Opened> &opened)
{
    if (!opened) {
        qCCritical(lcTerminal) << "the store does not open:" << opened.error().code
                               << opened.error().detail;
        if (opened.error().code == "storage.in-use"_L1)
            Q_EMIT failed(opened.error());
        else
            m_ui.shell().showFault(opened.error());
        return;
    }
    if (!opened->cacheSetAside.isEmpty()) {
        qCWarning(lcTerminal) << "damaged cache set aside as" << opened->cacheSetAside;
        m_ui.shell().showFault(Error{ErrorKind::Corrupt, u"cache.rebuilding"_s, {}});
    }
    m_feeder.readAll();
    if (opened->enrolled)
        goOnline();
    else
        enrol();
}

void TerminalApplication::enrol()
{
    if (m_config.enrolCode.isEmpty()) {
        qCWarning(lcTerminal) << "this terminal is not enrolled and was given no code";
        m_ui.shell().showFault(Error{ErrorKind::Unauthorized, u"enrol.needed"_s, {}});
        return;
    }
    base::whenDone(m_data.enrol(m_config.enrolCode, QCoreApplication::applicationVersion()), this,
                   [this](const base::Result<storage::DeviceIdentity> &identity) {
                       if (identity) {
                           m_config.enrolCode.clear();
                           m_ui.shell().clearFault();
                           goOnline();
                           return;
                       }
                       qCWarning(lcTerminal) << "not enrolled:" << identity.error().code;
                       m_ui.shell().showFault(identity.error());
                       if (identity::noVerdict(identity.error().kind))
                           m_enrolRetry.start();
                   });
}

void TerminalApplication::goOnline()
{
    const storage::DeviceIdentity &identity = *m_data.identity();
    m_gateway.setCredentials(identity.gatewayAppKey, identity.gatewaySecret);
    m_keys.setIssuers(identity.issuerKeys);
    m_station.setStation(identity.station);
    QUrl stationUrl = m_config.district;
    stationUrl.setPath(u"/s/"_s + identity.station.toString());
    m_login.setPlace({{identity.district, stationNumber(identity.station)}, stationUrl.toString()});
    if (const auto started = m_data.start(); !started) {
        m_ui.shell().showFault(started.error());
        return;
    }
    m_heartbeat.start();
}

void TerminalApplication::onLink()
{
    const sync::ConnectivityState &state = m_data.connectivity().state();
    const bool online = state.link != sync::ConnectivityState::Link::Offline;
    m_login.setOnline(online);
    m_service.setOnline(online);
    if (state.firstLoadComplete && m_ui.shell().faultCode() == "cache.rebuilding"_L1)
        m_ui.shell().clearFault();
}

QJsonObject TerminalApplication::health()
{
    const sync::ConnectivityState &state = m_data.connectivity().state();
    return {{u"outbox"_s, state.pendingOperations},
            {u"camera"_s, m_devices.cameraWord()},
            {u"scanner"_s, m_devices.scannerWord()}};
}

} // namespace riderport::terminal
