// SPDX-License-Identifier: Apache-2.0
#include "transport/qthttptransport.h"

#include "pendingexchange.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QThread>

namespace riderport::transport {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QByteArray authorityOf(const QUrl &url)
{
    QString host = url.host(QUrl::FullyEncoded).toLower();
    if (host.contains(u':'))
        host = u'[' + host + u']';
    const int usual = url.scheme() == u"https" ? 443 : 80;
    if (url.port(usual) != usual)
        host += u':' + QString::number(url.port());
    return host.toLatin1();
}

// Anything that could end the request line, or name another authority, is not a path.
bool isCleanTarget(const QByteArray &path, const QByteArray &query)
{
    if (!path.startsWith('/') || path.startsWith("//"))
        return false;
    const QByteArray target = path + query;
    for (const char c : target) {
        if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\')
            return false;
    }
    return !path.contains('?');
}

QFuture<Result<HttpReply>> failed(const Error &error)
{
    QPromise<Result<HttpReply>> promise;
    promise.start();
    promise.addResult(error);
    promise.finish();
    return promise.future();
}

} // namespace

Result<std::unique_ptr<QtHttpTransport>>
QtHttpTransport::create(const QUrl &district, const QList<QSslCertificate> &trusted)
{
    const bool scheme = district.scheme() == u"https" || district.scheme() == u"http";
    const bool bare = (district.path().isEmpty() || district.path() == u"/") &&
                      !district.hasQuery() && !district.hasFragment() &&
                      district.userInfo().isEmpty();
    if (!district.isValid() || !scheme || !bare || district.host().isEmpty())
        return Error{ErrorKind::Invalid, u"http.request"_s, u"district URL"_s};
    return std::unique_ptr<QtHttpTransport>(
            new QtHttpTransport(district, authorityOf(district), trusted));
}

QtHttpTransport::QtHttpTransport(QUrl district, QByteArray authority,
                                 const QList<QSslCertificate> &trusted)
    : m_district(std::move(district))
    , m_authority(std::move(authority))
    , m_trusted(trusted)
    , m_manager(std::make_unique<QNetworkAccessManager>())
{
    m_manager->setProxy(QNetworkProxy::NoProxy);
    m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_manager->setAutoDeleteReplies(false);
}

QtHttpTransport::~QtHttpTransport()
{
    // While the manager is still whole: aborting a reply reaches into it.
    qDeleteAll(m_manager->findChildren<PendingExchange *>(Qt::FindDirectChildrenOnly));
}

QFuture<Result<HttpReply>> QtHttpTransport::send(const HttpRequest &request,
                                                 HttpCancellation cancellation)
{
    if (QThread::currentThread() != m_manager->thread())
        return failed(Error{ErrorKind::Internal, u"http.thread"_s, {}});
    if (!isCleanTarget(request.path, request.query))
        return failed(Error{ErrorKind::Invalid, u"http.request"_s, u"target"_s});
    QUrl url = m_district;
    url.setPath(QString::fromLatin1(request.path), QUrl::TolerantMode);
    if (!request.query.isEmpty())
        url.setQuery(QString::fromLatin1(request.query), QUrl::TolerantMode);
    QNetworkRequest network(url);
    // What is signed must be what is sent: refuse a target that Qt would write differently.
    if (url.path(QUrl::FullyEncoded).toLatin1() != request.path ||
        url.query(QUrl::FullyEncoded).toLatin1() != request.query) {
        return failed(Error{ErrorKind::Invalid, u"http.request"_s, u"encoding"_s});
    }
    network.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    network.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    network.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    // Set by hand, so that Qt neither offers codings of its own nor inflates without a bound.
    network.setRawHeader("Accept-Encoding", "zstd");
    network.setRawHeader("User-Agent", "riderport-kiosk");
    for (const HttpHeader &header : request.headers)
        network.setRawHeader(header.first, header.second);
    if (!request.body.isEmpty() && !network.hasRawHeader("Content-Type"))
        network.setRawHeader("Content-Type", "application/json");
    if (!m_trusted.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setCaCertificates(m_trusted);
        network.setSslConfiguration(tls);
    }
    QNetworkReply *reply =
            request.method == "GET" ? m_manager->get(network)
            : request.method == "POST"
                    ? m_manager->post(network, request.body)
                    : m_manager->sendCustomRequest(network, request.method, request.body);
    // A child of the manager: the destructor finds it there, and it answers everybody who waits.
    auto *exchange = new PendingExchange(reply, request, cancellation, m_manager.get());
    return exchange->future();
}

} // namespace riderport::transport
