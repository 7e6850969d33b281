// SPDX-License-Identifier: Apache-2.0
#include "backgroundconfirmation.h"
#include "base/whendone.h"

#include <QLoggingCategory>

namespace riderport::identity {

Q_LOGGING_CATEGORY(lcConfirm, "riderport.identity")

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kRetryMs = 5'000;

// The code itself grows old while the link is down. Only the journalled operation, whose age is not
// judged, can settle such a log-in.
bool ageOnly(const base::Error &error)
{
    return error.code == "token.expired"_L1 || error.code == "token.clock"_L1;
}

} // namespace

BackgroundConfirmation::BackgroundConfirmation(const base::Clock &clock, DistrictLogin &district,
                                               LoginJournal &journal, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_district(district)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &BackgroundConfirmation::check);
    connect(&journal, &LoginJournal::accepted, this, &BackgroundConfirmation::onAccepted);
    connect(&journal, &LoginJournal::rejected, this, &BackgroundConfirmation::onRejected);
}

void BackgroundConfirmation::begin(const QString &code)
{
    forget();
    m_code = code;
    m_retryAt = m_clock.monotonicMs() + kRetryMs;
    m_timer.start(int(kRetryMs));
}

void BackgroundConfirmation::forget()
{
    ++m_generation;
    m_code.fill(u'0');
    m_code.clear();
    m_retryAt = 0;
    m_asking = false;
    m_timer.stop();
}

void BackgroundConfirmation::setOnline(bool online)
{
    const bool returned = online && !m_online;
    m_online = online;
    if (returned && !m_code.isEmpty())
        ask();
}

void BackgroundConfirmation::check()
{
    if (m_code.isEmpty() || m_retryAt == 0)
        return;
    const qint64 left = m_retryAt - m_clock.monotonicMs();
    if (left > 0) {
        m_timer.start(int(left));
        return;
    }
    m_retryAt = m_clock.monotonicMs() + kRetryMs;
    m_timer.start(int(kRetryMs));
    if (m_online)
        ask();
}

void BackgroundConfirmation::ask()
{
    if (m_asking)
        return;
    m_asking = true;
    const quint64 generation = m_generation;
    base::whenDone(m_district.openSession(m_code), this,
                   [this, generation](const base::Result<domain::WorkerIdentity> &answer) {
                       if (generation != m_generation)
                           return;
                       m_asking = false;
                       onAnswer(answer);
                   });
}

void BackgroundConfirmation::onAnswer(const base::Result<domain::WorkerIdentity> &answer)
{
    if (answer) {
        settle(*answer);
        return;
    }
    const base::Error &error = answer.error();
    if (noVerdict(error.kind))
        return; // the timer asks again
    if (ageOnly(error))
        return; // onAccepted() or onRejected() will settle it
    onRejected(m_code, error);
}

void BackgroundConfirmation::onAccepted(const QString &code, const domain::WorkerIdentity &worker)
{
    if (!m_code.isEmpty() && code == m_code)
        settle(worker);
}

void BackgroundConfirmation::onRejected(const QString &code, const base::Error &error)
{
    if (m_code.isEmpty() || code != m_code)
        return;
    qCWarning(lcConfirm) << "a log-in by local proof was refused later:" << error.code;
    forget();
    Q_EMIT refused(error);
}

void BackgroundConfirmation::settle(const domain::WorkerIdentity &worker)
{
    domain::WorkerIdentity identity = worker;
    identity.verifiedOffline = false;
    forget();
    Q_EMIT confirmed(identity);
}

} // namespace riderport::identity
