// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ime/candidatesource.h"

namespace riderport::ime {

/// What a typist of pinyin sees: letters not yet turned into words, the words already picked for
/// the front part, and candidates. Pure state over a CandidateSource; the keyboard draws it and the
/// field receives committed().
class PinyinComposer : public QObject
{
    Q_OBJECT
public:
    /// `source` must outlive the composer.
    explicit PinyinComposer(CandidateSource &source, QObject *parent = nullptr);

    /// Picked words and remaining letters, as shown underlined in the field. Empty = nothing is
    /// being composed.
    [[nodiscard]] QString preedit() const { return m_picked + m_letters; }
    [[nodiscard]] const QList<Candidate> &candidates() const { return m_candidates; }
    [[nodiscard]] bool isComposing() const { return !m_letters.isEmpty(); }
    [[nodiscard]] bool isAvailable() const { return m_available; }

    /// One letter a–z or an apostrophe; anything else, or more than 60 letters, is ignored.
    void type(QChar letter);
    /// Takes back the last letter; words already picked are committed when no letter is left. False
    /// when idle.
    bool backspace();
    void choose(qsizetype index);
    /// Commits the letters as they stand (the "en" key, or a tap on 完成).
    void commitLetters();
    /// Drops everything, also in the engine. At the end of a session and when the field loses
    /// focus.
    void reset();

Q_SIGNALS:
    void changed();
    void committed(const QString &text);

private:
    void ask();
    void onCandidates(const QString &letters, const QList<Candidate> &candidates);

    CandidateSource &m_source;
    QString m_picked;
    QString m_letters;
    QList<Candidate> m_candidates;
    bool m_available = true;
};

} // namespace riderport::ime
