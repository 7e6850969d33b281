// SPDX-License-Identifier: Apache-2.0
#include "galleryscenarios.h"

#include "accesssettings.h"
#include "router.h"
#include "serviceviewmodel.h"
#include "shellviewmodel.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace riderport::gallery {

namespace {

using Phase = session::SessionState::Phase;
using Step = services::ServiceState::Step;
using Ticket = identity::LoginState::Ticket;
using Camera = identity::LoginState::CameraView;
using Fakes = test::UiFakes;

base::Error error(base::ErrorKind kind, const QString &code)
{
    return {kind, code, {}};
}

void guest(Fakes &f)
{
    f.session.setPhase(Phase::Guest);
}

void loggedIn(Fakes &f)
{
    guest(f);
    f.session.begin(Fakes::worker());
}

void serviceAt(Fakes &f, ui::Ui &ui, Step step)
{
    loggedIn(f);
    ui.router().openService(u"S02"_s);
    f.service.set(f.stateAt(step));
}

void serviceFailed(Fakes &f, ui::Ui &ui, const base::Error &why)
{
    serviceAt(f, ui, Step::Failed);
    services::ServiceState state = f.service.state();
    state.error = why;
    f.service.set(state);
}

void loading(Fakes &f, ui::Ui &ui, int seconds)
{
    serviceAt(f, ui, Step::Loading);
    services::ServiceState state = f.service.state();
    state.loadingSeconds = seconds;
    f.service.set(state);
}

void loginPage(Fakes &f, ui::Ui &ui)
{
    guest(f);
    ui.router().openLogin();
    QImage frame(480, 360, QImage::Format_RGB32);
    frame.fill(QColor(96, 104, 112));
    QPainter painter(&frame);
    painter.fillRect(170, 60, 140, 240, QColor(30, 30, 34));
    painter.drawImage(QRect(185, 115, 110, 110), test::fakeQr(u"phone"_s));
    painter.end();
    Q_EMIT f.login.previewFrame(frame);
}

void loginState(Fakes &f, const std::function<void(identity::LoginState &)> &change)
{
    identity::LoginState state = f.login.state();
    change(state);
    f.login.set(state);
}

void offline(Fakes &f, int pending)
{
    sync::ConnectivityState link = f.connectivity.state();
    link.link = sync::ConnectivityState::Link::Offline;
    link.lastSync = f.clock.now().addSecs(-18 * 60);
    link.pendingOperations = pending;
    f.connectivity.set(link);
}

void attract(Fakes &f, ui::Ui &ui, int slide)
{
    // The loop starts anew whenever the page opens.
    f.session.setPhase(Phase::Guest);
    f.session.setPhase(Phase::Attract);
    for (int i = 0; i < slide; ++i) {
        f.clock.advance(8000);
        ui.tick();
    }
}

} // namespace

void rest(test::UiFakes &fakes, ui::Ui &ui)
{
    const Fakes fresh;
    fakes.session.end(session::EndReason::IdleTimeout);
    fakes.login.set(fresh.login.state());
    fakes.connectivity.set(fresh.connectivity.state());
    fakes.service.close();
    ui.shell().clearFault();
    ui.router().setCallSheetOpen(false);
}

QList<Scenario> scenarios()
{
    return {
            {u"attract-notice"_s, [](Fakes &f, ui::Ui &ui) { attract(f, ui, 0); }},
            {u"attract-welcome"_s, [](Fakes &f, ui::Ui &ui) { attract(f, ui, 1); }},
            {u"attract-services"_s, [](Fakes &f, ui::Ui &ui) { attract(f, ui, 2); }},
            {u"attract-facilities"_s, [](Fakes &f, ui::Ui &ui) { attract(f, ui, 3); }},
            {u"home-guest"_s, [](Fakes &f, ui::Ui &) { guest(f); }},
            {u"home-worker"_s, [](Fakes &f, ui::Ui &) { loggedIn(f); }},
            {u"home-offline"_s,
             [](Fakes &f, ui::Ui &) {
                 guest(f);
                 offline(f, 2);
                 loginState(f, [](auto &s) {
                     s.ticket = Ticket::Offline;
                     s.ticketUrl.clear();
                 });
             }},
            {u"home-fault"_s,
             [](Fakes &f, ui::Ui &ui) {
                 guest(f);
                 ui.shell().showFault(error(base::ErrorKind::Storage, u"storage.full"_s));
             }},
            {u"home-call"_s,
             [](Fakes &f, ui::Ui &ui) {
                 guest(f);
                 ui.router().setCallSheetOpen(true);
             }},
            {u"login"_s, [](Fakes &f, ui::Ui &ui) { loginPage(f, ui); }},
            {u"login-scanned"_s,
             [](Fakes &f, ui::Ui &ui) {
                 loginPage(f, ui);
                 loginState(f, [](auto &s) { s.ticket = Ticket::Scanned; });
             }},
            {u"login-refused"_s,
             [](Fakes &f, ui::Ui &ui) {
                 loginPage(f, ui);
                 loginState(f, [](auto &s) {
                     s.refusal = error(base::ErrorKind::Replay, u"token.replayed"_s);
                 });
             }},
            {u"login-offline-no-camera"_s,
             [](Fakes &f, ui::Ui &ui) {
                 guest(f);
                 ui.router().openLogin();
                 offline(f, 0);
                 loginState(f, [](auto &s) {
                     s.ticket = Ticket::Offline;
                     s.ticketUrl.clear();
                     s.camera = Camera::Absent;
                 });
             }},
            {u"service-guide"_s, [](Fakes &f, ui::Ui &ui) { serviceAt(f, ui, Step::Guide); }},
            {u"service-guide-offline"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Guide);
                 offline(f, 0);
             }},
            {u"service-consent"_s, [](Fakes &f, ui::Ui &ui) { serviceAt(f, ui, Step::Consent); }},
            {u"service-check"_s, [](Fakes &f, ui::Ui &ui) { serviceAt(f, ui, Step::Form); }},
            {u"service-check-problem"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Form);
                 services::ServiceState state = f.service.state();
                 state.inputErrors.insert(u"to"_s, {u"起止月份不对：最多查60个月"_s,
                                                    u"Check the months: at most 60"_s});
                 f.service.set(state);
             }},
            {u"service-choice"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Form);
                 ui.service().editInput(0);
             }},
            {u"service-month"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Form);
                 ui.service().editInput(1);
             }},
            {u"service-loading"_s, [](Fakes &f, ui::Ui &ui) { loading(f, ui, 3); }},
            {u"service-loading-slow"_s, [](Fakes &f, ui::Ui &ui) { loading(f, ui, 21); }},
            {u"service-result"_s, [](Fakes &f, ui::Ui &ui) { serviceAt(f, ui, Step::Result); }},
            {u"service-result-shown"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Result);
                 ui.service().revealAll();
             }},
            {u"service-phone"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Result);
                 ui.service().sendToPhone();
                 services::ServiceState state = f.service.state();
                 state.phoneUrl = u"https://example.invalid/p/abcdef"_s;
                 state.phoneUrlPending = false;
                 f.service.set(state);
             }},
            {u"service-not-enrolled"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceFailed(f, ui, error(base::ErrorKind::NotFound, u"NOT_ENROLLED"_s));
             }},
            {u"service-down"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceFailed(f, ui, error(base::ErrorKind::Unavailable, u"UPSTREAM_DOWN"_s));
             }},
            {u"service-queued"_s, [](Fakes &f, ui::Ui &ui) { serviceAt(f, ui, Step::Queued); }},
            {u"idle-warning"_s,
             [](Fakes &f, ui::Ui &ui) {
                 serviceAt(f, ui, Step::Result);
                 f.session.setPhase(Phase::Warning, 28);
             }},
            {u"staff"_s,
             [](Fakes &f, ui::Ui &ui) {
                 guest(f);
                 ui.router().openStaff();
             }},
    };
}

} // namespace riderport::gallery
