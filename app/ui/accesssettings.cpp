// SPDX-License-Identifier: Apache-2.0
#include "accesssettings.h"

namespace riderport::ui {

AccessSettings::AccessSettings(domain::Language initial, QObject *parent)
    : QObject(parent)
    , m_initial(initial)
    , m_language(initial)
{}

void AccessSettings::setLanguage(domain::Language language)
{
    if (m_language == language)
        return;
    m_language = language;
    Q_EMIT languageChanged();
}

void AccessSettings::setLargeText(bool on)
{
    if (m_largeText == on)
        return;
    m_largeText = on;
    Q_EMIT largeTextChanged();
}

void AccessSettings::setHighContrast(bool on)
{
    if (m_highContrast == on)
        return;
    m_highContrast = on;
    Q_EMIT highContrastChanged();
}

void AccessSettings::setLowReach(bool on)
{
    if (m_lowReach == on)
        return;
    m_lowReach = on;
    Q_EMIT lowReachChanged();
}

void AccessSettings::toggleLanguage()
{
    setLanguage(english() ? domain::Language::Chinese : domain::Language::English);
}

void AccessSettings::wipe()
{
    setLanguage(m_initial);
    setLargeText(false);
    setHighContrast(false);
    setLowReach(false);
}

} // namespace riderport::ui
