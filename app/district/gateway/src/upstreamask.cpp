// SPDX-License-Identifier: Apache-2.0
#include "upstreamask.h"

#include "crypto/random.h"
#include "gateway/upstreamvalues.h"

#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTimer>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcUpstream, "riderport.gateway")

namespace {

constexpr qint64 kLeastUsefulMs = 250;
constexpr int kBusyRetryMs = 2000;
constexpr int kDownRetryMs = 30'000;

} // namespace

UpstreamAsk::UpstreamAsk(UpstreamPool &pool, UpstreamOperation operation, AskedFor asked,
                         QString trace)
    : QObject(&pool)
    , m_pool(pool)
    , m_operation(std::move(operation))
    , m_asked(std::move(asked))
    , m_trace(std::move(trace))
    , m_startedMs(pool.m_clock.monotonicMs())
{
    m_promise.start();
}

UpstreamAsk::~UpstreamAsk()
{
    release();
}

void UpstreamAsk::start()
{
    // Whatever hangs on the way, the kiosk has its answer in time.
    QTimer::singleShot(m_pool.m_limits.totalMs + int(kLeastUsefulMs), this, [this] {
        if (m_family)
            m_family->breaker.report(false);
        UpstreamOutcome late;
        late.answer.code = u"TIMEOUT"_s;
        late.retryAfterS = kDownRetryMs / 1000;
        finish(std::move(late));
    });
    nextSource();
}

qint64 UpstreamAsk::remainingMs() const
{
    return m_startedMs + m_pool.m_limits.totalMs - m_pool.m_clock.monotonicMs();
}

void UpstreamAsk::nextSource()
{
    release();
    ++m_index;
    m_attempts = 0;
    m_renewed = false;
    if (m_index >= m_operation.sources.size() || remainingMs() < kLeastUsefulMs) {
        finish(m_failure);
        return;
    }
    const auto found = m_pool.m_families.find(source().family);
    if (found == m_pool.m_families.end()) {
        nextSource(); // not connected here: says nothing about the bureau
        return;
    }
    const std::shared_ptr<UpstreamPool::Family> family = found->second;
    if (const qint64 closed = secondsUntilOpen(source(), m_asked.now); closed > 0) {
        giveUpSource(u"OUT_OF_WINDOW"_s, closed * 1000);
        return;
    }
    if (family->running >= m_pool.m_limits.maxConcurrent) {
        giveUpSource(u"RATE_LIMITED"_s, kBusyRetryMs);
        return;
    }
    m_family = family;
    ++m_family->running;
    attempt();
}

void UpstreamAsk::attempt()
{
    if (!m_family->breaker.tryAcquire()) {
        giveUpSource(u"UPSTREAM_DOWN"_s, std::max<qint64>(1000, m_family->breaker.retryAfterMs()));
        return;
    }
    ++m_attempts;
    m_family->signer->sign(source()).then(
            this, [this](const base::Result<UpstreamFamily::Headers> &headers) {
                if (headers)
                    send(*headers);
                else
                    onReply(headers.error());
            });
}

QByteArray UpstreamAsk::requestBody() const
{
    QJsonObject body;
    const QMap<QString, QString> &request = source().request;
    for (auto it = request.begin(); it != request.end(); ++it) {
        if (it.value() == "subject.name"_L1)
            body.insert(it.key(), m_asked.name);
        else if (it.value() == "subject.id_number"_L1)
            body.insert(it.key(), m_asked.idNumber);
        else
            body.insert(it.key(), m_asked.params.value(it.value().mid(7))); // after "params."
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

void UpstreamAsk::send(const UpstreamFamily::Headers &headers)
{
    const auto left = int(std::max(remainingMs(), kLeastUsefulMs));
    UpstreamRequest request;
    request.url = m_family->endpoint.url;
    request.url.setPath(request.url.path() + QString::fromLatin1(source().path));
    request.headers = m_headers = headers;
    request.body = requestBody();
    request.connectMs = std::min(m_pool.m_limits.connectMs, left);
    request.readMs = std::min(m_pool.m_limits.readMs, left);
    m_pool.m_transport.send(request).then(
            this, [this](const base::Result<UpstreamReply> &reply) { onReply(reply); });
}

void UpstreamAsk::onReply(const base::Result<UpstreamReply> &reply)
{
    if (!reply) {
        failAttempt(reply.error(), reply.error().kind == ErrorKind::Unavailable);
        return;
    }
    if (reply->status >= 500) {
        failAttempt(
                Error{ErrorKind::Unavailable, u"upstream.status"_s, QString::number(reply->status)},
                true);
        return;
    }
    onAnswer(*reply);
}

void UpstreamAsk::onAnswer(const UpstreamReply &reply)
{
    const auto json = readUpstreamJson(reply.body, reply.contentType);
    if (!json) {
        failAttempt(json.error(), false);
        return;
    }
    const QString theirCode =
            normalisedValue(ValueRule::As::Code, valueAt(*json, source().codePath)).toString();
    if (!m_renewed && m_family->signer->renewAfter(theirCode, m_headers)) {
        m_renewed = true;
        m_family->breaker.report(true);
        attempt();
        return;
    }
    const auto mapped = mapAnswer(m_operation, source(), *json, m_asked);
    if (!mapped) {
        failAttempt(mapped.error(), false);
        return;
    }
    if (mapped->code == "UPSTREAM_DOWN"_L1) {
        failAttempt(Error{ErrorKind::Unavailable, u"upstream.says-down"_s, theirCode}, false);
        return;
    }
    m_family->breaker.report(true);
    if (mapped->droppedValues > 0)
        qCWarning(lcUpstream, "data health: %s sent %d unusable values (trace %s)",
                  qUtf8Printable(source().system), mapped->droppedValues, qUtf8Printable(m_trace));
    UpstreamOutcome outcome;
    outcome.demo = m_family->endpoint.demo || reply.simulator;
    outcome.answer = *mapped;
    outcome.system = source().system + (outcome.demo ? u"-sim"_s : QString());
    finish(std::move(outcome));
}

void UpstreamAsk::failAttempt(const Error &error, bool mayRepeat)
{
    m_family->breaker.report(false);
    qCWarning(lcUpstream, "%s failed: %s %s (attempt %d, trace %s)",
              qUtf8Printable(source().system), qUtf8Printable(error.code),
              qUtf8Printable(error.detail), m_attempts, qUtf8Printable(m_trace));
    const int base = std::max(1, m_pool.m_limits.retryBaseMs);
    const int wait = base + int(crypto::randomBelow(quint32(2 * base)));
    if (mayRepeat && m_attempts <= m_pool.m_limits.retries &&
        remainingMs() > wait + kLeastUsefulMs) {
        QTimer::singleShot(wait, this, &UpstreamAsk::attempt);
        return;
    }
    const bool timeout = error.kind == ErrorKind::Timeout;
    giveUpSource(timeout ? u"TIMEOUT"_s : u"UPSTREAM_DOWN"_s, kDownRetryMs);
}

void UpstreamAsk::giveUpSource(const QString &code, qint64 retryAfterMs)
{
    if (m_failure.answer.code.isEmpty()) {
        m_failure.answer.code = code;
        m_failure.system = source().system;
        m_failure.retryAfterS = int((retryAfterMs + 999) / 1000);
    }
    nextSource();
}

void UpstreamAsk::release()
{
    if (m_family)
        --m_family->running;
    m_family.reset();
}

void UpstreamAsk::finish(UpstreamOutcome outcome)
{
    if (std::exchange(m_finished, true))
        return;
    if (outcome.answer.code.isEmpty()) {
        outcome.answer.code = u"UPSTREAM_DOWN"_s;
        outcome.retryAfterS = kDownRetryMs / 1000;
    }
    release();
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
    deleteLater();
}

} // namespace riderport::district
