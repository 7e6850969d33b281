// SPDX-License-Identifier: Apache-2.0
#include "startup.h"

#include "transport/qthttptransport.h"

#include <QDir>
#include <QLocale>
#include <QSslCertificate>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

void setDefault(const char *name, const char *value)
{
    if (!qEnvironmentVariableIsSet(name))
        qputenv(name, value);
}

bool hasGpu()
{
    const QStringList nodes =
            QDir(u"/dev/dri"_s).entryList({u"renderD*"_s, u"card*"_s}, QDir::System);
    for (const QString &node : nodes) {
        if (QFileInfo(u"/dev/dri/"_s + node).isReadable())
            return true;
    }
    return false;
}

} // namespace

void prepareToolkit(domain::Language language, bool selfTest)
{
    // A self-test must say something on a machine without a screen, too.
    if (selfTest && !qEnvironmentVariableIsSet("DISPLAY") &&
        !qEnvironmentVariableIsSet("WAYLAND_DISPLAY"))
        setDefault("QT_QPA_PLATFORM", "offscreen");
    // Without a GPU the software renderer starts twice as fast as OpenGL in software.
    if (!hasGpu())
        setDefault("QT_QUICK_BACKEND", "software");
    setDefault("QT_QUICK_CONTROLS_STYLE", "Basic");
    // The other backend drops frames of files, and its pipelines take longer to start.
    setDefault("QT_MEDIA_BACKEND", "ffmpeg");
    QLocale::setDefault(language == domain::Language::English
                                ? QLocale(QLocale::English, QLocale::China)
                                : QLocale(QLocale::Chinese, QLocale::China));
}

base::Result<std::unique_ptr<transport::HttpTransport>> makeTransport(const TerminalConfig &config)
{
    QList<QSslCertificate> trusted;
    if (!config.certificates.isEmpty()) {
        trusted = QSslCertificate::fromPath(config.certificates);
        if (trusted.isEmpty()) {
            return Error{ErrorKind::Invalid, u"config.certificates"_s, config.certificates};
        }
    }
    // The self-test needs no district; the discard port answers nobody.
    const QUrl district = config.selfTest && config.district.isEmpty()
                                  ? QUrl(u"http://127.0.0.1:9"_s)
                                  : config.district;
    auto transport = transport::QtHttpTransport::create(district, trusted);
    if (!transport)
        return transport.error();
    return std::unique_ptr<transport::HttpTransport>(*std::move(transport));
}

base::Result<std::shared_ptr<QLockFile>> lockState(const QString &directory)
{
    if (!QDir().mkpath(directory))
        return Error{ErrorKind::Storage, u"storage.read-only"_s, directory};
    auto lock = std::make_shared<QLockFile>(directory + u"/kiosk.lock"_s);
    lock->setStaleLockTime(0); // only a process that is gone leaves a stale lock
    if (lock->tryLock())
        return lock;
    if (lock->error() == QLockFile::LockFailedError) {
        return Error{ErrorKind::Conflict, u"storage.in-use"_s,
                     u"another terminal uses "_s + directory};
    }
    return Error{ErrorKind::Storage, u"storage.read-only"_s, directory};
}

} // namespace riderport::terminal
