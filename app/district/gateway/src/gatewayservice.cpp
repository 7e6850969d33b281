// SPDX-License-Identifier: Apache-2.0
#include "gateway/gatewayservice.h"

#include "domain/inputrules.h"
#include "httpd/httperrors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcGateway, "riderport.gateway")

namespace {

constexpr int kChinaOffset = 8 * 3600;

// The same question in one form, whatever the order of its parts.
QByteArray canonical(const GatewayCall &call)
{
    QJsonObject params;
    for (auto it = call.params.begin(); it != call.params.end(); ++it)
        params.insert(it.key(), it.value());
    return QJsonDocument(QJsonArray{call.service, call.operation, params})
            .toJson(QJsonDocument::Compact);
}

// What bureaus are told about the person, by the names of the fields they get.
QString personalFields(const UpstreamOperation &operation)
{
    QStringList fields;
    for (const UpstreamSource &source : operation.sources) {
        for (auto it = source.request.begin(); it != source.request.end(); ++it) {
            if (it.value().startsWith("subject."_L1) && !fields.contains(it.key()))
                fields.append(it.key());
        }
    }
    return fields.join(u',');
}

} // namespace

struct GatewayService::Run
{
    httpd::HttpRequest request;
    httpd::HttpReply reply;
    qint64 startedMs = 0;
    GatewayDevice device;
    GatewayCall call;
    std::shared_ptr<const Service> service;
    const UpstreamOperation *operation = nullptr; ///< owned by `service`
    GatewayAccess access;
};

GatewayService::GatewayService(GatewayCallers &callers, GatewayRecords &records,
                               UpstreamPool &upstreams, const base::Clock &clock)
    : m_callers(callers)
    , m_records(records)
    , m_upstreams(upstreams)
    , m_clock(clock)
    , m_nonces(clock)
    , m_cache(clock)
{}

GatewayService::~GatewayService() = default;

base::Result<void> GatewayService::setServices(const QList<QByteArray> &descriptors)
{
    QHash<QString, std::shared_ptr<const Service>> services;
    for (const QByteArray &json : descriptors) {
        const auto descriptor = domain::parseServiceDescriptor(json);
        if (!descriptor)
            return descriptor.error();
        Service service{*descriptor, {}};
        if (!descriptor->upstream.isEmpty()) {
            auto operations = parseUpstream(descriptor->upstream);
            if (!operations)
                return Error{ErrorKind::Invalid, operations.error().code,
                             descriptor->id.toString() + u": "_s + operations.error().detail};
            service.operations = *std::move(operations);
        }
        services.insert(descriptor->id.toString(),
                        std::make_shared<const Service>(std::move(service)));
    }
    m_services = std::move(services);
    return {};
}

std::optional<QJsonObject> GatewayService::handoffResult(const base::SessionId &session,
                                                         const QString &service,
                                                         const QString &trace) const
{
    return m_cache.findByTrace(session, service, trace);
}

void GatewayService::onSessionClosed(const base::SessionId &session)
{
    m_cache.drop(session);
}

void GatewayService::handle(const httpd::HttpRequest &request, const GatewayDevice &device,
                            const httpd::HttpReply &reply)
{
    auto run = std::make_shared<Run>();
    run->request = request;
    run->reply = reply;
    run->device = device;
    run->startedMs = m_clock.monotonicMs();
    m_callers.secret(device.appKey).then(this, [this, run](const base::Result<QByteArray> &secret) {
        onSecret(run, secret);
    });
}

void GatewayService::refuse(const Run &run, const Error &error) const
{
    qCInfo(lcGateway, "refused: %s %s (trace %s)", qUtf8Printable(error.code),
           qUtf8Printable(error.detail), run.request.traceId.constData());
    QJsonObject extra;
    if (error.kind == ErrorKind::ClockSkew)
        extra.insert(u"server_time"_s, m_clock.wallMs());
    run.reply.send(httpd::errorResponse(error, run.request.traceId, 0, extra));
}

void GatewayService::onSecret(const std::shared_ptr<Run> &run,
                              const base::Result<QByteArray> &secret)
{
    if (!secret) {
        refuse(*run, secret.error());
        return;
    }
    auto call = checkGatewayRequest(run->request, run->device, *secret, m_clock.wallMs(), m_nonces);
    if (!call) {
        refuse(*run, call.error());
        return;
    }
    run->call = *std::move(call);
    if (const auto error = checkCall(*run)) {
        refuse(*run, *error);
        return;
    }
    m_records.admit(run->access)
            .then(this, [this, run](const base::Result<GatewaySubject> &subject) {
                onAdmitted(run, subject);
            });
}

std::optional<Error> GatewayService::checkCall(Run &run) const
{
    const auto session = m_callers.session(run.call.session, run.device.id);
    if (!session)
        return Error{ErrorKind::Unauthorized, u"gateway.session"_s, {}};
    run.service = m_services.value(run.call.service);
    if (run.service) {
        const auto found = run.service->operations.constFind(run.call.operation);
        if (found != run.service->operations.constEnd())
            run.operation = &*found;
    }
    // Transactions need their own re-query by idempotency key; no descriptor offers one so far.
    if (run.operation == nullptr || !run.service->descriptor.available ||
        run.service->descriptor.kind != domain::ServiceDescriptor::Kind::Lookup)
        return Error{ErrorKind::Invalid, u"gateway.operation"_s, u"not offered"_s};
    const auto &descriptor = run.service->descriptor;
    if (session->authLevel < descriptor.authLevel)
        return Error{ErrorKind::Forbidden, u"gateway.level"_s, {}};
    const QDate today = m_clock.now().toOffsetFromUtc(kChinaOffset).date();
    const auto wrong = domain::inputErrors(descriptor, run.call.params, today);
    if (!wrong.isEmpty())
        return Error{ErrorKind::Invalid, u"gateway.params"_s, QStringList(wrong.keys()).join(u',')};
    if (!descriptor.consent || run.call.consentGroup != descriptor.consent->group ||
        run.call.consentVersion != descriptor.consent->version)
        return Error{ErrorKind::Forbidden, u"gateway.consent"_s, u"other version"_s};
    run.access = {run.device.id,
                  session->subject,
                  run.call.service,
                  run.call.operation,
                  run.call.consentGroup,
                  run.call.consentVersion,
                  personalFields(*run.operation),
                  run.call.trace};
    return {};
}

void GatewayService::onAdmitted(const std::shared_ptr<Run> &run,
                                const base::Result<GatewaySubject> &subject)
{
    if (!subject) {
        refuse(*run, subject.error());
        return;
    }
    if (!subject->consentCurrent) {
        refuse(*run, Error{ErrorKind::Forbidden, u"gateway.consent"_s, u"not given"_s});
        return;
    }
    const QByteArray request = canonical(run->call);
    if (auto cached = m_cache.find(run->call.session, request)) {
        cached->insert(u"trace_id"_s, run->call.trace);
        m_cache.addTrace(run->call.session, request, run->call.trace);
        conclude(run, u"cache"_s, *cached);
        return;
    }
    const AskedFor asked{subject->name, subject->idNumber, run->call.params, m_clock.now()};
    m_upstreams.ask(*run->operation, asked, run->call.trace)
            .then(this, [this, run](const UpstreamOutcome &outcome) { onOutcome(run, outcome); });
}

QJsonObject GatewayService::answerOf(const Run &run, const UpstreamOutcome &outcome) const
{
    const QString &code = outcome.answer.code;
    QJsonObject answer{{u"code"_s, code}, {u"trace_id"_s, run.call.trace}};
    if (code == "OK"_L1) {
        answer.insert(u"data_as_of"_s,
                      outcome.answer.asOf.toOffsetFromUtc(kChinaOffset).toString(Qt::ISODate));
        answer.insert(u"source_system"_s, outcome.system);
        answer.insert(u"demo"_s, outcome.demo);
        answer.insert(u"data"_s, outcome.answer.data);
        answer.insert(u"notice"_s, outcome.answer.notice);
        return answer;
    }
    answer.insert(u"message"_s, run.service->descriptor.errors.value(code).text.zh);
    answer.insert(u"retry_after_s"_s, outcome.retryAfterS);
    answer.insert(u"demo"_s, outcome.demo);
    return answer;
}

void GatewayService::onOutcome(const std::shared_ptr<Run> &run, const UpstreamOutcome &outcome)
{
    const QJsonObject answer = answerOf(*run, outcome);
    // Whoever has logged out meanwhile leaves nothing behind.
    if (outcome.answer.code == "OK"_L1 && m_callers.session(run->call.session, run->device.id))
        m_cache.insert(run->call.session, canonical(run->call), run->call.service, run->call.trace,
                       answer);
    conclude(run, outcome.answer.code, answer);
}

void GatewayService::conclude(const std::shared_ptr<Run> &run, const QString &outcome,
                              QJsonObject answer)
{
    m_records.conclude(run->access, outcome)
            .then(this, [this, run, outcome,
                         answer = std::move(answer)](const base::Result<void> &stored) {
                if (!stored) {
                    refuse(*run, stored.error());
                    return;
                }
                qCInfo(lcGateway, "%s/%s: %s in %lld ms (trace %s)",
                       qUtf8Printable(run->call.service), qUtf8Printable(run->call.operation),
                       qUtf8Printable(outcome),
                       static_cast<long long>(m_clock.monotonicMs() - run->startedMs),
                       qUtf8Printable(run->call.trace));
                run->reply.send(httpd::jsonResponse(answer));
            });
}

} // namespace riderport::district
