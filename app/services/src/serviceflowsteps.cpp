// SPDX-License-Identifier: Apache-2.0
// The steps a worker takes through a service; loading and answers are in kioskserviceflow.cpp.
#include "services/kioskserviceflow.h"

#include "base/whendone.h"
#include "services/servicecatalogue.h"

#include <algorithm>

namespace riderport::services {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using domain::ServiceDescriptor;

namespace {

constexpr qsizetype kMaxInputLength = 2'000;
constexpr int kChinaOffsetSeconds = 8 * 3600; // one time zone, no daylight saving

} // namespace

QDate KioskServiceFlow::today() const
{
    return m_clock.now().toOffsetFromUtc(kChinaOffsetSeconds).date();
}

bool KioskServiceFlow::refusedOffline() const
{
    return !m_online && m_state.descriptor->offline == ServiceDescriptor::Offline::Refuse;
}

bool KioskServiceFlow::hasForm() const
{
    return !m_state.descriptor->inputs.isEmpty();
}

void KioskServiceFlow::goTo(Step step)
{
    m_state.step = step;
    Q_EMIT stateChanged();
}

void KioskServiceFlow::open(const base::ServiceId &id)
{
    close();
    const ServiceDescriptor *descriptor = m_catalogue.find(id);
    if (descriptor == nullptr) {
        m_state.error = Error{ErrorKind::NotFound, u"service.unknown"_s, id.toString()};
        goTo(Step::Failed);
        return;
    }
    // A copy: an update that arrives while somebody uses the service must not change it under them.
    m_state.descriptor = *descriptor;
    goTo(Step::Guide);
}

void KioskServiceFlow::proceed()
{
    if (m_state.step != Step::Guide && m_state.step != Step::NeedLogin)
        return;
    if (!m_state.descriptor->available ||
        m_state.descriptor->kind == ServiceDescriptor::Kind::Guide)
        return;
    // Said before anybody logs in for nothing.
    if (refusedOffline()) {
        fail(Error{ErrorKind::Offline, u"service.offline"_s, {}});
        return;
    }
    if (!m_worker) {
        goTo(Step::NeedLogin);
        Q_EMIT loginNeeded();
        return;
    }
    if (m_worker->authLevel < m_state.descriptor->authLevel) {
        fail(Error{ErrorKind::Forbidden, u"service.level"_s,
                   QString::number(m_state.descriptor->authLevel)});
        return;
    }
    askConsentOrContinue();
}

void KioskServiceFlow::askConsentOrContinue()
{
    if (!m_state.descriptor->consent) {
        continueToForm();
        return;
    }
    const quint64 generation = ++m_generation;
    base::whenDone(m_consents.isGiven(m_worker->id, m_state.descriptor->consent->group,
                                      m_state.descriptor->consent->version),
                   this, [this, generation](const base::Result<bool> &given) {
                       if (generation != m_generation)
                           return;
                       if (given && *given)
                           continueToForm();
                       else
                           goTo(Step::Consent);
                   });
}

void KioskServiceFlow::acceptConsent()
{
    if (m_state.step != Step::Consent || !m_worker)
        return;
    const quint64 generation = ++m_generation;
    base::whenDone(m_consents.give(m_worker->id, m_state.descriptor->consent->group,
                                   m_state.descriptor->consent->version),
                   this, [this, generation](const base::Result<void> &given) {
                       if (generation != m_generation)
                           return;
                       if (!given) {
                           fail(given.error());
                           return;
                       }
                       m_consentFresh = true;
                       continueToForm();
                   });
}

void KioskServiceFlow::declineConsent()
{
    if (m_state.step == Step::Consent) {
        ++m_generation;
        goTo(Step::Guide);
    }
}

void KioskServiceFlow::continueToForm()
{
    if (!hasForm()) {
        m_state.step = Step::Form;
        submit();
        return;
    }
    if (m_state.inputs.isEmpty())
        m_state.inputs = m_rules.defaults(*m_state.descriptor, today());
    goTo(Step::Form);
}

void KioskServiceFlow::setInput(const QString &key, const QString &value)
{
    if (m_state.step != Step::Form)
        return;
    const auto &inputs = m_state.descriptor->inputs;
    const bool known = std::any_of(inputs.cbegin(), inputs.cend(),
                                   [&key](const auto &input) { return input.key == key; });
    if (!known || m_state.inputs.value(key) == value)
        return;
    m_state.inputs.insert(key, value.left(kMaxInputLength));
    m_state.inputErrors.remove(key);
    m_idempotencyKey.clear(); // other answers, another question
    Q_EMIT stateChanged();
}

void KioskServiceFlow::submit()
{
    // From Failed it is "try again". While loading, a second tap is the same tap.
    if ((m_state.step != Step::Form && m_state.step != Step::Failed) || !m_state.descriptor)
        return;
    if (!m_worker || (m_state.step == Step::Failed && m_state.inputs.isEmpty() && hasForm())) {
        // The failure came before the form: start over from where it failed.
        m_state.error.reset();
        m_state.step = Step::Guide;
        proceed();
        return;
    }
    m_state.inputErrors = m_rules.check(*m_state.descriptor, m_state.inputs, today());
    if (!m_state.inputErrors.isEmpty()) {
        m_state.error.reset();
        goTo(Step::Form);
        return;
    }
    if (m_online) {
        beginLoading();
    } else if (refusedOffline()) {
        fail(Error{ErrorKind::Offline, u"service.offline"_s, {}});
    } else {
        queueForLater();
    }
}

void KioskServiceFlow::cancel()
{
    if (m_state.step != Step::Loading)
        return;
    m_cancellation.cancel();
    endLoading();
    goTo(hasForm() ? Step::Form : Step::Guide);
}

void KioskServiceFlow::back()
{
    switch (m_state.step) {
    case Step::Closed:
        return;
    case Step::Guide:
        close();
        return;
    case Step::NeedLogin:
    case Step::Consent:
    case Step::Form:
    case Step::Queued:
        ++m_generation;
        goTo(Step::Guide);
        return;
    case Step::Loading:
        cancel();
        return;
    case Step::Result:
        ++m_generation;
        dropResult();
        m_state.error.reset();
        goTo(hasForm() ? Step::Form : Step::Guide);
        return;
    case Step::Failed:
        if (!m_state.descriptor) {
            close();
            return;
        }
        m_state.error.reset();
        // Answers are kept, and so is the place where they were given.
        goTo(hasForm() && !m_state.inputs.isEmpty() ? Step::Form : Step::Guide);
        return;
    }
}

void KioskServiceFlow::close()
{
    if (m_state.step == Step::Closed)
        return;
    forgetPersonal();
    m_state = {};
    Q_EMIT stateChanged();
}

} // namespace riderport::services
