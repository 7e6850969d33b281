// SPDX-License-Identifier: Apache-2.0
#include "outboxconsents.h"

#include "answers.h"
#include "storage/cachereader.h"
#include "sync/outbox.h"

#include <QJsonDocument>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr int kDeliveryPatienceMs = 8'000;
constexpr qsizetype kMaxRow = 4'096;

storage::NewOperation operationOf(const base::WorkerId &worker, const QString &kind,
                                  const QJsonObject &body)
{
    storage::NewOperation operation;
    operation.lane = worker.toString();
    operation.kind = kind;
    operation.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return operation;
}

} // namespace

OutboxConsents::OutboxConsents(sync::Outbox &outbox, storage::CacheReader &cache,
                               const base::Clock &clock)
    : m_outbox(outbox)
    , m_cache(cache)
    , m_clock(clock)
{
    connect(&outbox, &sync::Outbox::applied, this,
            [this](const QString &opId) { settle(opId, {}); });
    connect(&outbox, &sync::Outbox::rejectedByDistrict, this,
            [this](const QString &opId, const QString &, const QString &code) {
                settle(opId, Error{ErrorKind::Forbidden, code, {}});
            });
    m_patience.setSingleShot(true);
    m_patience.setInterval(kDeliveryPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        for (Given &given : m_given) {
            if (given.waiting)
                std::exchange(given.waiting,
                              {})(Error{ErrorKind::Timeout, u"consent.undelivered"_s, {}});
        }
    });
}

QString OutboxConsents::keyOf(const base::WorkerId &worker, const QString &group)
{
    return worker.toString() + u'/' + group;
}

QFuture<Result<bool>> OutboxConsents::isGiven(const base::WorkerId &worker, const QString &group,
                                              int version)
{
    const auto known = m_given.constFind(keyOf(worker, group));
    if (known != m_given.cend() && known->version >= version && known->outcome)
        return answeredNow<Result<bool>>(true);
    return translated<Result<bool>>(
            m_cache.row(u"consent"_s, group), this,
            [version](const Result<std::optional<storage::FeedRow>> &row) -> Result<bool> {
                if (!row)
                    return row.error();
                if (!*row)
                    return false;
                const auto body = base::parseJsonObject((*row)->body, kMaxRow);
                return body && body->value("given"_L1).toBool() &&
                       body->value("version"_L1).toInt() >= version;
            });
}

QFuture<Result<void>> OutboxConsents::give(const base::WorkerId &worker, const QString &group,
                                           int version)
{
    const auto operation = operationOf(worker, u"consent.given"_s,
                                       {{u"worker"_s, worker.toString()},
                                        {u"group"_s, group},
                                        {u"version"_s, version},
                                        {u"at"_s, double(m_clock.wallMs())}});
    return translated<Result<void>>(m_outbox.enqueue(operation), this,
                                    [this, key = keyOf(worker, group),
                                     version](const Result<QString> &opId) -> Result<void> {
                                        if (!opId)
                                            return opId.error();
                                        m_given.insert(key, Given{version, *opId, {}, {}});
                                        return {};
                                    });
}

QFuture<Result<void>> OutboxConsents::delivered(const base::WorkerId &worker, const QString &group)
{
    const auto given = m_given.find(keyOf(worker, group));
    if (given == m_given.end() || given->opId.isEmpty())
        return answeredNow<Result<void>>(given == m_given.end() ? Result<void>() : given->outcome);
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    given->waiting = [promise](const Result<void> &outcome) {
        promise->addResult(outcome);
        promise->finish();
    };
    m_patience.start();
    return promise->future();
}

QFuture<Result<void>> OutboxConsents::queue(const base::WorkerId &worker,
                                            const base::ServiceId &service,
                                            const QJsonObject &params)
{
    const auto operation = operationOf(worker, u"service.queued"_s,
                                       {{u"worker"_s, worker.toString()},
                                        {u"service"_s, service.toString()},
                                        {u"params"_s, params}});
    return translated<Result<void>>(m_outbox.enqueue(operation), this,
                                    [](const Result<QString> &opId) -> Result<void> {
                                        return opId ? Result<void>() : Result<void>(opId.error());
                                    });
}

void OutboxConsents::settle(const QString &opId, const Result<void> &outcome)
{
    for (Given &given : m_given) {
        if (given.opId != opId)
            continue;
        given.opId.clear();
        given.outcome = outcome;
        if (given.waiting)
            std::exchange(given.waiting, {})(outcome);
    }
}

void OutboxConsents::forget()
{
    m_patience.stop();
    m_given.clear();
}

} // namespace riderport::terminal
