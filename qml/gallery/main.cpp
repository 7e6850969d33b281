// SPDX-License-Identifier: Apache-2.0
// riderport-gallery: every page state and every control over fake ports, in both languages, all
// modes and both orientations. --validate checks the rules of the house, --screenshots keeps PNGs,
// neither shows the window for looking around (--scenario NAME).
#include "galleryscenarios.h"
#include "galleryvalidator.h"

#include "accesssettings.h"
#include "shellviewmodel.h"

#include <QAccessible>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQmlComponent>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTextStream>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace riderport;

namespace {

int qtWarnings = 0;

void countWarnings(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtDebugMsg && type != QtInfoMsg)
        ++qtWarnings;
    QTextStream(stderr) << message << Qt::endl;
}

struct Mode
{
    QString name;
    bool largeText = false;
    bool highContrast = false;
    bool lowReach = false;
};

QList<domain::ServiceDescriptor> shippedServices(const domain::ServiceDescriptor &own)
{
    QList<domain::ServiceDescriptor> all;
    const QDir folder(u"" RIDERPORT_SERVICES_DIR ""_s);
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto parsed = domain::parseServiceDescriptor(file.readAll());
        if (parsed)
            all.append(parsed->id == own.id ? own : *parsed);
    }
    return all.isEmpty() ? QList{own} : all;
}

class Gallery
{
public:
    Gallery(QSize size, const QString &filter)
        : m_size(size)
        , m_filter(filter)
        , m_ui(m_fakes.ports(), optionsFor(size))
    {
        m_fakes.catalogue.set(shippedServices(test::UiFakes::socialInsurance()));
    }

    bool load() { return m_ui.load(m_engine).ok(); }

    /// The sheet with every control in every state; it counts as one page.
    bool showControls(const QString &folder)
    {
        QQmlComponent component(&m_engine,
                                QUrl(u"qrc:/qt/qml/Riderport/Gallery/ControlsPage.qml"_s));
        std::unique_ptr<QObject> made(component.create());
        auto *sheet = qobject_cast<QQuickItem *>(made.get());
        if (!sheet) {
            qWarning().noquote() << component.errorString();
            return false;
        }
        sheet->setParentItem(m_ui.window()->contentItem());
        settle();
        if (!folder.isEmpty())
            m_ui.window()->grabWindow().save(folder + u"/controls.png"_s);
        ++pages;
        return true;
    }

    void run(bool english, const Mode &mode, const QString &folder, bool validate)
    {
        for (const gallery::Scenario &scenario : gallery::scenarios()) {
            if (!m_filter.isEmpty() && !scenario.name.contains(m_filter))
                continue;
            gallery::rest(m_fakes, m_ui);
            auto &access = m_ui.access();
            access.setLanguage(english ? domain::Language::English : domain::Language::Chinese);
            access.setLargeText(mode.largeText);
            access.setHighContrast(mode.highContrast);
            access.setLowReach(mode.lowReach);
            scenario.arrange(m_fakes, m_ui);
            settle();
            const QString name = u"%1_%2_%3_%4"_s.arg(
                    scenario.name, english ? u"en"_s : u"zh"_s, mode.name,
                    m_size.height() > m_size.width() ? u"portrait"_s : u"landscape"_s);
            if (!folder.isEmpty())
                m_ui.window()->grabWindow().save(folder + u'/' + name + u".png"_s);
            if (validate)
                check(name, english, mode);
            ++pages;
        }
    }

    int pages = 0;
    int problems = 0;

private:
    static ui::UiOptions optionsFor(QSize size)
    {
        ui::UiOptions options;
        options.windowSize = size;
        return options;
    }

    void settle()
    {
        // Page slides are short; let every one end before looking.
        const auto *host = m_ui.window()->findChild<QQuickItem *>(u"shell.pages"_s);
        QElapsedTimer time;
        time.start();
        do
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        while ((time.elapsed() < 60 || !host->property("settled").toBool()) &&
               time.elapsed() < 10'000);
    }

    void check(const QString &name, bool english, const Mode &mode)
    {
        const ui::UiGeometry geometry = ui::geometryFor(m_size, 32.0, 700);
        gallery::Rules rules;
        rules.english = english;
        rules.strictReach = mode.lowReach;
        rules.reachLine = mode.lowReach ? geometry.lowReachY : geometry.reachY;
        for (const QString &problem : gallery::problemsOf(*m_ui.window(), rules)) {
            ++problems;
            QTextStream(stdout) << name << ": " << problem << Qt::endl;
        }
    }

    QSize m_size;
    QString m_filter;
    test::UiFakes m_fakes;
    ui::Ui m_ui;
    QQmlApplicationEngine m_engine;
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QUICK_CONTROLS_STYLE", "Basic");
    QGuiApplication app(argc, argv);
    ui::applyApplicationFont();
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"validate"_s, u"Check every page; exit 1 when anything is wrong."_s},
                       {u"screenshots"_s, u"Save a PNG of every page."_s, u"folder"_s},
                       {u"scenario"_s, u"Only scenarios whose name contains this."_s, u"name"_s},
                       {u"mode"_s, u"normal, large, contrast or low."_s, u"mode"_s},
                       {u"language"_s, u"zh or en."_s, u"language"_s},
                       {u"orientation"_s, u"portrait or landscape."_s, u"orientation"_s}});
    parser.process(app);
    const bool validate = parser.isSet(u"validate"_s);
    const QString folder = parser.value(u"screenshots"_s);
    if (!folder.isEmpty() && !QDir().mkpath(folder))
        return EXIT_FAILURE;
    qInstallMessageHandler(countWarnings);
    QAccessible::setActive(true);

    const QList<Mode> modes{{u"normal"_s},
                            {u"large"_s, true},
                            {u"contrast"_s, false, true},
                            {u"low"_s, false, false, true},
                            {u"largelow"_s, true, false, true}};
    int pages = 0;
    int problems = 0;
    for (const QSize size : {QSize(1080, 1920), QSize(1920, 1080)}) {
        const QString orientation = size.height() > size.width() ? u"portrait"_s : u"landscape"_s;
        if (parser.isSet(u"orientation"_s) && parser.value(u"orientation"_s) != orientation)
            continue;
        Gallery gallery(size, parser.value(u"scenario"_s));
        if (!gallery.load())
            return EXIT_FAILURE;
        if (!validate && folder.isEmpty())
            return QGuiApplication::exec();
        if (!parser.isSet(u"scenario"_s) && !gallery.showControls(folder))
            return EXIT_FAILURE;
        for (const Mode &mode : modes) {
            if (parser.isSet(u"mode"_s) && parser.value(u"mode"_s) != mode.name)
                continue;
            for (const bool english : {false, true}) {
                const QString language = english ? u"en"_s : u"zh"_s;
                if (!parser.isSet(u"language"_s) || parser.value(u"language"_s) == language)
                    gallery.run(english, mode, folder, validate);
            }
        }
        pages += gallery.pages;
        problems += gallery.problems;
    }
    QTextStream(stdout) << pages << " pages, " << problems << " problems, " << qtWarnings
                        << " Qt warnings" << Qt::endl;
    return problems + qtWarnings == 0 && pages > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
