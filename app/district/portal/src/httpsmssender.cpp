// SPDX-License-Identifier: Apache-2.0
#include "portal/smssender.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcSms, "riderport.district.sms")
constexpr int kTries = 3;
constexpr int kTimeoutMs = 8000;
constexpr int kPauseMs = 2000;

} // namespace

HttpSmsSender::HttpSmsSender(const QUrl &url, QObject *parent)
    : SmsSender(parent)
    , m_url(url)
    , m_network(new QNetworkAccessManager(this))
{}

void HttpSmsSender::send(const QString &mobile, const QString &text)
{
    const QJsonObject message{{u"to"_s, mobile}, {u"text"_s, text}};
    attempt(QJsonDocument(message).toJson(QJsonDocument::Compact), kTries);
}

void HttpSmsSender::attempt(const QByteArray &body, int triesLeft)
{
    QNetworkRequest request(m_url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setTransferTimeout(kTimeoutMs);
    QNetworkReply *reply = m_network->post(request, body);
    connect(reply, &QNetworkReply::finished, this, [this, reply, body, triesLeft] {
        reply->deleteLater();
        if (reply->error() == QNetworkReply::NoError)
            return;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        qCWarning(lcSms, "text message not accepted: error %d, status %d, %d tries left",
                  int(reply->error()), status, triesLeft - 1);
        if (triesLeft > 1)
            QTimer::singleShot(kPauseMs, this,
                               [this, body, triesLeft] { attempt(body, triesLeft - 1); });
    });
}

} // namespace riderport::district
