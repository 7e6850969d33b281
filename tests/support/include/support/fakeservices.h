// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/servicecatalogue.h"
#include "services/serviceflow.h"

namespace riderport::test {

/// A catalogue of the services a test puts in.
class FakeServiceCatalogue final : public services::ServiceCatalogue
{
public:
    using ServiceCatalogue::ServiceCatalogue;

    [[nodiscard]] const QList<domain::ServiceDescriptor> &services() const override
    {
        return m_services;
    }
    [[nodiscard]] const domain::ServiceDescriptor *find(const base::ServiceId &id) const override
    {
        for (const domain::ServiceDescriptor &service : m_services) {
            if (service.id == id)
                return &service;
        }
        return nullptr;
    }

    void set(const QList<domain::ServiceDescriptor> &services)
    {
        m_services = services;
        Q_EMIT changed();
    }

private:
    QList<domain::ServiceDescriptor> m_services;
};

/// A service run that stands where the test puts it and remembers what was asked of it.
class FakeServiceFlow final : public services::ServiceFlow
{
public:
    using ServiceFlow::ServiceFlow;
    using Step = services::ServiceState::Step;

    [[nodiscard]] const services::ServiceState &state() const override { return m_state; }
    void open(const base::ServiceId &id) override
    {
        calls.append(QStringLiteral("open ") + id.toString());
        if (catalogue && catalogue->find(id)) {
            m_state = {};
            m_state.descriptor = *catalogue->find(id);
            go(Step::Guide);
        }
    }
    void proceed() override
    {
        calls.append(QStringLiteral("proceed"));
        if (needsLogin) {
            go(Step::NeedLogin);
            Q_EMIT loginNeeded();
            return;
        }
        go(m_state.descriptor && m_state.descriptor->consent ? Step::Consent : Step::Form);
    }
    void acceptConsent() override { go(Step::Form); }
    void declineConsent() override { go(Step::Guide); }
    void setInput(const QString &key, const QString &value) override
    {
        m_state.inputs.insert(key, value);
        m_state.inputErrors.remove(key);
        Q_EMIT stateChanged();
    }
    void submit() override
    {
        calls.append(QStringLiteral("submit"));
        go(Step::Loading);
    }
    void cancel() override { go(Step::Form); }
    void back() override { go(m_state.step == Step::Guide ? Step::Closed : Step::Guide); }
    void sendToPhone() override
    {
        m_state.phoneUrlPending = true;
        Q_EMIT stateChanged();
    }
    void close() override
    {
        m_state = {};
        Q_EMIT stateChanged();
    }

    void set(const services::ServiceState &state)
    {
        m_state = state;
        Q_EMIT stateChanged();
    }
    void go(Step step)
    {
        m_state.step = step;
        Q_EMIT stateChanged();
    }

    FakeServiceCatalogue *catalogue = nullptr;
    QStringList calls;
    bool needsLogin = false;

private:
    services::ServiceState m_state;
};

} // namespace riderport::test
