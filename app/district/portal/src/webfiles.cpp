// SPDX-License-Identifier: Apache-2.0
#include "webfiles.h"

#include "crypto/digest.h"
#include "httpd/httperrors.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

constexpr char kPolicy[] =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'";

const QList<std::pair<QByteArray, QByteArray>> kPages{{"/", "index.html"},
                                                      {"/s/{station}", "index.html"},
                                                      {"/l/{ticket}", "ticket.html"},
                                                      {"/code", "code.html"},
                                                      {"/me", "me.html"},
                                                      {"/consents", "consents.html"},
                                                      {"/h/{handoff}", "handoff.html"},
                                                      {"/sw.js", "sw.js"}};

QByteArray typeOf(const QString &suffix)
{
    static const QHash<QString, QByteArray> types{{u"html"_s, "text/html; charset=utf-8"},
                                                  {u"js"_s, "text/javascript; charset=utf-8"},
                                                  {u"css"_s, "text/css; charset=utf-8"},
                                                  {u"svg"_s, "image/svg+xml"},
                                                  {u"png"_s, "image/png"}};
    return types.value(suffix);
}

} // namespace

base::Result<std::shared_ptr<const WebFiles>> WebFiles::load(const QString &webDir)
{
    auto files = std::make_shared<WebFiles>();
    const QDir root(QDir(webDir).absolutePath());
    QDirIterator walk(root.path(), QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        const QByteArray type = typeOf(walk.fileInfo().suffix());
        if (type.isEmpty() || !file.open(QIODevice::ReadOnly))
            continue;
        File entry{file.readAll(), type, {}};
        entry.etag = '"' + crypto::sha256(entry.content).toHex().left(32) + '"';
        files->m_files.insert(root.relativeFilePath(walk.filePath()).toUtf8(), entry);
    }
    for (const auto &[pattern, name] : kPages)
        if (!files->m_files.contains(name))
            return base::Error{base::ErrorKind::NotFound, u"web.missing"_s,
                               QString::fromUtf8(name)};
    return std::shared_ptr<const WebFiles>(files);
}

void WebFiles::registerRoutes(const std::shared_ptr<const WebFiles> &files,
                              httpd::HttpRoutes &routes)
{
    for (const auto &[pattern, name] : kPages)
        routes.add("GET", pattern,
                   [files, name = name](const httpd::HttpRequest &request,
                                        const httpd::HttpReply &reply) {
                       reply.send(files->answer(request, name));
                   });
    routes.add("GET", "/web/{file*}",
               [files](const httpd::HttpRequest &request, const httpd::HttpReply &reply) {
                   reply.send(files->answer(request, request.parameters.value("file")));
               });
}

httpd::HttpResponse WebFiles::answer(const httpd::HttpRequest &request,
                                     const QByteArray &name) const
{
    const auto found = m_files.constFind(name);
    if (found == m_files.constEnd())
        return httpd::errorResponse({base::ErrorKind::NotFound, u"http.not-found"_s, {}},
                                    request.traceId);
    httpd::HttpResponse response;
    response.contentType = found->type;
    // Nothing personal is in these files; the browser may keep them but asks each time.
    response.headers = {{"ETag", found->etag},
                        {"Cache-Control", "no-cache"},
                        {"Content-Security-Policy", kPolicy},
                        {"Referrer-Policy", "no-referrer"},
                        {"X-Frame-Options", "DENY"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Permissions-Policy",
                         "camera=(), microphone=(), geolocation=(), screen-wake-lock=(self)"}};
    if (request.header("if-none-match") == found->etag)
        response.status = 304;
    else
        response.body = found->content;
    return response;
}

} // namespace riderport::district
