// SPDX-License-Identifier: Apache-2.0
#include "base/structuredlog.h"
#include "districtapplication.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>

#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcMain, "riderport.district.main")

/// SIGTERM and SIGINT as readable bytes of the loop. Before any thread starts: they inherit the
/// blocked set.
int blockSignals()
{
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// Each held pull is an open socket.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

void printReady(const QUrl &url)
{
    const QByteArray line =
            QJsonDocument(QJsonObject{{u"ready"_s, true}, {u"url"_s, url.toString()}})
                    .toJson(QJsonDocument::Compact);
    std::fprintf(stdout, "%s\n", line.constData());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const int signalFd = blockSignals();
    raiseDescriptorLimit();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"riderport-district"_s);
    base::installStructuredLog(u"district"_s);
    const auto options = district::parseDistrictOptions(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "riderport-district: %s\n", qUtf8Printable(options.error().detail));
        return 2;
    }
    district::DistrictApplication server(*options);
    if (const auto started = server.start(); !started) {
        qCCritical(lcMain).noquote()
                << "cannot start" << started.error().code << started.error().detail;
        return 1;
    }
    bool stopping = false;
    QSocketNotifier signals(signalFd, QSocketNotifier::Read);
    QObject::connect(&signals, &QSocketNotifier::activated, &server, [&] {
        signalfd_siginfo info{};
        if (::read(signalFd, &info, sizeof info) != ssize_t(sizeof info))
            return;
        // A second one means that somebody is tired of waiting.
        if (std::exchange(stopping, true))
            QCoreApplication::exit(3);
        else
            server.stop([] { QCoreApplication::quit(); });
    });
    printReady(server.url());
    qCInfo(lcMain).noquote() << "listening on" << server.url().toString();
    const int code = QCoreApplication::exec();
    qCInfo(lcMain) << "stopped" << code;
    return code;
}
