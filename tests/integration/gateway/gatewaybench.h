// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/random.h"
#include "crypto/smcrypto.h"
#include "domain/inputrules.h"
#include "domain/sampleperson.h"
#include "gateway/gatewayservice.h"
#include "httpd/httpserver.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPromise>
#include <QSignalSpy>

namespace riderport::test {

/// Wall time of this machine, monotonic time that a test may move on.
class ShiftedClock final : public base::Clock
{
public:
    [[nodiscard]] qint64 wallMs() const override { return m_system.wallMs(); }
    [[nodiscard]] qint64 monotonicMs() const override { return m_system.monotonicMs() + m_shift; }
    [[nodiscard]] QString bootId() const override { return m_system.bootId(); }
    void advance(qint64 ms) { m_shift += ms; }

private:
    base::SystemClock m_system;
    qint64 m_shift = 0;
};

template<typename T>
QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

/// One kiosk, one session per subject number; the id of a session is its subject in hex.
class FakeCallers final : public district::GatewayCallers
{
public:
    QFuture<base::Result<QByteArray>> secret(const QString &appKey) override
    {
        if (appKey == QLatin1String("app-1"))
            return readyFuture(base::Result<QByteArray>(QByteArray("secret-1")));
        return readyFuture(base::Result<QByteArray>(
                base::Error{base::ErrorKind::Unauthorized, QStringLiteral("device.unknown"), {}}));
    }
    std::optional<district::GatewaySession> session(const base::SessionId &id,
                                                    const base::DeviceId &) const override
    {
        const auto found = sessions.constFind(id.toString());
        if (found == sessions.constEnd())
            return std::nullopt;
        return *found;
    }
    QHash<QString, district::GatewaySession> sessions;
};

/// Knows the synthetic people; who consented is up to the test.
class FakeRecords final : public district::GatewayRecords
{
public:
    QFuture<base::Result<district::GatewaySubject>>
    admit(const district::GatewayAccess &access) override
    {
        admitted.append(access);
        district::GatewaySubject subject;
        subject.consentCurrent = consented;
        if (consented) {
            const auto person = domain::samplePerson(access.subject);
            subject.name = name.isEmpty() ? person.name : name;
            subject.idNumber = person.idNumber;
        }
        return readyFuture(base::Result<district::GatewaySubject>(subject));
    }
    QFuture<base::Result<void>> conclude(const district::GatewayAccess &,
                                         const QString &outcome) override
    {
        outcomes.append(outcome);
        if (auditFails)
            return readyFuture(base::Result<void>(
                    base::Error{base::ErrorKind::Storage, QStringLiteral("storage.full"), {}}));
        return readyFuture(base::Result<void>());
    }

    bool consented = true;
    bool auditFails = false;
    QString name;
    QList<district::GatewayAccess> admitted;
    QStringList outcomes;
};

/// The gateway behind a real HTTP server, and a client that signs as kiosks do.
class GatewayBench
{
public:
    explicit GatewayBench(const district::UpstreamLimits &limits)
        : transport(district::makeUpstreamTransport())
        , pool(*transport, clock, limits)
        , gateway(callers, records, pool, clock)
        , server(httpd::makeHttpServer())
    {
        routes.add("POST", district::GatewayService::kRoute,
                   [this](const httpd::HttpRequest &request, const httpd::HttpReply &reply) {
                       gateway.handle(
                               request,
                               {base::DeviceId(QStringLiteral("K-1")), QStringLiteral("app-1")},
                               reply);
                   });
    }
    ~GatewayBench() { server->stop(); }

    [[nodiscard]] bool start()
    {
        QFile file(qEnvironmentVariable("RIDERPORT_SOURCE") +
                   QStringLiteral("/resources/services/S02.json"));
        return file.open(QIODevice::ReadOnly) && gateway.setServices({file.readAll()}).ok() &&
               server->listen({}, routes.handler()).ok();
    }

    struct Answer
    {
        int status = 0;
        QJsonObject json;
        [[nodiscard]] QString code() const
        {
            const QJsonObject error = json.value(QStringLiteral("error")).toObject();
            return error.isEmpty() ? json.value(QStringLiteral("code")).toString()
                                   : error.value(QStringLiteral("code")).toString();
        }
    };
    struct Ask
    {
        quint64 subject = 1;
        QJsonObject params; ///< empty = two types, twelve months
        QByteArray nonce;   ///< empty = random
        qint64 timeOffset = 0;
        QByteArray secret = "secret-1";
        int consentVersion = 1;
        QByteArray trace;
    };

    /// The current month in China, moved, as YYYYMM.
    QString month(int offset) const
    {
        const QDate today = clock.now().toOffsetFromUtc(8 * 3600).date();
        return QString::number(domain::addMonths(today.year() * 100 + today.month(), offset));
    }

    /// The id of an open session of that worker.
    QString openSession(quint64 subject, int level = 2)
    {
        const QString id = QStringLiteral("%1").arg(qulonglong(subject), 32, 16, QLatin1Char('0'));
        callers.sessions.insert(id, {subject, level});
        return id;
    }

    QNetworkReply *send(const Ask &ask)
    {
        const QJsonObject params =
                ask.params.isEmpty()
                        ? QJsonObject{{QStringLiteral("types"), QStringLiteral("110,310")},
                                      {QStringLiteral("from"), month(-12)},
                                      {QStringLiteral("to"), month(-1)}}
                        : ask.params;
        const QJsonObject body{
                {QStringLiteral("service"), QStringLiteral("S02")},
                {QStringLiteral("op"), QStringLiteral("query")},
                {QStringLiteral("params"), params},
                {QStringLiteral("consent"),
                 QJsonObject{{QStringLiteral("group"), QStringLiteral("social_insurance")},
                             {QStringLiteral("version"), ask.consentVersion}}}};
        const QByteArray bytes = QJsonDocument(body).toJson(QJsonDocument::Compact);
        const QByteArray time = QByteArray::number(clock.wallMs() + ask.timeOffset);
        const QByteArray nonce = ask.nonce.isEmpty() ? crypto::randomHex(16).toLatin1() : ask.nonce;
        const QByteArray path = "/gw/v1/S02/query";
        QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server->port()) +
                                     QString::fromLatin1(path)));
        request.setRawHeader("Content-Type", "application/json");
        request.setRawHeader("X-App-Key", "app-1");
        request.setRawHeader("X-Timestamp", time);
        request.setRawHeader("X-Nonce", nonce);
        request.setRawHeader("X-Sign-Type", "HMAC-SM3");
        request.setRawHeader("X-Session",
                             QStringLiteral("%1")
                                     .arg(qulonglong(ask.subject), 32, 16, QLatin1Char('0'))
                                     .toLatin1());
        request.setRawHeader(
                "X-Sign", crypto::gatewaySign(ask.secret, {"POST", path, "", bytes, time, nonce}));
        if (!ask.trace.isEmpty())
            request.setRawHeader("X-Trace-Id", ask.trace);
        return network.post(request, bytes);
    }

    Answer await(QNetworkReply *reply)
    {
        QSignalSpy finished(reply, &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(60'000);
        const Answer answer{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                            QJsonDocument::fromJson(reply->readAll()).object()};
        reply->deleteLater();
        return answer;
    }
    Answer ask(const Ask &question) { return await(send(question)); }

    ShiftedClock clock;
    FakeCallers callers;
    FakeRecords records;
    std::unique_ptr<district::UpstreamTransport> transport;
    district::UpstreamPool pool;
    district::GatewayService gateway;
    httpd::HttpRoutes routes;
    std::unique_ptr<httpd::HttpServer> server;
    QNetworkAccessManager network;
};

} // namespace riderport::test
