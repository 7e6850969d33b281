// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gateway/upstreampool.h"

#include <QPromise>

namespace riderport::district {

/// One question on its way through the sources. Ends with exactly one outcome and deletes itself.
class UpstreamAsk final : public QObject
{
    Q_OBJECT
public:
    UpstreamAsk(UpstreamPool &pool, UpstreamOperation operation, AskedFor asked, QString trace);
    ~UpstreamAsk() override;

    [[nodiscard]] QFuture<UpstreamOutcome> future() { return m_promise.future(); }
    void start();

private:
    void nextSource();
    void attempt();
    void send(const UpstreamFamily::Headers &headers);
    void onReply(const base::Result<UpstreamReply> &reply);
    void onAnswer(const UpstreamReply &reply);
    void failAttempt(const base::Error &error, bool mayRepeat);
    void giveUpSource(const QString &code, qint64 retryAfterMs);
    void finish(UpstreamOutcome outcome);
    void release();
    [[nodiscard]] qint64 remainingMs() const;
    [[nodiscard]] const UpstreamSource &source() const { return m_operation.sources[m_index]; }
    [[nodiscard]] QByteArray requestBody() const;

    UpstreamPool &m_pool;
    const UpstreamOperation m_operation;
    const AskedFor m_asked;
    const QString m_trace;
    QPromise<UpstreamOutcome> m_promise;
    std::shared_ptr<UpstreamPool::Family> m_family; ///< of the running source
    UpstreamFamily::Headers m_headers;              ///< of the last attempt
    qint64 m_startedMs = 0;
    qsizetype m_index = -1;
    int m_attempts = 0;
    bool m_renewed = false;
    bool m_finished = false;
    UpstreamOutcome m_failure; ///< of the first source that failed
};

} // namespace riderport::district
