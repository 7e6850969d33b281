// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "identity/kioskloginflow.h"
#include "logincodes.h"
#include "loginfakes.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

namespace riderport::test {

using namespace riderport::identity;
using namespace Qt::StringLiterals;

/// A log-in flow with fakes all around it; made anew for every test function.
class LoginBench : public QObject
{
    Q_OBJECT
protected:
    void setUp()
    {
        m_clock = std::make_unique<FakeClock>(m_codes.nowS * 1000);
        m_keys = std::make_unique<FakeKeys>();
        m_keys->material = m_codes.keys();
        m_used = std::make_unique<FakeUsedTokens>();
        m_district = std::make_unique<FakeDistrictLogin>();
        m_journal = std::make_unique<FakeJournal>();
        m_scanner = std::make_unique<FakeScanner>(m_clock.get(), devices::CodeSource::Kind::Serial);
        m_cameraCodes =
                std::make_unique<FakeScanner>(m_clock.get(), devices::CodeSource::Kind::Camera);
        LoginPorts ports;
        ports.clock = m_clock.get();
        ports.keys = m_keys.get();
        ports.used = m_used.get();
        ports.district = m_district.get();
        ports.journal = m_journal.get();
        ports.sources = {m_cameraCodes.get(), m_scanner.get()};
        m_flow = std::make_unique<KioskLoginFlow>(
                ports, LoginPlace{LoginCodes::kHere, u"https://d.example/s/ST01"_s});
        m_loggedIn = std::make_unique<QSignalSpy>(m_flow.get(), &LoginFlow::loggedIn);
    }

    void tearDown()
    {
        m_loggedIn.reset();
        m_flow.reset();
    }

    void offline() { m_flow->setOnline(false); }
    void show(const QString &code) { m_scanner->show(code); }
    [[nodiscard]] QString refusal() const
    {
        return m_flow->state().refusal ? m_flow->state().refusal->code : QString();
    }
    [[nodiscard]] static domain::WorkerIdentity serverWorker()
    {
        domain::WorkerIdentity worker;
        worker.id = base::WorkerId(u"W42"_s);
        worker.maskedName = u"张*军"_s;
        worker.authLevel = 2;
        worker.session = base::SessionId(u"5e55"_s);
        return worker;
    }
    [[nodiscard]] static base::Error error(base::ErrorKind kind, const QString &code)
    {
        return {kind, code, {}};
    }
    void giveTicket(const QString &id = u"t1"_s)
    {
        m_district->tickets.back().answer(
                Ticket{base::TicketId(id), u"https://d.example/l/"_s + id, u"47"_s, 120'000});
        QTRY_COMPARE(m_flow->state().ticket, LoginState::Ticket::Showing);
    }

    LoginCodes m_codes;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeKeys> m_keys;
    std::unique_ptr<FakeUsedTokens> m_used;
    std::unique_ptr<FakeDistrictLogin> m_district;
    std::unique_ptr<FakeJournal> m_journal;
    std::unique_ptr<FakeScanner> m_scanner;
    std::unique_ptr<FakeScanner> m_cameraCodes;
    std::unique_ptr<KioskLoginFlow> m_flow;
    std::unique_ptr<QSignalSpy> m_loggedIn;
};

} // namespace riderport::test
