// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httpmessages.h"
#include "protocol/zstdcodec.h"

namespace riderport::district {

/// Below this a compressed body saves less than it costs.
inline constexpr qsizetype kWorthCompressing = 1024;

[[nodiscard]] inline httpd::HttpResponse jsonBody(QByteArray body, bool mayCompress)
{
    httpd::HttpResponse response;
    if (mayCompress && body.size() >= kWorthCompressing) {
        response.body = protocol::zstdCompress(body);
        response.headers.emplaceBack("Content-Encoding", "zstd");
    } else {
        response.body = std::move(body);
    }
    return response;
}

} // namespace riderport::district
