// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "httpd/httproutes.h"

#include <QHash>

#include <memory>

namespace riderport::district {

/// The phone pages and their assets, read into memory once. Only what was found at the start with a
/// known extension is ever served: a path is a key, never a file name.
class WebFiles
{
public:
    /// `webDir`: resources/web. Code web.missing when a page is not there.
    [[nodiscard]] static base::Result<std::shared_ptr<const WebFiles>> load(const QString &webDir);
    static void registerRoutes(const std::shared_ptr<const WebFiles> &files,
                               httpd::HttpRoutes &routes);

private:
    struct File
    {
        QByteArray content;
        QByteArray type;
        QByteArray etag;
    };
    [[nodiscard]] httpd::HttpResponse answer(const httpd::HttpRequest &request,
                                             const QByteArray &name) const;

    QHash<QByteArray, File> m_files; ///< "js/api.js"
};

} // namespace riderport::district
