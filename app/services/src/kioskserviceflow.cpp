// SPDX-License-Identifier: Apache-2.0
// Loading, answers and forgetting; the steps a worker takes are in serviceflowsteps.cpp.
#include "services/kioskserviceflow.h"

#include "base/uuidv7.h"
#include "base/whendone.h"
#include "crypto/random.h"

#include <QLoggingCategory>

namespace riderport::services {

Q_LOGGING_CATEGORY(lcFlow, "riderport.services")

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using domain::ServiceDescriptor;

namespace {

constexpr qint64 kSessionPatienceMs = 10'000;

} // namespace

KioskServiceFlow::KioskServiceFlow(const ServiceCatalogue &catalogue, GatewayClient &gateway,
                                   ConsentLedger &consents, const base::Clock &clock,
                                   ServiceRules rules, QObject *parent)
    : ServiceFlow(parent)
    , m_catalogue(catalogue)
    , m_gateway(gateway)
    , m_consents(consents)
    , m_clock(clock)
    , m_rules(std::move(rules))
{
    m_timer.setInterval(1'000);
    connect(&m_timer, &QTimer::timeout, this, &KioskServiceFlow::check);
}

KioskServiceFlow::~KioskServiceFlow()
{
    m_cancellation.cancel();
}

QJsonObject KioskServiceFlow::params() const
{
    QJsonObject params;
    for (const ServiceDescriptor::Input &input : m_state.descriptor->inputs) {
        const QString value = m_state.inputs.value(input.key);
        if (!value.isEmpty())
            params.insert(input.key, value);
    }
    return params;
}

void KioskServiceFlow::beginLoading()
{
    ++m_generation;
    dropResult();
    m_state.error.reset();
    m_state.loadingSeconds = 0;
    m_loadingSince = m_clock.monotonicMs();
    m_cancellation = transport::HttpCancellation();
    if (m_idempotencyKey.isEmpty())
        m_idempotencyKey = base::uuidToString(base::makeUuidV7(m_clock.wallMs()));
    m_traceId = crypto::randomHex(16);
    m_timer.start();
    goTo(Step::Loading);
    if (!m_worker->session.isEmpty()) {
        deliverConsent();
        return;
    }
    // The log-in began on local proof; the district is about to confirm it.
    m_waitingForSession = true;
}

void KioskServiceFlow::endLoading()
{
    ++m_generation;
    m_waitingForSession = false;
    m_timer.stop();
    m_state.loadingSeconds = 0;
}

void KioskServiceFlow::deliverConsent()
{
    if (!m_consentFresh || !m_state.descriptor->consent) {
        query();
        return;
    }
    const quint64 generation = m_generation;
    base::whenDone(m_consents.delivered(m_worker->id, m_state.descriptor->consent->group), this,
                   [this, generation](const base::Result<void> &delivered) {
                       if (generation != m_generation)
                           return;
                       if (!delivered) {
                           fail(delivered.error());
                           return;
                       }
                       m_consentFresh = false;
                       query();
                   });
}

void KioskServiceFlow::query()
{
    GatewayQuery query;
    query.service = m_state.descriptor->id;
    query.op = m_state.descriptor->kind == ServiceDescriptor::Kind::Transaction ? u"submit"_s
                                                                                : u"query"_s;
    query.params = params();
    if (m_state.descriptor->consent) {
        query.consentGroup = m_state.descriptor->consent->group;
        query.consentVersion = m_state.descriptor->consent->version;
    }
    query.session = m_worker->session;
    query.idempotencyKey = m_idempotencyKey;
    query.traceId = m_traceId;
    const quint64 generation = m_generation;
    base::whenDone(m_gateway.query(query, m_cancellation), this,
                   [this, generation](const base::Result<QJsonObject> &answer) {
                       if (generation == m_generation)
                           onAnswer(answer);
                   });
}

void KioskServiceFlow::onAnswer(const base::Result<QJsonObject> &answer)
{
    if (answer) {
        onBusinessAnswer(*answer);
        return;
    }
    qCInfo(lcFlow) << "query failed:" << answer.error().code << "trace" << m_traceId;
    if (answer.error().code == "gateway.consent"_L1 && m_state.descriptor->consent) {
        // Withdrawn on the phone meanwhile: ask, do not insist.
        endLoading();
        goTo(Step::Consent);
        return;
    }
    fail(answer.error());
}

void KioskServiceFlow::onBusinessAnswer(const QJsonObject &answer)
{
    m_idempotencyKey.clear(); // answered: the same question again is a new one
    auto result = m_rules.render(*m_state.descriptor, answer);
    if (!result) {
        qCInfo(lcFlow) << "bureau answered" << result.error().code << "trace" << m_traceId;
        fail(result.error());
        return;
    }
    endLoading();
    m_state.result = *std::move(result);
    goTo(Step::Result);
    Q_EMIT resultShown(m_state.descriptor->id);
}

void KioskServiceFlow::queueForLater()
{
    const quint64 generation = ++m_generation;
    base::whenDone(m_consents.queue(m_worker->id, m_state.descriptor->id, params()), this,
                   [this, generation](const base::Result<void> &queued) {
                       if (generation != m_generation)
                           return;
                       if (queued)
                           goTo(Step::Queued);
                       else
                           fail(queued.error());
                   });
}

void KioskServiceFlow::sendToPhone()
{
    if (m_state.step != Step::Result || m_state.phoneUrlPending || !m_worker)
        return;
    m_state.phoneUrl.clear();
    m_state.error.reset();
    m_state.phoneUrlPending = true;
    Q_EMIT stateChanged();
    const quint64 generation = m_generation;
    const QString trace = m_state.result->traceId.isEmpty() ? m_traceId : m_state.result->traceId;
    base::whenDone(m_gateway.handoff(m_worker->session, m_state.descriptor->id, trace), this,
                   [this, generation](const base::Result<QString> &url) {
                       if (generation != m_generation || m_state.step != Step::Result)
                           return;
                       m_state.phoneUrlPending = false;
                       if (url)
                           m_state.phoneUrl = *url;
                       else
                           m_state.error = url.error();
                       Q_EMIT stateChanged();
                   });
}

void KioskServiceFlow::fail(const Error &error)
{
    endLoading();
    dropResult();
    m_state.error = error;
    goTo(Step::Failed);
}

void KioskServiceFlow::check()
{
    if (m_state.step != Step::Loading)
        return;
    const qint64 passed = m_clock.monotonicMs() - m_loadingSince;
    if (m_waitingForSession && passed >= kSessionPatienceMs) {
        fail(Error{
                m_online ? ErrorKind::Timeout : ErrorKind::Offline, u"service.unconfirmed"_s, {}});
        return;
    }
    const int seconds = int(passed / 1000);
    if (seconds == m_state.loadingSeconds)
        return;
    m_state.loadingSeconds = seconds;
    Q_EMIT stateChanged();
}

void KioskServiceFlow::setWorker(const std::optional<domain::WorkerIdentity> &worker)
{
    const bool same = worker && m_worker && worker->id == m_worker->id;
    if (!same && m_worker)
        forgetPersonal();
    m_worker = worker;
    if (m_waitingForSession && m_worker && !m_worker->session.isEmpty()) {
        m_waitingForSession = false;
        deliverConsent();
    }
}

void KioskServiceFlow::dropResult()
{
    m_state.result.reset();
    m_state.phoneUrl.fill(u'0');
    m_state.phoneUrl.clear();
    m_state.phoneUrlPending = false;
}

void KioskServiceFlow::forgetPersonal()
{
    m_cancellation.cancel();
    endLoading();
    dropResult();
    m_state.inputs.clear();
    m_state.inputErrors.clear();
    m_state.error.reset();
    m_idempotencyKey.clear();
    m_traceId.clear();
    m_consentFresh = false;
    if (m_state.step != Step::Closed && m_state.step != Step::Guide &&
        m_state.step != Step::NeedLogin)
        goTo(Step::Guide);
}

} // namespace riderport::services
