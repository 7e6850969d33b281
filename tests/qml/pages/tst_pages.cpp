// SPDX-License-Identifier: Apache-2.0
#include "accesssettings.h"
#include "router.h"
#include "serviceviewmodel.h"
#include "shellviewmodel.h"
#include "ui.h"

#include "support/uifakes.h"

#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace riderport;
using Phase = session::SessionState::Phase;
using Step = services::ServiceState::Step;

/// The real pages over fake ports, driven by touches at the places people touch.
class TestPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::applyApplicationFont(); }
    void init();
    void cleanup();
    void firstTouchOnlyWakes();
    void tileOpensTheGuideAndTheServiceRuns();
    void languageSwitchesEveryWord();
    void warningCoversPersonalValues();
    void touchedAmountShows();
    void refusalIsSaidInWords();
    void callShowsTheStationsTelephone();
    void staffGestureNeedsBothEnds();
    void noPageSurvivesTheSession();

private:
    [[nodiscard]] QQuickItem *item(const QString &name) const;
    [[nodiscard]] bool shows(const QString &text) const;
    void touch(const QString &name);
    void touch(QPoint place);

    std::unique_ptr<test::UiFakes> m_fakes;
    std::unique_ptr<ui::Ui> m_ui;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
};

namespace {

QQuickItem *find(QQuickItem *root, const std::function<bool(QQuickItem *)> &wanted)
{
    if (!root->isVisible())
        return nullptr;
    if (wanted(root))
        return root;
    for (QQuickItem *child : root->childItems()) {
        if (QQuickItem *found = find(child, wanted))
            return found;
    }
    return nullptr;
}

} // namespace

void TestPages::init()
{
    m_fakes = std::make_unique<test::UiFakes>();
    ui::UiOptions options;
    options.windowSize = {1080, 1920};
    m_ui = std::make_unique<ui::Ui>(m_fakes->ports(), options);
    m_engine = std::make_unique<QQmlApplicationEngine>();
    QVERIFY(m_ui->load(*m_engine).ok());
    QVERIFY(QTest::qWaitForWindowExposed(m_ui->window()));
}

void TestPages::cleanup()
{
    m_engine.reset();
    m_ui.reset();
    m_fakes.reset();
}

QQuickItem *TestPages::item(const QString &name) const
{
    return find(m_ui->window()->contentItem(),
                [&](QQuickItem *i) { return i->objectName() == name; });
}

bool TestPages::shows(const QString &text) const
{
    return find(m_ui->window()->contentItem(), [&](QQuickItem *i) {
               return i->inherits("QQuickText") && i->property("text").toString().contains(text);
           }) != nullptr;
}

void TestPages::touch(QPoint place)
{
    QTest::mouseClick(m_ui->window(), Qt::LeftButton, Qt::NoModifier, place);
}

void TestPages::touch(const QString &name)
{
    QTRY_VERIFY2(item(name), qPrintable(name));
    // A page that still slides in is not where it will be.
    QTRY_VERIFY(item(u"shell.pages"_s)->property("settled").toBool());
    QQuickItem *target = item(name);
    QVERIFY2(target, qPrintable(name));
    touch(target->mapToScene(QPointF(target->width() / 2, target->height() / 2)).toPoint());
}

void TestPages::firstTouchOnlyWakes()
{
    QVERIFY(item(u"attract.page"_s));
    QVERIFY(!item(u"shell.home"_s));
    touch(QPoint(100, 1800));
    QCOMPARE(m_fakes->session.state().phase, Phase::Guest);
    QTRY_VERIFY(item(u"home.tile.S02"_s));
    QVERIFY(!m_ui->router().callSheetOpen());
}

void TestPages::tileOpensTheGuideAndTheServiceRuns()
{
    m_fakes->session.noteActivity();
    m_fakes->session.begin(test::UiFakes::worker());
    touch(u"home.tile.S02"_s);
    QCOMPARE(m_fakes->service.state().step, Step::Guide);
    touch(u"service.startButton"_s);
    QCOMPARE(m_fakes->service.state().step, Step::Consent);
    touch(u"service.consentAccept"_s);
    QCOMPARE(m_fakes->service.state().step, Step::Form);
    m_fakes->service.set(m_fakes->stateAt(Step::Form));
    touch(u"service.next"_s); // types were asked for while nothing was answered
    QTRY_VERIFY(item(u"service.submit"_s));
    touch(u"service.answer.from"_s);
    touch(u"month.202403"_s);
    QCOMPARE(m_fakes->service.state().inputs.value(u"from"_s), u"202403"_s);
    touch(u"service.next"_s);
    touch(u"service.submit"_s);
    QCOMPARE(m_fakes->service.state().step, Step::Loading);
}

void TestPages::languageSwitchesEveryWord()
{
    m_fakes->session.noteActivity();
    QTRY_VERIFY(shows(u"您要办什么？"_s));
    touch(u"shell.language"_s);
    QTRY_VERIFY(shows(u"What do you need?"_s));
    QVERIFY(!shows(u"首页"_s));
    QVERIFY(shows(u"Insurance record"_s));
    touch(u"shell.language"_s);
    QTRY_VERIFY(shows(u"您要办什么？"_s));
}

void TestPages::warningCoversPersonalValues()
{
    m_fakes->session.noteActivity();
    m_fakes->session.begin(test::UiFakes::worker());
    m_ui->router().openService(u"S02"_s);
    m_fakes->service.set(m_fakes->stateAt(Step::Result));
    QTRY_VERIFY(shows(u"正常缴费"_s));
    m_fakes->session.setPhase(Phase::Warning, 28);
    QTRY_VERIFY(item(u"shell.extend"_s));
    QVERIFY(!shows(u"正常缴费"_s));
    QVERIFY(!shows(u"2026年12月"_s));
    QCOMPARE(item(u"shell.idleSeconds"_s)->property("text").toString(), u"28"_s);
    touch(u"shell.extend"_s);
    QCOMPARE(m_fakes->session.state().phase, Phase::Active);
    QTRY_VERIFY(shows(u"正常缴费"_s));
}

void TestPages::touchedAmountShows()
{
    m_fakes->session.noteActivity();
    m_fakes->session.begin(test::UiFakes::worker());
    m_ui->router().openService(u"S02"_s);
    m_fakes->service.set(m_fakes->stateAt(Step::Result));
    QTRY_VERIFY(item(u"service.reveal.s0.balance"_s));
    QVERIFY(!shows(u"48,123.60"_s));
    touch(u"service.reveal.s0.balance"_s);
    QTRY_VERIFY(shows(u"48,123.60"_s));
    m_fakes->clock.advance(20'000);
    m_ui->tick();
    QTRY_VERIFY(!shows(u"48,123.60"_s));
}

void TestPages::refusalIsSaidInWords()
{
    m_fakes->session.noteActivity();
    touch(u"home.login"_s);
    QCOMPARE(m_ui->router().page(), ui::Router::Login);
    identity::LoginState state = m_fakes->login.state();
    state.refusal = base::Error{base::ErrorKind::Expired, u"token.expired"_s, {}};
    m_fakes->login.set(state);
    QTRY_VERIFY(shows(u"这个骑士码过期了。"_s));
    touch(u"login.dismiss"_s);
    QTRY_VERIFY(!shows(u"这个骑士码过期了。"_s));
}

void TestPages::callShowsTheStationsTelephone()
{
    m_fakes->session.noteActivity();
    touch(u"shell.call"_s);
    QTRY_VERIFY(shows(u"0719-8000001"_s));
    QVERIFY(shows(u"12333"_s));
    touch(u"shell.closeCall"_s);
    QTRY_VERIFY(!shows(u"0719-8000001"_s));
}

void TestPages::staffGestureNeedsBothEnds()
{
    m_fakes->session.noteActivity();
    QSignalSpy asked(m_ui.get(), &ui::Ui::staffRequested);
    const auto hold = [&] {
        QTest::mousePress(m_ui->window(), Qt::LeftButton, Qt::NoModifier, QPoint(1000, 50));
        QTest::qWait(1700);
        QTest::mouseRelease(m_ui->window(), Qt::LeftButton, Qt::NoModifier, QPoint(1000, 50));
    };
    hold();
    QCOMPARE(asked.size(), 0);
    for (int i = 0; i < 5; ++i)
        touch(QPoint(60, 50));
    hold();
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(m_ui->router().page(), ui::Router::Staff);
    QTRY_VERIFY(item(u"staff.message"_s));
}

void TestPages::noPageSurvivesTheSession()
{
    m_fakes->session.noteActivity();
    m_fakes->session.begin(test::UiFakes::worker());
    m_ui->router().openService(u"S02"_s);
    m_fakes->service.set(m_fakes->stateAt(Step::Result));
    m_ui->service().revealAll();
    QTRY_VERIFY(shows(u"48,123.60"_s));
    touch(u"shell.logout"_s);
    QCOMPARE(m_fakes->session.state().phase, Phase::Guest);
    QTRY_VERIFY(item(u"home.tile.S02"_s));
    QVERIFY(!shows(u"48,123.60"_s));
    QVERIFY(!shows(u"Z*J"_s));
    QVERIFY(!item(u"service.home"_s));
}

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
