// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/localtext.h"
#include "session/session.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// How the current person wants to use the terminal. Everything returns to the station's default
/// at the end of the session: the next person must not inherit it (VVSG 2.0, 508 402.3).
class AccessSettings : public QObject, public session::Wipeable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(bool english READ english NOTIFY languageChanged FINAL)
    Q_PROPERTY(bool largeText READ largeText WRITE setLargeText NOTIFY largeTextChanged FINAL)
    Q_PROPERTY(bool highContrast READ highContrast WRITE setHighContrast NOTIFY highContrastChanged
                       FINAL)
    Q_PROPERTY(bool lowReach READ lowReach WRITE setLowReach NOTIFY lowReachChanged FINAL)
public:
    explicit AccessSettings(domain::Language initial, QObject *parent = nullptr);

    [[nodiscard]] domain::Language language() const { return m_language; }
    [[nodiscard]] bool english() const { return m_language == domain::Language::English; }
    [[nodiscard]] bool largeText() const { return m_largeText; }
    [[nodiscard]] bool highContrast() const { return m_highContrast; }
    [[nodiscard]] bool lowReach() const { return m_lowReach; }

    void setLanguage(domain::Language language);
    void setLargeText(bool on);
    void setHighContrast(bool on);
    void setLowReach(bool on);
    Q_INVOKABLE void toggleLanguage();

    void wipe() override;

Q_SIGNALS:
    void languageChanged();
    void largeTextChanged();
    void highContrastChanged();
    void lowReachChanged();

private:
    const domain::Language m_initial;
    domain::Language m_language;
    bool m_largeText = false;
    bool m_highContrast = false;
    bool m_lowReach = false;
};

} // namespace riderport::ui
