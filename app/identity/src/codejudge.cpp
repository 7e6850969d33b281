// SPDX-License-Identifier: Apache-2.0
#include "codejudge.h"
#include "base/whendone.h"

#include <QLoggingCategory>

namespace riderport::identity {

Q_LOGGING_CATEGORY(lcJudge, "riderport.identity")

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

// A worker who stands there with a good code should not wait longer than this for a weak link.
constexpr qint64 kServerPatienceMs = 3'000;

} // namespace

CodeJudge::CodeJudge(const base::Clock &clock, KeyDirectory &keys, UsedTokens &used,
                     DistrictLogin &district, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_keys(keys)
    , m_used(used)
    , m_district(district)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CodeJudge::check);
}

void CodeJudge::judge(const QString &code)
{
    if (m_busy)
        return;
    m_busy = true;
    m_code = code;
    m_local.reset();
    const quint64 generation = ++m_generation;
    Q_EMIT busyChanged();

    const auto token = m_verifier.inspect(code);
    if (!token) {
        refuse(token.error());
        return;
    }
    m_token = *token;
    base::whenDone(m_keys.keysFor(token->kid), this,
                   [this, generation](const base::Result<KeyMaterial> &keys) {
                       if (generation == m_generation)
                           onKeys(keys);
                   });
}

void CodeJudge::onKeys(const base::Result<KeyMaterial> &keys)
{
    if (!keys) {
        refuse(keys.error());
        return;
    }
    const auto verified = TokenVerifier::judge(m_token, *keys, m_clock.wallMs());
    if (verified) {
        claim(*verified, [this, code = *verified] {
            m_local = code;
            if (m_online)
                askServer();
            else
                passLocally();
        });
        return;
    }
    // The phone may have got its key a moment ago: the server knows what the feed has not brought.
    if (verified.error().code == "token.unknown-key"_L1 && m_online) {
        askServer();
        return;
    }
    refuse(verified.error());
}

void CodeJudge::claim(const VerifiedCode &code, const std::function<void()> &next)
{
    const quint64 generation = m_generation;
    base::whenDone(m_used.remember(code.kid, code.nonce, code.rememberUntilMs), this,
                   [this, generation, next](const base::Result<void> &fresh) {
                       if (generation != m_generation)
                           return;
                       if (fresh)
                           next();
                       else
                           refuse(fresh.error());
                   });
}

void CodeJudge::askServer()
{
    const quint64 generation = m_generation;
    m_serverDeadline = m_clock.monotonicMs() + kServerPatienceMs;
    m_timer.start(int(kServerPatienceMs));
    base::whenDone(m_district.openSession(m_code), this,
                   [this, generation](const base::Result<domain::WorkerIdentity> &answer) {
                       if (generation == m_generation && m_serverDeadline != 0)
                           onServer(answer);
                   });
}

void CodeJudge::onServer(const base::Result<domain::WorkerIdentity> &answer)
{
    m_serverDeadline = 0;
    m_timer.stop();
    if (answer) {
        const Verdict verdict{*answer, m_code, true};
        const auto pass = [this, verdict] {
            finish();
            Q_EMIT passed(verdict);
        };
        // The server gives one session for one code, also to the second person who shows it here.
        if (m_local)
            pass();
        else
            claim(TokenVerifier::describe(m_token, 1), pass);
    } else if (noVerdict(answer.error().kind)) {
        passLocally();
    } else {
        refuse(answer.error());
    }
}

void CodeJudge::passLocally()
{
    if (!m_local) {
        // Only the server could have known this key, and it cannot be asked.
        refuse(Error{ErrorKind::Unauthorized, u"token.unknown-key"_s, {}});
        return;
    }
    Verdict verdict;
    verdict.worker.id = m_local->worker;
    verdict.worker.authLevel = m_local->authLevel;
    verdict.worker.verifiedOffline = true;
    verdict.code = m_code;
    finish();
    Q_EMIT passed(verdict);
}

void CodeJudge::check()
{
    if (m_serverDeadline == 0)
        return;
    const qint64 left = m_serverDeadline - m_clock.monotonicMs();
    if (left > 0) {
        m_timer.start(int(left));
        return;
    }
    qCInfo(lcJudge) << "the server did not answer in time, judging locally";
    m_serverDeadline = 0;
    passLocally();
}

void CodeJudge::refuse(const Error &error)
{
    qCInfo(lcJudge) << "code refused:" << error.code << error.detail;
    finish();
    Q_EMIT refused(error);
}

void CodeJudge::abandon()
{
    if (m_busy)
        finish();
}

void CodeJudge::finish()
{
    ++m_generation;
    m_code.clear();
    m_token = {};
    m_local.reset();
    m_serverDeadline = 0;
    m_timer.stop();
    m_busy = false;
    Q_EMIT busyChanged();
}

} // namespace riderport::identity
