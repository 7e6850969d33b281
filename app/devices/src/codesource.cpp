// SPDX-License-Identifier: Apache-2.0
#include "devices/codesource.h"

#include "base/clock.h"

namespace riderport::devices {
namespace {
constexpr qint64 kRepeatMs = 2000;
}

CodeSource::CodeSource(const base::Clock *clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{}

void CodeSource::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void CodeSource::publish(const QString &text)
{
    if (text.isEmpty() || text.size() > kLongestCode)
        return;
    const qint64 now = m_clock->monotonicMs();
    const bool repeats = text == m_lastText && now - m_lastMs < kRepeatMs;
    // A code that stays in view keeps being the same one: the two seconds start anew.
    m_lastText = text;
    m_lastMs = now;
    if (!repeats)
        Q_EMIT codeRead(text, kind());
}

} // namespace riderport::devices
