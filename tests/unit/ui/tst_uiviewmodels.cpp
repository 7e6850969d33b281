// SPDX-License-Identifier: Apache-2.0
#include "accesssettings.h"
#include "attractviewmodel.h"
#include "formats.h"
#include "homeviewmodel.h"
#include "loginviewmodel.h"
#include "router.h"
#include "serviceviewmodel.h"
#include "shellviewmodel.h"
#include "ui.h"

#include "support/uifakes.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace riderport;
using Step = services::ServiceState::Step;

namespace {

/// The view models without Ui, each reachable.
struct Bench
{
    Bench()
        : access(domain::Language::Chinese)
        , router(fakes.session, fakes.login, fakes.service)
        , login(fakes.ports(), router)
        , home(fakes.ports(), access, router, login)
        , service(fakes.ports(), access, router)
        , attract(fakes.ports(), access, router)
        , shell(fakes.ports(), {}, access, router)
    {}

    [[nodiscard]] QString valueOf(const QString &key) const
    {
        for (const ui::ResultRow &row : service.resultRowList()) {
            if (row.key == key)
                return row.value + row.cellValues.join(u'|');
        }
        return {};
    }

    test::UiFakes fakes;
    ui::AccessSettings access;
    ui::Router router;
    ui::LoginViewModel login;
    ui::HomeViewModel home;
    ui::ServiceViewModel service;
    ui::AttractViewModel attract;
    ui::ShellViewModel shell;
};

} // namespace

class TestUiViewModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void amountsStayCoveredUntilTouched();
    void touchedAmountIsCoveredAfterTwentySeconds();
    void answeredFormStartsAtTheCheckPage();
    void unansweredQuestionComesFirst();
    void loadingExplainsItselfInSteps();
    void descriptorWordsAreUsedForItsErrors();
    void offlineTilesSayWhatStillWorks();
    void languageChangesDataTexts();
    void safetyNoticeComesFirstAndSlidesChange();
    void shellSaysHowOldTheDataIs();
    void cameraPictureIsKeptOnlyOnTheLoginPage();
    void geometryFollowsTheMountedScreen();
    void datesAreWrittenAsPeopleDo();
};

void TestUiViewModels::amountsStayCoveredUntilTouched()
{
    Bench b;
    b.fakes.service.set(b.fakes.stateAt(Step::Result));
    QCOMPARE(b.valueOf(u"s0.balance"_s), u"****"_s);
    QCOMPARE(b.valueOf(u"s0.status"_s), u"正常缴费"_s);
    QCOMPARE(b.valueOf(u"s1.r0"_s), u"2026年12月|****|****|已到账"_s);
    b.service.reveal(u"s0.balance"_s);
    QCOMPARE(b.valueOf(u"s0.balance"_s), u"48,123.60 元"_s);
    QCOMPARE(b.valueOf(u"s1.r0"_s), u"2026年12月|****|****|已到账"_s);
    b.service.revealAll();
    QCOMPARE(b.valueOf(u"s1.r0"_s), u"2026年12月|4,500.00 元|360.00 元|已到账"_s);
    b.service.hideAll();
    QCOMPARE(b.valueOf(u"s0.balance"_s), u"****"_s);
}

void TestUiViewModels::touchedAmountIsCoveredAfterTwentySeconds()
{
    Bench b;
    b.fakes.service.set(b.fakes.stateAt(Step::Result));
    b.service.reveal(u"s0.balance"_s);
    b.fakes.clock.advance(19'999);
    b.service.tick();
    QCOMPARE(b.valueOf(u"s0.balance"_s), u"48,123.60 元"_s);
    b.fakes.clock.advance(1);
    b.service.tick();
    QCOMPARE(b.valueOf(u"s0.balance"_s), u"****"_s);
}

void TestUiViewModels::answeredFormStartsAtTheCheckPage()
{
    Bench b;
    b.fakes.service.set(b.fakes.stateAt(Step::Form));
    QCOMPARE(b.service.formIndex(), ui::ServiceViewModel::kCheckPage);
    QVERIFY(b.service.formComplete());
    b.service.editInput(1);
    QCOMPARE(b.service.currentInput().displayValue, u"2024年10月"_s);
    b.service.setInput(u"from"_s, u"202501"_s);
    QCOMPARE(b.service.formIndex(), 1);
    b.service.nextInput();
    QCOMPARE(b.service.formIndex(), ui::ServiceViewModel::kCheckPage);
    b.service.editInput(2);
    b.service.back();
    QCOMPARE(b.service.formIndex(), ui::ServiceViewModel::kCheckPage);
    QCOMPARE(b.fakes.service.state().step, Step::Form);
}

void TestUiViewModels::unansweredQuestionComesFirst()
{
    Bench b;
    services::ServiceState state = b.fakes.stateAt(Step::Form);
    state.inputs.remove(u"types"_s);
    state.inputs.remove(u"to"_s);
    b.fakes.service.set(state);
    QCOMPARE(b.service.formIndex(), 0);
    QVERIFY(!b.service.currentComplete());
    b.service.setInput(u"types"_s, u"110"_s);
    QVERIFY(b.service.currentComplete());
    b.service.nextInput();
    QCOMPARE(b.service.formIndex(), 2);
}

void TestUiViewModels::loadingExplainsItselfInSteps()
{
    Bench b;
    services::ServiceState state = b.fakes.stateAt(Step::Loading);
    const QList<std::pair<int, ui::ServiceViewModel::LoadingStage>> expected{
            {1, ui::ServiceViewModel::Quiet},        {2, ui::ServiceViewModel::Explained},
            {7, ui::ServiceViewModel::Explained},    {8, ui::ServiceViewModel::Cancellable},
            {19, ui::ServiceViewModel::Cancellable}, {20, ui::ServiceViewModel::Slow}};
    for (const auto &[seconds, stage] : expected) {
        state.loadingSeconds = seconds;
        b.fakes.service.set(state);
        QCOMPARE(b.service.loadingStage(), stage);
    }
}

void TestUiViewModels::descriptorWordsAreUsedForItsErrors()
{
    Bench b;
    services::ServiceState state = b.fakes.stateAt(Step::Failed);
    state.error = base::Error{base::ErrorKind::NotFound, u"NOT_ENROLLED"_s, {}};
    b.fakes.service.set(state);
    QVERIFY(b.service.errorText().startsWith(u"没有查到"_s));
    QCOMPARE(b.service.nextSteps()->rowCount(), 2);
    state.error = base::Error{base::ErrorKind::Unavailable, u"UPSTREAM_DOWN"_s, {}};
    b.fakes.service.set(state);
    QVERIFY(b.service.errorText().isEmpty());
    QCOMPARE(b.service.errorKind(), base::errorKindName(base::ErrorKind::Unavailable));
}

void TestUiViewModels::offlineTilesSayWhatStillWorks()
{
    Bench b;
    QCOMPARE(b.home.tileRows().first().tileState, int(ui::UiEnums::Available));
    sync::ConnectivityState link = b.fakes.connectivity.state();
    link.link = sync::ConnectivityState::Link::Offline;
    b.fakes.connectivity.set(link);
    QCOMPARE(b.home.tileRows().first().tileState, int(ui::UiEnums::OfflineGuide));

    domain::ServiceDescriptor other = test::UiFakes::socialInsurance();
    other.offline = domain::ServiceDescriptor::Offline::Queue;
    domain::ServiceDescriptor closed = other;
    closed.available = false;
    b.fakes.catalogue.set({other, closed});
    QCOMPARE(b.home.tileRows().at(0).tileState, int(ui::UiEnums::OfflineQueue));
    QCOMPARE(b.home.tileRows().at(1).tileState, int(ui::UiEnums::GuideOnly));
}

void TestUiViewModels::languageChangesDataTexts()
{
    Bench b;
    b.fakes.service.set(b.fakes.stateAt(Step::Result));
    b.access.toggleLanguage();
    QCOMPARE(b.home.tileRows().first().label, u"Insurance record"_s);
    QCOMPARE(b.shell.stationName(), u"Checheng Riderport"_s);
    QCOMPARE(b.valueOf(u"s0.status"_s), u"paying"_s);
    QCOMPARE(b.valueOf(u"s0.balance"_s), u"****"_s);
}

void TestUiViewModels::safetyNoticeComesFirstAndSlidesChange()
{
    Bench b;
    QCOMPARE(b.attract.slide(), ui::AttractViewModel::Notice);
    QVERIFY(b.attract.noticeIsSafety());
    b.fakes.clock.advance(7'999);
    b.attract.tick();
    QCOMPARE(b.attract.slideIndex(), 0);
    b.fakes.clock.advance(1);
    b.attract.tick();
    QCOMPARE(b.attract.slide(), ui::AttractViewModel::Welcome);
    for (int i = 0; i < b.attract.slideCount() - 1; ++i) {
        b.fakes.clock.advance(8'000);
        b.attract.tick();
    }
    QCOMPARE(b.attract.slideIndex(), 0);
}

void TestUiViewModels::shellSaysHowOldTheDataIs()
{
    Bench b;
    QVERIFY(!b.shell.offline());
    QCOMPARE(b.shell.lastSyncText(), u"14:25"_s);
    QVERIFY(!b.shell.dataOld());
    sync::ConnectivityState link = b.fakes.connectivity.state();
    link.lastSync = b.fakes.clock.now().addSecs(-24 * 3600 - 1);
    link.link = sync::ConnectivityState::Link::Offline;
    link.pendingOperations = 2;
    link.clockSkewMs = -300'001;
    b.fakes.connectivity.set(link);
    QVERIFY(b.shell.offline());
    QVERIFY(b.shell.dataOld());
    QVERIFY(b.shell.clockWrong());
    QCOMPARE(b.shell.pendingCount(), 2);
    QCOMPARE(b.shell.lastSyncText(), u"9月29日 14:25"_s);
}

void TestUiViewModels::cameraPictureIsKeptOnlyOnTheLoginPage()
{
    Bench b;
    QImage frame(8, 8, QImage::Format_RGB32);
    frame.fill(Qt::red);
    b.fakes.session.noteActivity();
    Q_EMIT b.fakes.login.previewFrame(frame);
    QVERIFY(b.login.frame().isNull());
    b.router.openLogin();
    Q_EMIT b.fakes.login.previewFrame(frame);
    QVERIFY(!b.login.frame().isNull());
    b.router.goHome();
    QVERIFY(b.login.frame().isNull());
}

void TestUiViewModels::geometryFollowsTheMountedScreen()
{
    const ui::UiGeometry big = ui::geometryFor({1080, 1920}, 32.0, 700);
    QCOMPARE(big.scale, 1.0);
    QCOMPARE(big.reachY, 576); // the upper 30 % weighs more than 1,200 mm (564)
    QVERIFY(qAbs(big.lowReachY - 1106) <= 2);
    const ui::UiGeometry small = ui::geometryFor({1080, 1920}, 15.6, 900);
    QVERIFY(qAbs(small.scale - 1.30) < 0.01);
    const ui::UiGeometry wide = ui::geometryFor({1920, 1080}, 32.0, 700);
    QCOMPARE(wide.reachY, 0);
    QCOMPARE(ui::geometryFor({}, 32.0, 700).scale, 1.0);
}

void TestUiViewModels::datesAreWrittenAsPeopleDo()
{
    const QDateTime now = QDateTime::fromString(u"2026-09-30T06:26:00Z"_s, Qt::ISODate);
    QCOMPARE(ui::clockText(now), u"14:26"_s);
    QCOMPARE(ui::dayText(now, domain::Language::Chinese), u"9月30日 周三"_s);
    QCOMPARE(ui::momentText(now.addDays(-400), now, domain::Language::Chinese),
             u"2025年8月26日 14:26"_s);
    QCOMPARE(ui::monthText(u"202411"_s, domain::Language::Chinese), u"2024年11月"_s);
    QCOMPARE(ui::monthText(u"202411"_s, domain::Language::English), u"Nov 2024"_s);
    QCOMPARE(ui::monthText(u"202413"_s, domain::Language::English), u"202413"_s);
}

QTEST_MAIN(TestUiViewModels)
#include "tst_uiviewmodels.moc"
