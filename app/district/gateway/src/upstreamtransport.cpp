// SPDX-License-Identifier: Apache-2.0
#include "gateway/upstreamtransport.h"

#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QPromise>
#include <QTimer>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kMaxAnswer = 4 * 1024 * 1024;

/// One request on its way; deletes itself with its reply.
class Exchange final : public QObject
{
public:
    Exchange(QNetworkReply *reply, const UpstreamRequest &request)
        : QObject(reply)
        , m_reply(reply)
        , m_readMs(request.readMs)
    {
        m_promise.start();
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] { abortWith(m_connected); });
        connect(reply, &QNetworkReply::requestSent, this, [this] {
            m_connected = true;
            m_timer.start(m_readMs);
        });
        connect(reply, &QNetworkReply::readyRead, this, &Exchange::take);
        connect(reply, &QNetworkReply::finished, this, &Exchange::finish);
        m_timer.start(request.connectMs);
    }

    [[nodiscard]] QFuture<base::Result<UpstreamReply>> future() { return m_promise.future(); }

private:
    void abortWith(bool connected)
    {
        m_error = connected ? Error{ErrorKind::Timeout, u"upstream.timeout"_s, {}}
                            : Error{ErrorKind::Unavailable, u"upstream.connect"_s, u"no answer"_s};
        m_reply->abort();
    }

    void take()
    {
        m_body += m_reply->readAll();
        if (m_body.size() > kMaxAnswer && !m_error) {
            m_error = Error{ErrorKind::TooLarge, u"upstream.too-large"_s, {}};
            m_reply->abort();
        }
    }

    void finish()
    {
        m_timer.stop();
        if (!m_error)
            take();
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        // Qt reports 4xx and 5xx as errors, too; those are answers.
        const bool answered = status != 0 && (m_reply->error() == QNetworkReply::NoError ||
                                              m_reply->error() > QNetworkReply::ProxyTimeoutError);
        if (!m_error && !answered) {
            m_error = m_connected
                              ? Error{ErrorKind::Unavailable, u"upstream.dropped"_s, {}}
                              : Error{ErrorKind::Unavailable, u"upstream.connect"_s, u"refused"_s};
        }
        if (m_error) {
            m_promise.addResult(base::Result<UpstreamReply>(*m_error));
        } else {
            m_promise.addResult(base::Result<UpstreamReply>(
                    UpstreamReply{status, m_reply->rawHeader("Content-Type"), m_body,
                                  m_reply->rawHeader("X-Riderport-Simulator") == "1"}));
        }
        m_promise.finish();
        m_reply->deleteLater();
    }

    QNetworkReply *m_reply;
    QPromise<base::Result<UpstreamReply>> m_promise;
    QTimer m_timer;
    QByteArray m_body;
    std::optional<Error> m_error;
    const int m_readMs;
    bool m_connected = false;
};

class QtUpstreamTransport final : public UpstreamTransport
{
public:
    QtUpstreamTransport()
    {
        m_network.setProxy(QNetworkProxy::NoProxy);
        m_network.setAutoDeleteReplies(false);
    }

    QFuture<base::Result<UpstreamReply>> send(const UpstreamRequest &request) override
    {
        QNetworkRequest message(request.url);
        message.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        message.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        message.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        message.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        message.setRawHeader("Content-Type", "application/json; charset=utf-8");
        message.setRawHeader("User-Agent", "riderport-district");
        for (const auto &[name, value] : request.headers)
            message.setRawHeader(name, value);
        QNetworkReply *reply = request.body.isEmpty() ? m_network.get(message)
                                                      : m_network.post(message, request.body);
        auto *exchange = new Exchange(reply, request);
        return exchange->future();
    }

private:
    QNetworkAccessManager m_network;
};

} // namespace

std::unique_ptr<UpstreamTransport> makeUpstreamTransport()
{
    return std::make_unique<QtUpstreamTransport>();
}

} // namespace riderport::district
