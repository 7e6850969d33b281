// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace riderport::test {

/// The real riderport-district on a free port, with its own state directory: start(), then url().
/// kill() is SIGKILL, terminate() SIGTERM; start() again is a restart on the same state. Needs
/// RIDERPORT_BIN and RIDERPORT_SOURCE, which every test of this build has.
class DistrictProcess
{
public:
    /// `arguments` are added to the command line ("--sms", url). sample: with sample stations.
    explicit DistrictProcess(QStringList arguments = {}, bool sample = true)
        : m_arguments(std::move(arguments))
        , m_sample(sample)
    {}
    ~DistrictProcess() { kill(); }
    DistrictProcess(const DistrictProcess &) = delete;
    DistrictProcess &operator=(const DistrictProcess &) = delete;

    /// False when it did not become ready; errors() says why. A restart takes the same port, so
    /// that clients find it again.
    bool start()
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessEnvironment(environment);
        const QString source = qEnvironmentVariable("RIDERPORT_SOURCE");
        QStringList arguments{
                QStringLiteral("--listen"),    QStringLiteral("127.0.0.1:%1").arg(m_url.port(0)),
                QStringLiteral("--state"),     stateDir(),
                QStringLiteral("--resources"), source + QStringLiteral("/resources")};
        if (m_sample)
            arguments << QStringLiteral("--sample") << source + QStringLiteral("/resources/sample");
        m_process->setStandardErrorFile(logFile(), QIODevice::Append);
        m_process->start(program(QStringLiteral("riderport-district")), arguments + m_arguments);
        QByteArray line;
        while (!line.contains('\n')) {
            if (!m_process->waitForReadyRead(60'000))
                return false;
            line += m_process->readAllStandardOutput();
        }
        const QJsonObject ready = QJsonDocument::fromJson(line).object();
        m_url = QUrl(ready.value(QStringLiteral("url")).toString());
        return ready.value(QStringLiteral("ready")).toBool() && m_url.isValid();
    }

    void kill()
    {
        if (!m_process)
            return;
        m_process->kill();
        m_process->waitForFinished(30'000);
        m_process.reset();
    }

    void requestStop()
    {
        if (m_process)
            m_process->terminate();
    }
    /// Exit code of a graceful end, −1 when it did not end by itself.
    int waitForExit()
    {
        if (!m_process)
            return -1;
        const bool ended = m_process->waitForFinished(30'000);
        const int code = ended && m_process->exitStatus() == QProcess::NormalExit
                                 ? m_process->exitCode()
                                 : -1;
        m_process.reset();
        return code;
    }
    int terminate()
    {
        requestStop();
        return waitForExit();
    }

    [[nodiscard]] bool isRunning() const
    {
        return m_process && m_process->state() == QProcess::Running;
    }
    [[nodiscard]] const QUrl &url() const { return m_url; }
    [[nodiscard]] quint16 port() const { return quint16(m_url.port()); }
    [[nodiscard]] qint64 pid() const { return m_process ? m_process->processId() : 0; }
    [[nodiscard]] QString stateDir() const { return m_dir.filePath(QStringLiteral("state")); }
    [[nodiscard]] QString logFile() const { return m_dir.filePath(QStringLiteral("log")); }
    [[nodiscard]] QByteArray errors() const
    {
        QFile file(logFile());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Standard output of riderportctl on this state, trimmed; empty when it failed.
    [[nodiscard]] QString ctl(QStringList arguments) const
    {
        QProcess tool;
        arguments << QStringLiteral("--state") << stateDir();
        tool.start(program(QStringLiteral("riderportctl")), arguments);
        if (!tool.waitForFinished(60'000) || tool.exitCode() != 0)
            return {};
        return QString::fromUtf8(tool.readAllStandardOutput()).trimmed();
    }
    [[nodiscard]] QString enrolCode(const QString &station) const
    {
        return ctl({QStringLiteral("enrol-code"), QStringLiteral("--station"), station});
    }

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();

private:
    [[nodiscard]] static QString program(const QString &name)
    {
        return qEnvironmentVariable("RIDERPORT_BIN") + QLatin1Char('/') + name;
    }

    const QStringList m_arguments;
    const bool m_sample;
    QTemporaryDir m_dir;
    QUrl m_url;
    std::unique_ptr<QProcess> m_process;
};

} // namespace riderport::test
