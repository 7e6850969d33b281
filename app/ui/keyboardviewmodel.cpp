// SPDX-License-Identifier: Apache-2.0
#include "keyboardviewmodel.h"

namespace riderport::ui {

KeyboardViewModel::KeyboardViewModel(ime::CandidateSource &source, QObject *parent)
    : QObject(parent)
    , m_composer(source)
{
    connect(&m_composer, &ime::PinyinComposer::changed, this,
            &KeyboardViewModel::compositionChanged);
    connect(&m_composer, &ime::PinyinComposer::committed, this, &KeyboardViewModel::inserted);
}

QStringList KeyboardViewModel::candidates() const
{
    QStringList words;
    words.reserve(m_composer.candidates().size());
    for (const ime::Candidate &candidate : m_composer.candidates())
        words.append(candidate.text);
    return words;
}

void KeyboardViewModel::setMode(Mode mode)
{
    m_composer.reset();
    m_mode = mode;
    m_shifted = false;
    m_symbols = false;
    Q_EMIT modeChanged();
}

void KeyboardViewModel::open(Mode mode)
{
    setMode(mode);
}

void KeyboardViewModel::close()
{
    m_composer.reset();
}

void KeyboardViewModel::press(const QString &key)
{
    if (key.size() != 1)
        return;
    const QChar c = key.front();
    const bool composes = m_mode == Mode::Pinyin && !m_symbols && m_composer.isAvailable();
    if (composes && ((c.toLower() >= u'a' && c.toLower() <= u'z') ||
                     (c == u'\'' && m_composer.isComposing()))) {
        m_composer.type(c);
        return;
    }
    if (composes && c == u' ' && m_composer.isComposing()) {
        // Space takes the first suggestion, as every pinyin typist expects.
        if (m_composer.candidates().isEmpty())
            m_composer.commitLetters();
        else
            m_composer.choose(0);
        return;
    }
    m_composer.commitLetters();
    Q_EMIT inserted(m_shifted ? key.toUpper() : key);
    if (m_shifted) {
        m_shifted = false;
        Q_EMIT modeChanged();
    }
}

void KeyboardViewModel::backspace()
{
    if (!m_composer.backspace())
        Q_EMIT erased();
}

void KeyboardViewModel::choose(int index)
{
    m_composer.choose(index);
}

void KeyboardViewModel::toggleShift()
{
    m_shifted = !m_shifted;
    Q_EMIT modeChanged();
}

void KeyboardViewModel::toggleSymbols()
{
    m_composer.commitLetters();
    m_symbols = !m_symbols;
    Q_EMIT modeChanged();
}

void KeyboardViewModel::toggleLanguage()
{
    if (m_mode == Mode::Pinyin)
        setMode(Mode::Latin);
    else if (m_mode == Mode::Latin)
        setMode(Mode::Pinyin);
}

void KeyboardViewModel::finish()
{
    m_composer.commitLetters();
    Q_EMIT finished();
}

} // namespace riderport::ui
