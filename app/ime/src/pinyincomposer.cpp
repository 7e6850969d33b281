// SPDX-License-Identifier: Apache-2.0
#include "ime/pinyincomposer.h"

namespace riderport::ime {

namespace {

constexpr qsizetype kMaxLetters = 60;

} // namespace

PinyinComposer::PinyinComposer(CandidateSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    connect(&m_source, &CandidateSource::candidatesReady, this, &PinyinComposer::onCandidates);
    connect(&m_source, &CandidateSource::unavailable, this, [this] {
        m_available = false;
        Q_EMIT changed();
    });
}

void PinyinComposer::type(QChar letter)
{
    const QChar lower = letter.toLower();
    const bool accepted = (lower >= u'a' && lower <= u'z') || (lower == u'\'' && isComposing());
    if (!accepted || m_letters.size() >= kMaxLetters)
        return;
    m_letters += lower;
    ask();
}

bool PinyinComposer::backspace()
{
    if (!isComposing())
        return false;
    m_letters.chop(1);
    if (m_letters.isEmpty() && !m_picked.isEmpty()) {
        // The worker already accepted these words: keep them rather than lose them with the last
        // letter.
        const QString words = std::exchange(m_picked, {});
        m_candidates.clear();
        Q_EMIT committed(words);
        Q_EMIT changed();
        return true;
    }
    ask();
    return true;
}

void PinyinComposer::choose(qsizetype index)
{
    if (index < 0 || index >= m_candidates.size())
        return;
    const Candidate chosen = m_candidates.at(index);
    m_picked += chosen.text;
    m_letters.remove(0, chosen.consumed);
    while (m_letters.startsWith(u'\''))
        m_letters.remove(0, 1);
    if (m_letters.isEmpty()) {
        const QString words = std::exchange(m_picked, {});
        m_candidates.clear();
        Q_EMIT committed(words);
        Q_EMIT changed();
        return;
    }
    ask();
}

void PinyinComposer::commitLetters()
{
    if (!isComposing())
        return;
    const QString text = preedit();
    reset();
    Q_EMIT committed(text);
}

void PinyinComposer::reset()
{
    m_picked.clear();
    m_letters.clear();
    m_candidates.clear();
    m_source.forget();
    Q_EMIT changed();
}

void PinyinComposer::ask()
{
    if (m_letters.isEmpty())
        m_candidates.clear();
    else
        m_source.query(m_letters);
    Q_EMIT changed();
}

void PinyinComposer::onCandidates(const QString &letters, const QList<Candidate> &candidates)
{
    // Typing is faster than the engine now and then: an answer to an older question is not shown.
    if (letters != m_letters)
        return;
    m_candidates = candidates;
    Q_EMIT changed();
}

} // namespace riderport::ime
