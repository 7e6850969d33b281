// SPDX-License-Identifier: Apache-2.0
#include "ui.h"

#include "accesssettings.h"
#include "activityfilter.h"
#include "attractviewmodel.h"
#include "homeviewmodel.h"
#include "iconimageprovider.h"
#include "keyboardviewmodel.h"
#include "loginviewmodel.h"
#include "router.h"
#include "serviceviewmodel.h"
#include "shellviewmodel.h"
#ifdef RIDERPORT_TESTS
#include "uimapwriter.h"
#endif

#include <QClipboard>
#include <QFont>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QPointer>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QScreen>
#include <QTimer>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {

Q_LOGGING_CATEGORY(lcUi, "riderport.ui")

/// What the toolkit itself might remember of a person.
class ToolkitTraces final : public session::Wipeable
{
public:
    void wipe() override
    {
        if (QClipboard *clipboard = QGuiApplication::clipboard()) {
            clipboard->clear(QClipboard::Clipboard);
            if (clipboard->supportsSelection())
                clipboard->clear(QClipboard::Selection);
        }
        // Pages of the ended session are gone by now; their strings should be, too.
        if (engine)
            QMetaObject::invokeMethod(
                    engine, [held = engine] { held->collectGarbage(); }, Qt::QueuedConnection);
    }
    QPointer<QQmlEngine> engine;
};

} // namespace

struct Ui::Parts
{
    Parts(const UiPorts &givenPorts, const UiOptions &givenOptions)
        : ports(givenPorts)
        , options(givenOptions)
        , access(options.language)
        , router(ports.session, ports.login, ports.service)
        , login(ports, router)
        , home(ports, access, router, login)
        , service(ports, access, router)
        , attract(ports, access, router)
        , shell(ports, options, access, router)
        , activity(ports.session)
    {
        shell.setPageModels(&attract, &home, &login, &service);
        if (ports.candidates) {
            keyboard = std::make_unique<KeyboardViewModel>(*ports.candidates);
            shell.setKeyboard(keyboard.get());
        }
    }

    UiPorts ports;
    UiOptions options;
    AccessSettings access;
    Router router;
    LoginViewModel login;
    HomeViewModel home;
    ServiceViewModel service;
    AttractViewModel attract;
    std::unique_ptr<KeyboardViewModel> keyboard; ///< null where nobody can type
    ShellViewModel shell;
    ActivityFilter activity;
    ToolkitTraces traces;
    QTranslator english;
    bool englishInstalled = false;
    QTimer second;
    QPointer<QQmlApplicationEngine> engine;
    QPointer<QQuickWindow> window;
#ifdef RIDERPORT_TESTS
    std::unique_ptr<UiMapWriter> map;
#endif
};

Ui::Ui(UiPorts ports, UiOptions options, QObject *parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(ports, options))
{
    Parts &p = *m_parts;
    // Order of the wipe: what is on the screen first, then the toolkit's leftovers.
    p.ports.session.addWipeable(&p.service);
    p.ports.session.addWipeable(&p.login);
    if (p.keyboard)
        p.ports.session.addWipeable(p.keyboard.get());
    p.ports.session.addWipeable(&p.access);
    p.ports.session.addWipeable(&p.traces);
    connect(&p.access, &AccessSettings::largeTextChanged, this,
            [&p] { p.ports.session.setSlow(p.access.largeText()); });
    connect(&p.access, &AccessSettings::languageChanged, this, &Ui::applyLanguage);
    connect(&p.router, &Router::staffRequested, this, &Ui::staffRequested);
    if (!p.english.load(u":/riderport/i18n/riderport_en.qm"_s))
        qCWarning(lcUi, "ui.translation-missing");
    p.second.setInterval(1000);
    connect(&p.second, &QTimer::timeout, this, &Ui::tick);
}

Ui::~Ui()
{
    Parts &p = *m_parts;
    p.ports.session.removeWipeable(&p.traces);
    p.ports.session.removeWipeable(&p.access);
    if (p.keyboard)
        p.ports.session.removeWipeable(p.keyboard.get());
    p.ports.session.removeWipeable(&p.login);
    p.ports.session.removeWipeable(&p.service);
    if (p.window)
        p.window->removeEventFilter(&p.activity);
    if (p.englishInstalled)
        QCoreApplication::removeTranslator(&p.english);
}

base::Result<void> Ui::load(QQmlApplicationEngine &engine)
{
    Parts &p = *m_parts;
    p.engine = &engine;
    p.traces.engine = &engine;
    applyLanguage();
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.addImageProvider(u"icon"_s, new IconImageProvider);

    QSize size = p.options.windowSize;
    const bool fullScreen = size.isEmpty();
    if (fullScreen && QGuiApplication::primaryScreen())
        size = QGuiApplication::primaryScreen()->size();
    const UiGeometry geometry = geometryFor(size, p.options.diagonalInch, p.options.mountBottomMm);
    engine.setInitialProperties({{u"shell"_s, QVariant::fromValue(&p.shell)},
                                 {u"scaleFactor"_s, geometry.scale},
                                 {u"reachY"_s, geometry.reachY},
                                 {u"lowReachY"_s, geometry.lowReachY},
                                 {u"width"_s, size.width()},
                                 {u"height"_s, size.height()}});
    engine.load(Router::mainUrl());
    if (!engine.rootObjects().isEmpty())
        p.window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    if (!p.window)
        return base::Error{base::ErrorKind::Internal, u"ui.load-failed"_s, {}};

    p.window->installEventFilter(&p.activity);
    const auto once =
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection);
    connect(p.window, &QQuickWindow::frameSwapped, this, &Ui::firstFrameShown, once);
#ifdef RIDERPORT_TESTS
    if (const QString map = qEnvironmentVariable("RIDERPORT_UI_MAP"); !map.isEmpty())
        p.map = std::make_unique<UiMapWriter>(*p.window, map);
#endif
    if (fullScreen)
        p.window->showFullScreen();
    else
        p.window->show();
    p.second.start();
    return {};
}

QQuickWindow *Ui::window() const
{
    return m_parts->window;
}

ShellViewModel &Ui::shell() const
{
    return m_parts->shell;
}

ServiceViewModel &Ui::service() const
{
    return m_parts->service;
}

Router &Ui::router() const
{
    return m_parts->router;
}

AccessSettings &Ui::access() const
{
    return m_parts->access;
}

void Ui::tick()
{
    m_parts->shell.tick();
    m_parts->service.tick();
    m_parts->attract.tick();
}

void Ui::applyLanguage()
{
    Parts &p = *m_parts;
    // The source texts are Chinese; only English needs a table.
    if (p.access.english() == p.englishInstalled)
        return;
    p.englishInstalled = p.access.english();
    if (p.englishInstalled)
        QCoreApplication::installTranslator(&p.english);
    else
        QCoreApplication::removeTranslator(&p.english);
    if (p.engine)
        p.engine->retranslate();
}

void applyApplicationFont()
{
    QFont font(u"Noto Sans CJK SC"_s);
    QGuiApplication::setFont(font);
}

} // namespace riderport::ui
