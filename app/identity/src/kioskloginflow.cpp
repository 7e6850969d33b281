// SPDX-License-Identifier: Apache-2.0
#include "identity/kioskloginflow.h"

#include "backgroundconfirmation.h"
#include "base/whendone.h"
#include "codejudge.h"
#include "devices/camera.h"
#include "ticketkeeper.h"

#include <QLoggingCategory>

#include <algorithm>

namespace riderport::identity {

Q_LOGGING_CATEGORY(lcLogin, "riderport.identity")

namespace {

// A camera reads the same code many times a second. It is judged again only after it was out of
// sight for this long.
constexpr qint64 kSameCodeMs = 3'000;

LoginState::CameraView viewFor(devices::Camera::State state)
{
    switch (state) {
    case devices::Camera::State::Absent:
        return LoginState::CameraView::Absent;
    case devices::Camera::State::Starting:
        return LoginState::CameraView::Starting;
    case devices::Camera::State::Live:
        return LoginState::CameraView::Live;
    case devices::Camera::State::Failed:
        return LoginState::CameraView::Failed;
    }
    return LoginState::CameraView::Absent;
}

LoginState::Hint hintFor(devices::CodeSource::Hint hint)
{
    switch (hint) {
    case devices::CodeSource::Hint::None:
        return LoginState::Hint::None;
    case devices::CodeSource::Hint::Closer:
        return LoginState::Hint::Closer;
    case devices::CodeSource::Hint::Tilted:
        return LoginState::Hint::Tilt;
    case devices::CodeSource::Hint::Brighter:
        return LoginState::Hint::Brighter;
    case devices::CodeSource::Hint::Glare:
        return LoginState::Hint::LessGlare;
    }
    return LoginState::Hint::None;
}

} // namespace

KioskLoginFlow::KioskLoginFlow(const LoginPorts &ports, const LoginPlace &place, QObject *parent)
    : LoginFlow(parent)
    , m_ports(ports)
    , m_ticket(std::make_unique<TicketKeeper>(*ports.clock, *ports.district))
    , m_judge(std::make_unique<CodeJudge>(*ports.clock, *ports.keys, *ports.used, *ports.district))
    , m_confirmation(std::make_unique<BackgroundConfirmation>(*ports.clock, *ports.district,
                                                              *ports.journal))
{
    setPlace(place);
    connect(m_ticket.get(), &TicketKeeper::changed, this, &KioskLoginFlow::publish);
    connect(m_ticket.get(), &TicketKeeper::confirmed, this,
            [this](const domain::WorkerIdentity &worker) { Q_EMIT loggedIn(worker); });
    connect(m_ticket.get(), &TicketKeeper::failed, this, [this](const base::Error &error) {
        m_state.refusal = error;
        publish();
    });
    connect(m_judge.get(), &CodeJudge::busyChanged, this, &KioskLoginFlow::publish);
    connect(m_judge.get(), &CodeJudge::refused, this, [this](const base::Error &error) {
        m_state.refusal = error;
        publish();
    });
    connect(m_judge.get(), &CodeJudge::passed, this, [this](const CodeJudge::Verdict &verdict) {
        m_state.refusal.reset();
        if (verdict.byServer)
            Q_EMIT loggedIn(verdict.worker);
        else
            beginOnLocalProof(verdict.code, verdict.worker);
    });
    connect(m_confirmation.get(), &BackgroundConfirmation::confirmed, this,
            [this](const domain::WorkerIdentity &worker) { Q_EMIT confirmed(worker); });
    connect(m_confirmation.get(), &BackgroundConfirmation::refused, this,
            [this](const base::Error &error) { Q_EMIT refusedLater(error); });
    connectSources();
}

KioskLoginFlow::~KioskLoginFlow() = default;

void KioskLoginFlow::connectSources()
{
    for (devices::CodeSource *source : std::as_const(m_ports.sources)) {
        connect(source, &devices::CodeSource::stateChanged, this, &KioskLoginFlow::publish);
        connect(source, &devices::CodeSource::codeRead, this, &KioskLoginFlow::onCode);
        connect(source, &devices::CodeSource::scanHint, this, &KioskLoginFlow::onHint);
    }
    if (m_ports.camera == nullptr)
        return;
    connect(m_ports.camera, &devices::Camera::stateChanged, this, &KioskLoginFlow::publish);
    connect(m_ports.camera, &devices::Camera::previewChanged, this, [this](const QImage &frame) {
        if (m_running)
            Q_EMIT previewFrame(frame.mirrored(true, false));
    });
}

void KioskLoginFlow::beginOnLocalProof(const QString &code, const domain::WorkerIdentity &worker)
{
    // Durable first: a session the district never hears of could not be accounted for.
    m_recording = true;
    publish();
    base::whenDone(m_ports.journal->record(code, m_ports.clock->wallMs()), this,
                   [this, code, worker](const base::Result<void> &written) {
                       m_recording = false;
                       if (!m_running) {
                           publish();
                           return;
                       }
                       if (!written) {
                           qCCritical(lcLogin) << "log-in not journalled:" << written.error().code;
                           m_state.refusal = written.error();
                           publish();
                           return;
                       }
                       m_confirmation->begin(code);
                       publish();
                       Q_EMIT loggedIn(worker);
                   });
}

void KioskLoginFlow::setPlace(const LoginPlace &place)
{
    m_place = place;
    m_judge->setPlace(place.audience);
    publish();
}

void KioskLoginFlow::start()
{
    if (m_running)
        return;
    m_running = true;
    m_state.refusal.reset();
    m_lastCode.clear();
    m_ticket->start();
    for (devices::CodeSource *source : std::as_const(m_ports.sources)) {
        if (source->kind() != devices::CodeSource::Kind::Camera)
            source->start();
    }
    runCamera();
    publish();
}

void KioskLoginFlow::stop()
{
    if (!m_running)
        return;
    m_running = false;
    for (devices::CodeSource *source : std::as_const(m_ports.sources)) {
        if (source->kind() != devices::CodeSource::Kind::Camera)
            source->stop();
    }
    runCamera();
    m_judge->abandon();
    m_ticket->stop();
    m_state.refusal.reset();
    m_lastCode.clear();
    publish();
}

void KioskLoginFlow::setCameraWanted(bool wanted)
{
    if (m_cameraWanted == wanted)
        return;
    m_cameraWanted = wanted;
    runCamera();
    publish();
}

void KioskLoginFlow::runCamera()
{
    const bool run = m_running && m_cameraWanted;
    if (m_ports.camera != nullptr)
        m_ports.camera->setPreview(run);
    for (devices::CodeSource *source : std::as_const(m_ports.sources)) {
        if (source->kind() != devices::CodeSource::Kind::Camera)
            continue;
        if (run)
            source->start();
        else
            source->stop();
    }
    if (!run)
        m_hint = LoginState::Hint::None;
}

void KioskLoginFlow::renewTicket()
{
    if (m_running)
        m_ticket->renew();
}

void KioskLoginFlow::dismissRefusal()
{
    if (!m_state.refusal)
        return;
    m_state.refusal.reset();
    publish();
}

void KioskLoginFlow::setOnline(bool online)
{
    m_online = online;
    m_judge->setOnline(online);
    m_confirmation->setOnline(online);
    m_ticket->setOnline(online);
}

void KioskLoginFlow::forgetWorker()
{
    m_confirmation->forget();
    m_lastCode.fill(u'0');
    m_lastCode.clear();
}

void KioskLoginFlow::check()
{
    m_ticket->check();
    m_judge->check();
    m_confirmation->check();
}

void KioskLoginFlow::onCode(const QString &text, devices::CodeSource::Kind kind)
{
    if (!m_running)
        return;
    const qint64 now = m_ports.clock->monotonicMs();
    const bool again = kind == devices::CodeSource::Kind::Camera && text == m_lastCode &&
                       now - m_lastCodeAt < kSameCodeMs;
    if (again || m_recording || m_judge->busy()) {
        if (again)
            m_lastCodeAt = now;
        return;
    }
    m_lastCode = text;
    m_lastCodeAt = now;
    m_state.refusal.reset();
    m_judge->judge(text);
}

void KioskLoginFlow::onHint(devices::CodeSource::Hint hint)
{
    m_hint = hintFor(hint);
    publish();
}

void KioskLoginFlow::publish()
{
    LoginState &s = m_state;
    s.ticket = m_ticket->state();
    s.ticketUrl = m_ticket->url();
    s.matchCode = m_ticket->matchCode();
    s.ticketSecondsLeft = m_ticket->secondsLeft();
    s.stationUrl = m_place.stationUrl;
    s.camera = m_ports.camera != nullptr && m_running ? viewFor(m_ports.camera->state())
                                                      : LoginState::CameraView::Absent;
    s.hint = m_hint;
    s.scannerReady = std::any_of(m_ports.sources.cbegin(), m_ports.sources.cend(),
                                 [](const devices::CodeSource *source) {
                                     return source->kind() != devices::CodeSource::Kind::Camera &&
                                            source->state() == devices::CodeSource::State::Ready;
                                 });
    s.verifying = m_judge->busy() || m_recording;
    Q_EMIT stateChanged();
}

} // namespace riderport::identity
