// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>
#include <QUrl>

class QNetworkAccessManager;

namespace riderport::district {

/// Sends text messages; returns at once. What becomes of a message is for the log, without its text
/// or number: nobody waiting at a phone page can be told without telling who is registered.
class SmsSender : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void send(const QString &mobile, const QString &text) = 0;
};

/// POSTs {"to","text"} to an SMS gateway (or the simulator's outbox); tries three times.
class HttpSmsSender final : public SmsSender
{
    Q_OBJECT
public:
    explicit HttpSmsSender(const QUrl &url, QObject *parent = nullptr);
    void send(const QString &mobile, const QString &text) override;

private:
    void attempt(const QByteArray &body, int triesLeft);

    const QUrl m_url;
    QNetworkAccessManager *const m_network;
};

} // namespace riderport::district
