// SPDX-License-Identifier: Apache-2.0
// What the worker can do on the service page; state and texts are in serviceviewmodel.cpp.
#include "serviceviewmodel.h"

#include "base/clock.h"

namespace riderport::ui {

void ServiceViewModel::proceed()
{
    m_ports.service.proceed();
}

void ServiceViewModel::acceptConsent()
{
    m_ports.service.acceptConsent();
}

void ServiceViewModel::declineConsent()
{
    m_ports.service.declineConsent();
}

void ServiceViewModel::setInput(const QString &key, const QString &value)
{
    m_ports.service.setInput(key, value);
}

void ServiceViewModel::editInput(int index)
{
    if (index < 0 || index >= inputCount() || index == m_formIndex)
        return;
    m_formIndex = index;
    Q_EMIT formChanged();
}

void ServiceViewModel::nextInput()
{
    int next = kCheckPage;
    const QList<InputRow> &rows = m_inputs.rows();
    for (int i = m_formIndex + 1; i < rows.size(); ++i) {
        if (rows.at(i).mandatory && rows.at(i).value.isEmpty()) {
            next = i;
            break;
        }
    }
    m_formIndex = next;
    Q_EMIT formChanged();
}

void ServiceViewModel::submit()
{
    m_ports.service.submit();
}

void ServiceViewModel::cancel()
{
    m_ports.service.cancel();
}

void ServiceViewModel::back()
{
    // Inside the form, back first leads to the page with all answers; they are kept either way.
    if (step() == Form && m_formIndex != kCheckPage && formComplete()) {
        m_formIndex = kCheckPage;
        Q_EMIT formChanged();
        return;
    }
    if (step() == Form && m_formIndex > 0) {
        --m_formIndex;
        Q_EMIT formChanged();
        return;
    }
    m_ports.service.back();
}

void ServiceViewModel::goHome()
{
    m_router.goHome();
}

void ServiceViewModel::tryAgain()
{
    m_ports.service.submit();
}

void ServiceViewModel::openService(const QString &key)
{
    m_router.openService(key);
}

void ServiceViewModel::callStaff()
{
    m_router.setCallSheetOpen(true);
}

void ServiceViewModel::reveal(const QString &key)
{
    m_revealedUntil.insert(key, m_ports.clock.monotonicMs() + kRevealMs);
    refreshResult();
}

void ServiceViewModel::revealAll()
{
    const qint64 until = m_ports.clock.monotonicMs() + kRevealMs;
    for (const ResultRow &row : m_result.rows()) {
        if (row.hideable)
            m_revealedUntil.insert(row.key, until);
    }
    refreshResult();
}

void ServiceViewModel::hideAll()
{
    m_revealedUntil.clear();
    refreshResult();
}

void ServiceViewModel::sendToPhone()
{
    m_phoneSheetOpen = true;
    m_ports.service.sendToPhone();
    Q_EMIT phoneChanged();
}

void ServiceViewModel::closePhoneSheet()
{
    m_phoneSheetOpen = false;
    Q_EMIT phoneChanged();
}

} // namespace riderport::ui
