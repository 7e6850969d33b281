// SPDX-License-Identifier: Apache-2.0
#include "base/structuredlog.h"
#include "sim/upstreamsimulator.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace riderport;

namespace {

// Signals arrive as events; must run before any thread is started.
int terminationDescriptor()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int fail(const QString &text)
{
    std::fprintf(stderr, "riderport-sim: %s\n", qUtf8Printable(text));
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    const int terminate = terminationDescriptor();
    QCoreApplication app(argc, argv);
    base::installStructuredLog(u"sim"_s);

    QCommandLineParser parser;
    parser.setApplicationDescription(
            u"Simulated surroundings of a district server. Everything they say is made up."_s);
    parser.addHelpOption();
    parser.addPositionalArgument(u"what"_s, u"upstream: bureaus of families A and B, SMS outbox"_s);
    const QCommandLineOption listen(u"listen"_s, u"Loopback address of the control port."_s,
                                    u"HOST:PORT"_s, u"127.0.0.1:0"_s);
    parser.addOption(listen);
    parser.process(app);
    if (parser.positionalArguments() != QStringList{u"upstream"_s})
        return fail(u"usage: riderport-sim upstream [--listen 127.0.0.1:0]"_s);
    const QString where = parser.value(listen);
    const qsizetype colon = where.lastIndexOf(u':');
    bool ok = false;
    const quint16 port = where.mid(colon + 1).toUShort(&ok);
    QHostAddress address;
    if (colon < 1 || !ok || !address.setAddress(where.left(colon)))
        return fail(u"--listen needs HOST:PORT"_s);

    const base::SystemClock clock;
    sim::UpstreamSimulator simulator(clock);
    if (const auto listening = simulator.listen(address, port); !listening)
        return fail(listening.error().code + u' ' + listening.error().detail);

    QSocketNotifier ended(terminate, QSocketNotifier::Read);
    QObject::connect(&ended, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    const QByteArray line = QJsonDocument(simulator.readyLine()).toJson(QJsonDocument::Compact);
    std::fprintf(stdout, "%s\n", line.constData());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
