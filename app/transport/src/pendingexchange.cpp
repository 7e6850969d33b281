// SPDX-License-Identifier: Apache-2.0
#include "pendingexchange.h"

#include <QNetworkReply>

namespace riderport::transport {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error networkError(QNetworkReply::NetworkError code)
{
    const QString detail = QString::number(int(code));
    switch (code) {
    case QNetworkReply::SslHandshakeFailedError:
        return Error{ErrorKind::Offline, u"http.tls"_s, detail};
    case QNetworkReply::RemoteHostClosedError:
        return Error{ErrorKind::Offline, u"http.closed"_s, detail};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return Error{ErrorKind::Timeout, u"http.timeout"_s, detail};
    default:
        return Error{ErrorKind::Offline, u"http.unreachable"_s, detail};
    }
}

} // namespace

PendingExchange::PendingExchange(QNetworkReply *reply, const HttpRequest &request,
                                 HttpCancellation cancellation, QObject *parent)
    : QObject(parent)
    , m_reply(reply)
    , m_maxBytes(request.maxReplyBytes)
{
    m_promise.start();
    reply->setParent(this);
    // Back-pressure: what is not read yet stays in the socket and not in our memory.
    reply->setReadBufferSize(256 * 1024);
    connect(reply, &QNetworkReply::readyRead, this, &PendingExchange::collect);
    connect(reply, &QNetworkReply::finished, this, &PendingExchange::onFinished);
    m_deadline.setSingleShot(true);
    // Not Qt's transfer timeout: that one starts anew with every byte, so a slow body could last
    // for ever.
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        end(Error{ErrorKind::Timeout, u"http.timeout"_s, {}});
    });
    m_deadline.start(request.timeoutMs);
    cancellation.onCancelled([guard = QPointer<PendingExchange>(this)] {
        if (guard)
            guard->end(Error{ErrorKind::Cancelled, u"http.cancelled"_s, {}});
    });
}

PendingExchange::~PendingExchange()
{
    end(Error{ErrorKind::Cancelled, u"http.cancelled"_s, {}});
}

void PendingExchange::collect()
{
    if (m_ended)
        return;
    m_body += m_reply->readAll();
    if (m_body.size() > m_maxBytes)
        end(Error{ErrorKind::TooLarge, u"http.reply-too-large"_s, {}});
}

void PendingExchange::onFinished()
{
    collect();
    if (m_ended)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QNetworkReply::NetworkError code = m_reply->error();
    // Qt reports 4xx and 5xx as errors, too; for us they are replies. A body that broke off is not.
    const bool brokeOff =
            code != QNetworkReply::NoError && code < QNetworkReply::ContentAccessDenied;
    if (status == 0 || brokeOff) {
        end(networkError(code));
        return;
    }
    if (status >= 300 && status < 400) {
        end(Error{ErrorKind::Invalid, u"http.redirect"_s, QString::number(status)});
        return;
    }
    HttpReply reply;
    reply.status = status;
    for (const auto &pair : m_reply->rawHeaderPairs())
        reply.headers.append({pair.first.toLower(), pair.second});
    const QByteArray declared = reply.header("content-length");
    if (!declared.isEmpty() && declared.toLongLong() != m_body.size()) {
        end(Error{ErrorKind::Offline, u"http.closed"_s, u"short body"_s});
        return;
    }
    reply.body = std::move(m_body);
    end(std::move(reply));
}

void PendingExchange::end(Result<HttpReply> outcome)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    disconnect(m_reply, nullptr, this, nullptr);
    m_reply->abort();
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
    deleteLater();
}

} // namespace riderport::transport
