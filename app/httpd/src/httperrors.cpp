// SPDX-License-Identifier: Apache-2.0
#include "httpd/httperrors.h"

#include <QJsonDocument>

namespace riderport::httpd {

using namespace Qt::StringLiterals;
using base::ErrorKind;

int statusOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid:
        return 400;
    case ErrorKind::Unauthorized:
    case ErrorKind::ClockSkew:
        return 401;
    case ErrorKind::Forbidden:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
    case ErrorKind::Replay:
        return 409;
    case ErrorKind::Expired:
        return 410;
    case ErrorKind::TooLarge:
        return 413;
    case ErrorKind::Unsupported:
        return 426;
    case ErrorKind::RateLimited:
        return 429;
    case ErrorKind::Offline:
    case ErrorKind::Unavailable:
    case ErrorKind::Cancelled:
        return 503;
    case ErrorKind::Timeout:
        return 504;
    case ErrorKind::Storage:
        return 507;
    case ErrorKind::Corrupt:
    case ErrorKind::Internal:
        break;
    }
    return 500;
}

HttpResponse errorResponse(const base::Error &error, const QByteArray &traceId, int status,
                           const QJsonObject &extra)
{
    QJsonObject body = extra;
    body.insert(u"error"_s, QJsonObject{{u"kind"_s, base::errorKindName(error.kind)},
                                        {u"code"_s, error.code},
                                        {u"detail"_s, QString()}});
    body.insert(u"trace_id"_s, QString::fromLatin1(traceId));
    return jsonResponse(body, status != 0 ? status : statusOf(error.kind));
}

HttpResponse jsonResponse(const QJsonObject &object, int status)
{
    HttpResponse response;
    response.status = status;
    response.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return response;
}

} // namespace riderport::httpd
