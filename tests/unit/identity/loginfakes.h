// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "devices/codesource.h"
#include "identity/loginports.h"
#include "support/pending.h"

#include <QSet>

#include <deque>

namespace riderport::test {

class FakeKeys final : public identity::KeyDirectory
{
public:
    QFuture<base::Result<identity::KeyMaterial>> keysFor(const QByteArray &) override
    {
        return readyNow<base::Result<identity::KeyMaterial>>(material);
    }
    identity::KeyMaterial material;
};

class FakeUsedTokens final : public identity::UsedTokens
{
public:
    QFuture<base::Result<void>> remember(const QByteArray &kid, const QByteArray &nonce,
                                         qint64) override
    {
        if (failure)
            return readyNow<base::Result<void>>(*failure);
        if (m_seen.contains(kid + nonce)) {
            return readyNow<base::Result<void>>(base::Error{
                    base::ErrorKind::Replay, QStringLiteral("token.replayed"), QString()});
        }
        m_seen.insert(kid + nonce);
        return readyNow<base::Result<void>>({});
    }
    std::optional<base::Error> failure;

private:
    QSet<QByteArray> m_seen;
};

class FakeDistrictLogin final : public identity::DistrictLogin
{
public:
    using TicketAnswer = base::Result<identity::Ticket>;
    using StatusAnswer = base::Result<identity::TicketStatus>;
    using SessionAnswer = base::Result<domain::WorkerIdentity>;

    QFuture<TicketAnswer> createTicket() override { return tickets.emplace_back().future(); }
    QFuture<StatusAnswer> ticketStatus(const base::TicketId &id,
                                       identity::TicketStatus::State known, qint64) override
    {
        lastKnown = known;
        lastAsked = id;
        return statuses.emplace_back().future();
    }
    void cancelTicket(const base::TicketId &id) override { cancelled.append(id.toString()); }
    QFuture<SessionAnswer> openSession(const QString &code) override
    {
        codes.append(code);
        return sessions.emplace_back().future();
    }

    std::deque<Pending<TicketAnswer>> tickets;
    std::deque<Pending<StatusAnswer>> statuses;
    std::deque<Pending<SessionAnswer>> sessions;
    QStringList codes;
    QStringList cancelled;
    base::TicketId lastAsked;
    identity::TicketStatus::State lastKnown = identity::TicketStatus::State::Created;
};

class FakeJournal final : public identity::LoginJournal
{
    Q_OBJECT
public:
    QFuture<base::Result<void>> record(const QString &code, qint64) override
    {
        if (failure)
            return readyNow<base::Result<void>>(*failure);
        recorded.append(code);
        return readyNow<base::Result<void>>({});
    }
    QStringList recorded;
    std::optional<base::Error> failure;
};

class FakeScanner final : public devices::CodeSource
{
    Q_OBJECT
public:
    FakeScanner(const base::Clock *clock, Kind kind)
        : CodeSource(clock, nullptr)
        , m_kind(kind)
    {}
    void start() override
    {
        running = true;
        setState(State::Ready);
    }
    void stop() override
    {
        running = false;
        setState(State::Stopped);
    }
    [[nodiscard]] Kind kind() const override { return m_kind; }
    void show(const QString &text) { publish(text); }
    bool running = false;

private:
    Kind m_kind;
};

} // namespace riderport::test
