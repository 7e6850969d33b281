// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QSignalSpy>

namespace riderport::test {

/// riderport-sim as a process of its own, on ports of its own.
class SimulatorProcess
{
public:
    [[nodiscard]] bool start()
    {
        m_process.setProcessChannelMode(QProcess::SeparateChannels);
        m_process.start(qEnvironmentVariable("RIDERPORT_BIN") + QStringLiteral("/riderport-sim"),
                        {QStringLiteral("upstream"), QStringLiteral("--listen"),
                         QStringLiteral("127.0.0.1:0")});
        if (!m_process.waitForStarted())
            return false;
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(20'000))
                return false;
        }
        m_ready = QJsonDocument::fromJson(m_process.readLine()).object();
        return m_ready.value(QStringLiteral("ready")).toBool();
    }
    ~SimulatorProcess() { stop(); }

    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
    }

    [[nodiscard]] const QJsonObject &ready() const { return m_ready; }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] QByteArray log() { return m_process.readAllStandardError(); }

    /// The answer of a control call; an empty object when there is none.
    QJsonObject control(const QByteArray &verb, const QString &path, const QJsonObject &body = {})
    {
        QNetworkRequest request(QUrl(m_ready.value(QStringLiteral("control")).toString() + path));
        request.setRawHeader("Content-Type", "application/json");
        QNetworkReply *reply = m_network.sendCustomRequest(
                request, verb,
                verb == "POST" ? QJsonDocument(body).toJson(QJsonDocument::Compact) : QByteArray());
        QSignalSpy finished(reply, &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(20'000);
        const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
        reply->deleteLater();
        return answer;
    }
    bool script(const QJsonObject &order)
    {
        return control("POST", QStringLiteral("/script"), order)
                .contains(QStringLiteral("pending"));
    }
    void clearScript() { control("DELETE", QStringLiteral("/script")); }
    [[nodiscard]] qint64 asked(const QString &family)
    {
        return control("GET", QStringLiteral("/stats"))
                .value(family)
                .toObject()
                .value(QStringLiteral("asked"))
                .toInteger();
    }

private:
    QProcess m_process;
    QNetworkAccessManager m_network;
    QJsonObject m_ready;
};

} // namespace riderport::test
