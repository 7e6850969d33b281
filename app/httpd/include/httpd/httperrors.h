// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "httpd/httpmessages.h"

#include <QJsonObject>

namespace riderport::httpd {

/// The HTTP status that stands for a kind of failure.
[[nodiscard]] int statusOf(base::ErrorKind kind);

/// {"error":{"kind","code","detail":""},"trace_id"} plus `extra` at the top level. The detail stays
/// in our log: it is written for staff. status 0 = statusOf(error.kind).
[[nodiscard]] HttpResponse errorResponse(const base::Error &error, const QByteArray &traceId,
                                         int status = 0, const QJsonObject &extra = {});

/// 200 with a compact JSON body.
[[nodiscard]] HttpResponse jsonResponse(const QJsonObject &object, int status = 200);

} // namespace riderport::httpd
