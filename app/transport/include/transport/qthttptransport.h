// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "transport/httptransport.h"

#include <QList>
#include <QSslCertificate>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace riderport::transport {

/// HttpTransport by Qt Network. It lives on the GUI thread: QNetworkAccessManager does its socket
/// and TLS work in a thread of its own, so that only finished buffers arrive here; everything
/// costly that follows (decompression, JSON, hashes) belongs to the storage thread. No redirects,
/// no cookies, no cache, no proxy, HTTP/1.1, one host.
class QtHttpTransport final : public HttpTransport
{
public:
    /// Code http.request unless `district` is http or https with a host and without path, user or
    /// query.
    [[nodiscard]] static base::Result<std::unique_ptr<QtHttpTransport>>
    create(const QUrl &district, const QList<QSslCertificate> &trusted = {});
    ~QtHttpTransport() override;

    [[nodiscard]] QByteArray authority() const override { return m_authority; }
    [[nodiscard]] QFuture<base::Result<HttpReply>> send(const HttpRequest &request,
                                                        HttpCancellation cancellation) override;

private:
    QtHttpTransport(QUrl district, QByteArray authority, const QList<QSslCertificate> &trusted);

    QUrl m_district;
    QByteArray m_authority;
    QList<QSslCertificate> m_trusted; ///< empty = the machine's own list
    std::unique_ptr<QNetworkAccessManager> m_manager;
};

} // namespace riderport::transport
