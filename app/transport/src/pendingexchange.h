// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/httptransport.h"

#include <QObject>
#include <QPromise>
#include <QTimer>

class QNetworkReply;

namespace riderport::transport {

/// One request under way: collects the reply within its bounds, ends exactly once, then goes away.
class PendingExchange : public QObject
{
    Q_OBJECT
public:
    /// Takes over `reply` and becomes the child of `parent`.
    PendingExchange(QNetworkReply *reply, const HttpRequest &request, HttpCancellation cancellation,
                    QObject *parent);
    ~PendingExchange() override;

    [[nodiscard]] QFuture<base::Result<HttpReply>> future() const { return m_promise.future(); }

private:
    void collect();
    void onFinished();
    void end(base::Result<HttpReply> outcome);

    QNetworkReply *m_reply = nullptr;
    QPromise<base::Result<HttpReply>> m_promise;
    QTimer m_deadline;
    QByteArray m_body;
    qsizetype m_maxBytes = 0;
    bool m_ended = false;
};

} // namespace riderport::transport
