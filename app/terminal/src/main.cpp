// SPDX-License-Identifier: Apache-2.0
#include "base/structuredlog.h"
#include "signalwatcher.h"
#include "startup.h"
#include "terminalapplication.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLockFile>

#include <cstdio>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

enum ExitCode { Done = 0, Failed = 1, BadArguments = 2, AlreadyRunning = 3 };

int complain(ExitCode code, const base::Error &error)
{
    std::fprintf(stderr, "riderport-kiosk: %s: %s\n", qPrintable(error.code),
                 qPrintable(error.detail));
    return code;
}

// One line of JSON for whoever started the program.
void tell(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

int run(QGuiApplication &app, const terminal::TerminalConfig &config,
        const QElapsedTimer &sinceStart)
{
    auto transport = terminal::makeTransport(config);
    if (!transport)
        return complain(BadArguments, transport.error());
    terminal::TerminalApplication kiosk(config, *std::move(transport));
    QObject::connect(
            &kiosk, &terminal::TerminalApplication::failed, &app, [](const base::Error &error) {
                QCoreApplication::exit(complain(
                        error.code == "storage.in-use"_L1 ? AlreadyRunning : Failed, error));
            });
    QObject::connect(&kiosk, &terminal::TerminalApplication::firstFrameShown, &app, [&] {
        const QByteArray ms = QByteArray::number(sinceStart.elapsed());
        if (!config.selfTest) {
            tell("{\"ready\":true,\"first_frame_ms\":" + ms + "}");
            return;
        }
        if (const auto pages = kiosk.checkPages(); !pages) {
            QCoreApplication::exit(complain(Failed, pages.error()));
            return;
        }
        tell("{\"self_test\":\"ok\",\"first_frame_ms\":" + ms + "}");
        QCoreApplication::exit(Done);
    });
    if (const auto started = kiosk.start(); !started)
        return complain(Failed, started.error());
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (arguments.contains(u"--help"_s)) {
        std::fputs(qPrintable(terminal::usageText()), stdout);
        return Done;
    }
    const auto config = terminal::configFromArguments(arguments);
    if (!config)
        return complain(BadArguments, config.error());

    terminal::SignalWatcher::blockSignals();
    base::installStructuredLog(u"kiosk"_s);
    terminal::prepareToolkit(config->language, config->selfTest);
    // Arguments are ours alone: Qt must not take any of them for its own.
    int ownArgc = 1;
    QGuiApplication app(ownArgc, argv);
    QCoreApplication::setApplicationName(u"riderport-kiosk"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(RIDERPORT_VERSION));
    ui::applyApplicationFont();
    const terminal::SignalWatcher signalWatcher;
    if (config->selfTest)
        return run(app, *config, sinceStart);

    const auto lock = terminal::lockState(config->stateDirectory);
    if (!lock)
        return complain(lock.error().code == "storage.in-use"_L1 ? AlreadyRunning : BadArguments,
                        lock.error());
    return run(app, *config, sinceStart);
}
