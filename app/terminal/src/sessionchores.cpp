// SPDX-License-Identifier: Apache-2.0
#include "sessionchores.h"

#include "base/whendone.h"
#include "crypto/seal.h"
#include "sync/kioskdata.h"
#include "sync/outbox.h"
#include "sync/syncengine.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

namespace riderport::terminal {

Q_LOGGING_CATEGORY(lcChores, "riderport.terminal")

using namespace Qt::StringLiterals;

namespace {

QString reasonWord(session::EndReason reason)
{
    switch (reason) {
    case session::EndReason::LoggedOut:
        return u"logout"_s;
    case session::EndReason::IdleTimeout:
        return u"idle"_s;
    case session::EndReason::HardLimit:
        return u"limit"_s;
    case session::EndReason::Replaced:
        return u"replaced"_s;
    case session::EndReason::Fault:
        break;
    }
    return u"fault"_s;
}

} // namespace

SessionChores::SessionChores(session::Session &session, sync::KioskData &data,
                             const base::Clock &clock)
    : m_session(session)
    , m_data(data)
    , m_clock(clock)
{
    connect(&session, &session::Session::stateChanged, this, &SessionChores::onStateChanged);
    connect(&session, &session::Session::ended, this, &SessionChores::onEnded);
}

void SessionChores::onStateChanged()
{
    const auto &worker = m_session.state().worker;
    if (!worker || worker == m_worker)
        return; // the end is handled once, with its reason
    if ((!m_worker || m_worker->id != worker->id) && m_data.engine() != nullptr)
        m_data.engine()->subscribeWorker(worker->id, crypto::SealKey::generate());
    m_worker = worker;
    Q_EMIT workerChanged(m_worker);
}

void SessionChores::onEnded(session::EndReason reason)
{
    if (!m_worker)
        return;
    const domain::WorkerIdentity worker = *std::exchange(m_worker, std::nullopt);
    Q_EMIT workerChanged(std::nullopt);
    if (m_data.engine() != nullptr)
        m_data.engine()->unsubscribeWorker(worker.id);
    // Without a session id the district finds it by the log-in that went before in the same lane.
    enqueue(worker.id.toString(), u"session.closed"_s,
            {{u"session"_s, worker.session.toString()},
             {u"worker"_s, worker.id.toString()},
             {u"reason"_s, reasonWord(reason)}},
            false);
}

void SessionChores::countUse(const base::ServiceId &service)
{
    enqueue(u"usage"_s, u"usage.event"_s,
            {{u"event"_s, u"result"_s},
             {u"service"_s, service.toString()},
             {u"at"_s, double(m_clock.wallMs())}},
            true);
}

void SessionChores::enqueue(const QString &lane, const QString &kind, const QJsonObject &body,
                            bool low)
{
    storage::NewOperation operation;
    operation.lane = lane;
    operation.kind = kind;
    operation.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    operation.low = low;
    base::whenDone(m_data.outbox().enqueue(operation), this,
                   [kind](const base::Result<QString> &queued) {
                       if (!queued)
                           qCCritical(lcChores) << kind << "not queued:" << queued.error().code;
                   });
}

} // namespace riderport::terminal
