// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "domain/servicedescriptor.h"
#include "domain/worker.h"
#include "services/serviceflow.h"
#include "transport/httptransport.h"

#include <QDate>
#include <QFuture>
#include <QJsonObject>
#include <QMap>

#include <functional>

namespace riderport::services {

/// One question to a bureau, by way of the district's gateway (app/docs/WIRE.md 5).
struct GatewayQuery
{
    base::ServiceId service;
    QString op; ///< "query" or "submit"
    QJsonObject params;
    QString consentGroup; ///< empty: the service needs none
    int consentVersion = 0;
    base::SessionId session;
    QString idempotencyKey; ///< UUIDv7; equal for a repeated attempt with the same answers
    QString traceId;        ///< 32 hex digits
};

/// The signed way to the bureaus. GUI thread.
class GatewayClient
{
public:
    virtual ~GatewayClient() = default;
    /// The whole answer object; a business code other than "OK" is an answer, not an error. Errors
    /// are transport.* and gateway.*.
    [[nodiscard]] virtual QFuture<base::Result<QJsonObject>>
    query(const GatewayQuery &query, const transport::HttpCancellation &cancellation) = 0;
    /// A link that hands the result over to the worker's phone.
    [[nodiscard]] virtual QFuture<base::Result<QString>> handoff(const base::SessionId &session,
                                                                 const base::ServiceId &service,
                                                                 const QString &traceId) = 0;
};

/// What the worker has agreed to. GUI thread.
class ConsentLedger
{
public:
    virtual ~ConsentLedger() = default;
    /// True when this version is known to be given. False when unknown: asking again is harmless.
    [[nodiscard]] virtual QFuture<base::Result<bool>>
    isGiven(const base::WorkerId &worker, const QString &group, int version) = 0;
    /// Done when it is durable on this kiosk.
    [[nodiscard]] virtual QFuture<base::Result<void>> give(const base::WorkerId &worker,
                                                           const QString &group, int version) = 0;
    /// Done when the district has what give() recorded; Offline, Timeout or the refusal otherwise.
    [[nodiscard]] virtual QFuture<base::Result<void>> delivered(const base::WorkerId &worker,
                                                                const QString &group) = 0;
    /// A query for later, for services that may be queued. Done when durable.
    [[nodiscard]] virtual QFuture<base::Result<void>> queue(const base::WorkerId &worker,
                                                            const base::ServiceId &service,
                                                            const QJsonObject &params) = 0;
};

/// The pure parts the flow applies to a descriptor.
struct ServiceRules
{
    /// Values a form starts with.
    std::function<QMap<QString, QString>(const domain::ServiceDescriptor &, QDate today)> defaults;
    /// What is wrong with the answers; empty = nothing.
    std::function<QMap<QString, domain::LocalText>(const domain::ServiceDescriptor &,
                                                   const QMap<QString, QString> &, QDate today)>
            check;
    /// Turns a gateway answer into what the page shows; a business code other than "OK" becomes the
    /// error.
    std::function<base::Result<ServiceResult>(const domain::ServiceDescriptor &,
                                              const QJsonObject &answer)>
            render;
};

} // namespace riderport::services
