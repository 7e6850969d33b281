// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "servicefakes.h"
#include "services/kioskserviceflow.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

namespace riderport::test {

using namespace riderport::services;

/// A service flow with fakes all around it; made anew for every test function.
class ServiceBench : public QObject
{
    Q_OBJECT
protected:
    using Step = ServiceState::Step;

    void setUp()
    {
        m_clock = std::make_unique<FakeClock>();
        m_catalogue = std::make_unique<FakeCatalogue>();
        m_gateway = std::make_unique<FakeGateway>();
        m_consents = std::make_unique<FakeConsents>();
        m_flow = std::make_unique<KioskServiceFlow>(*m_catalogue, *m_gateway, *m_consents, *m_clock,
                                                    fakeRules());
    }

    void tearDown() { m_flow.reset(); }

    void loggedInToForm()
    {
        m_consents->given.insert(u"W42/social_insurance/1"_s);
        m_flow->setWorker(worker());
        m_flow->open(base::ServiceId(u"S02"_s));
        m_flow->proceed();
        QTRY_COMPARE(step(), Step::Form);
    }
    void answer(const base::Result<QJsonObject> &value) { m_gateway->answers.back().answer(value); }
    [[nodiscard]] Step step() const { return m_flow->state().step; }
    [[nodiscard]] QString errorCode() const
    {
        return m_flow->state().error ? m_flow->state().error->code : QString();
    }
    [[nodiscard]] static QJsonObject good()
    {
        return {{u"code"_s, u"OK"_s}, {u"value"_s, u"134"_s}, {u"trace_id"_s, u"trace-1"_s}};
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<FakeCatalogue> m_catalogue;
    std::unique_ptr<FakeGateway> m_gateway;
    std::unique_ptr<FakeConsents> m_consents;
    std::unique_ptr<KioskServiceFlow> m_flow;
};

} // namespace riderport::test
