// SPDX-License-Identifier: Apache-2.0
#include "accesssettings.h"
#include "activityfilter.h"
#include "loginviewmodel.h"
#include "router.h"
#include "serviceviewmodel.h"
#include "ui.h"

#include "support/uifakes.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace riderport;
using Phase = session::SessionState::Phase;
using Step = services::ServiceState::Step;

class TestUiRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void touchLeadsFromAttractToHome();
    void loginRunsOnlyWhereItIsShown();
    void serviceAsksForLoginAndGoesOn();
    void leavingTheLoginReturnsToTheGuide();
    void loginWithoutServiceLeadsHome();
    void endOfSessionForgetsEverything();
    void formsLengthenTheIdleTime();
    void largeTextSlowsTheSession();
    void wakingTouchIsSwallowedWhole();
};

void TestUiRouter::touchLeadsFromAttractToHome()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    QCOMPARE(ui.router().page(), ui::Router::Attract);
    fakes.session.noteActivity();
    QCOMPARE(ui.router().page(), ui::Router::Home);
    fakes.session.end(session::EndReason::IdleTimeout);
    QCOMPARE(ui.router().page(), ui::Router::Attract);
}

void TestUiRouter::loginRunsOnlyWhereItIsShown()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    QVERIFY(!fakes.login.running);
    fakes.session.noteActivity();
    QVERIFY(fakes.login.running);
    ui.router().openService(u"S02"_s);
    QVERIFY(!fakes.login.running);
    ui.router().goHome();
    QVERIFY(fakes.login.running);
    fakes.session.begin(test::UiFakes::worker());
    QVERIFY(!fakes.login.running);
}

void TestUiRouter::serviceAsksForLoginAndGoesOn()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    fakes.session.noteActivity();
    ui.router().openService(u"S02"_s);
    fakes.service.needsLogin = true;
    ui.service().proceed();
    QCOMPARE(ui.router().page(), ui::Router::Login);
    QVERIFY(fakes.login.running);

    fakes.service.needsLogin = false;
    Q_EMIT fakes.login.loggedIn(test::UiFakes::worker());
    QCOMPARE(fakes.session.state().phase, Phase::Active);
    QCOMPARE(ui.router().page(), ui::Router::Service);
    QCOMPARE(fakes.service.state().step, Step::Consent);
    QCOMPARE(fakes.service.calls.count(u"proceed"_s), 2);
}

void TestUiRouter::leavingTheLoginReturnsToTheGuide()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    fakes.session.noteActivity();
    ui.router().openService(u"S02"_s);
    fakes.service.needsLogin = true;
    ui.service().proceed();
    ui.router().leaveLogin();
    QCOMPARE(ui.router().page(), ui::Router::Service);
    QCOMPARE(fakes.service.state().step, Step::Guide);
    // A log-in that comes later does not resume what was left.
    ui.router().goHome();
    Q_EMIT fakes.login.loggedIn(test::UiFakes::worker());
    QCOMPARE(ui.router().page(), ui::Router::Home);
}

void TestUiRouter::loginWithoutServiceLeadsHome()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    fakes.session.noteActivity();
    ui.router().openLogin();
    QCOMPARE(ui.router().page(), ui::Router::Login);
    Q_EMIT fakes.login.loggedIn(test::UiFakes::worker());
    QCOMPARE(ui.router().page(), ui::Router::Home);
    ui.router().openLogin();
    QCOMPARE(ui.router().page(), ui::Router::Home);
}

void TestUiRouter::endOfSessionForgetsEverything()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    fakes.session.noteActivity();
    fakes.session.begin(test::UiFakes::worker());
    ui.router().openService(u"S02"_s);
    fakes.service.set(fakes.stateAt(Step::Result));
    ui.service().revealAll();
    ui.access().setLanguage(domain::Language::English);
    ui.access().setHighContrast(true);
    ui.access().setLowReach(true);
    QGuiApplication::clipboard()->setText(u"canary"_s);

    ui.router().endSession();
    QCOMPARE(ui.router().page(), ui::Router::Home);
    QCOMPARE(fakes.service.state().step, Step::Closed);
    QVERIFY(ui.service().resultRowList().isEmpty());
    QVERIFY(!ui.service().anyRevealed());
    QVERIFY(!ui.access().english());
    QVERIFY(!ui.access().highContrast());
    QVERIFY(!ui.access().lowReach());
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestUiRouter::formsLengthenTheIdleTime()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    fakes.session.noteActivity();
    ui.router().openService(u"S02"_s);
    QVERIFY(!fakes.session.formOpen);
    fakes.service.go(Step::Form);
    QVERIFY(fakes.session.formOpen);
    fakes.service.go(Step::Loading);
    QVERIFY(!fakes.session.formOpen);
}

void TestUiRouter::largeTextSlowsTheSession()
{
    test::UiFakes fakes;
    ui::Ui ui(fakes.ports(), {});
    ui.access().setLargeText(true);
    QVERIFY(fakes.session.slow);
    ui.access().wipe();
    QVERIFY(!fakes.session.slow);
}

void TestUiRouter::wakingTouchIsSwallowedWhole()
{
    test::FakeSession session;
    ui::ActivityFilter filter(session);
    QObject window;
    const auto press = [&](QEvent::Type type) {
        QMouseEvent event(type, QPointF(5, 5), QPointF(5, 5), Qt::LeftButton, Qt::LeftButton,
                          Qt::NoModifier);
        return filter.eventFilter(&window, &event);
    };
    QVERIFY(press(QEvent::MouseButtonPress));
    QCOMPARE(session.state().phase, Phase::Guest);
    QVERIFY(press(QEvent::MouseMove));
    QVERIFY(press(QEvent::MouseButtonRelease));
    QVERIFY(!press(QEvent::MouseButtonPress));
    QVERIFY(!press(QEvent::MouseButtonRelease));
    QCOMPARE(session.activities, 4);
}

QTEST_MAIN(TestUiRouter)
#include "tst_uirouter.moc"
