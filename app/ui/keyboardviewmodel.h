// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ime/pinyincomposer.h"
#include "session/session.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// The touch keyboard's state: which keys it shows, what is being composed, what may be picked. It
/// does not know the field it types into: it says what to insert and what to take back, and the
/// panel passes that on.
class KeyboardViewModel : public QObject, public session::Wipeable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Mode mode READ mode NOTIFY modeChanged FINAL)
    Q_PROPERTY(bool shifted READ shifted NOTIFY modeChanged FINAL)
    Q_PROPERTY(bool symbols READ symbols NOTIFY modeChanged FINAL)
    Q_PROPERTY(QString preedit READ preedit NOTIFY compositionChanged FINAL)
    Q_PROPERTY(QStringList candidates READ candidates NOTIFY compositionChanged FINAL)
    Q_PROPERTY(bool pinyinAvailable READ pinyinAvailable NOTIFY compositionChanged FINAL)
public:
    /// What kind of text the field wants. Digits and Id are pads of 3×4 keys; Id has an X.
    enum class Mode { Pinyin, Latin, Digits, Id, Amount };
    Q_ENUM(Mode)

    explicit KeyboardViewModel(ime::CandidateSource &source, QObject *parent = nullptr);

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool shifted() const { return m_shifted; }
    [[nodiscard]] bool symbols() const { return m_symbols; }
    [[nodiscard]] QString preedit() const { return m_composer.preedit(); }
    [[nodiscard]] QStringList candidates() const;
    [[nodiscard]] bool pinyinAvailable() const { return m_composer.isAvailable(); }

    /// A field got the keyboard; unfinished composition of the last one is dropped.
    Q_INVOKABLE void open(riderport::ui::KeyboardViewModel::Mode mode);
    /// The field lost it.
    Q_INVOKABLE void close();
    /// One key: a letter, digit, sign or space.
    Q_INVOKABLE void press(const QString &key);
    Q_INVOKABLE void backspace();
    Q_INVOKABLE void choose(int index);
    Q_INVOKABLE void toggleShift();
    Q_INVOKABLE void toggleSymbols();
    /// 中/英: between Pinyin and Latin; nothing on the pads.
    Q_INVOKABLE void toggleLanguage();
    /// 完成: commits what is being composed, then asks the panel to close.
    Q_INVOKABLE void finish();

    void wipe() override { close(); }

Q_SIGNALS:
    void modeChanged();
    void compositionChanged();
    void inserted(const QString &text);
    void erased();
    void finished();

private:
    void setMode(Mode mode);

    ime::PinyinComposer m_composer;
    Mode m_mode = Mode::Pinyin;
    bool m_shifted = false;
    bool m_symbols = false;
};

} // namespace riderport::ui
