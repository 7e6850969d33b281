// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpd/httproutes.h"
#include "portal/portalstore.h"
#include "portal/ratelimiter.h"

#include <QObject>

namespace riderport::district {

struct PortalShared;

/// /p/v1/…: what the phone pages ask (WIRE.md 6). State-changing calls need the header X-Riderport,
/// which no foreign page can set; answers are never cached and carry server_time.
class PhoneApi : public QObject
{
    Q_OBJECT
public:
    explicit PhoneApi(PortalShared &shared);
    void registerRoutes(httpd::HttpRoutes &routes);

private:
    /// One request, with what its continuations need.
    struct Call
    {
        httpd::HttpRequest request;
        httpd::HttpReply reply;
        QByteArray tokenHash; ///< of the cookie; empty without one
        quint64 subject = 0;  ///< 0 = nobody is signed in
    };
    using Step = void (PhoneApi::*)(const Call &);

    void post(httpd::HttpRoutes &routes, const char *path, Step step, bool signedIn = true);
    void get(httpd::HttpRoutes &routes, const char *path, Step step, bool signedIn = true);
    void enter(const httpd::HttpRequest &request, const httpd::HttpReply &reply, Step step,
               bool signedIn);
    /// Answers and returns false when the caller's address has asked too often.
    [[nodiscard]] bool allowed(const Call &call, RateLimiter &limiter);

    void sms(const Call &call);
    void login(const Call &call);
    void logout(const Call &call);
    void me(const Call &call);
    void registerKey(const Call &call);
    void revokeKey(const Call &call);
    void stations(const Call &call);
    void ticket(const Call &call);
    void confirm(const Call &call);
    void cancel(const Call &call);
    void consents(const Call &call);
    void decide(const Call &call);
    void handoff(const Call &call);
    void data(const Call &call);
    void deletion(const Call &call);

    void sendMe(const Call &call, const WorkerProfile &profile, const QList<ConsentState> &states);
    void sendTicket(const Call &call, const Ticket &ticket, const QList<StationEntry> &stations);
    void send(const Call &call, QJsonObject body, httpd::HttpHeaders headers = {}) const;
    void fail(const Call &call, const base::Error &error, QJsonObject extra = {}) const;
    [[nodiscard]] QByteArray cookie(const QByteArray &value, qint64 maxAgeS) const;

    PortalShared &m_shared;
    RateLimiter m_anyCall;
    RateLimiter m_smsCalls;
    RateLimiter m_loginCalls;
};

} // namespace riderport::district
