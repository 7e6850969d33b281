// SPDX-License-Identifier: Apache-2.0
#include "lexicon.h"

namespace riderport::ime {

Lexicon Lexicon::fromTsv(const QByteArray &tsv)
{
    Lexicon lexicon;
    for (const QByteArray &line : tsv.split('\n')) {
        const qsizetype tab = line.indexOf('\t');
        if (line.startsWith('#') || tab <= 0)
            continue;
        lexicon.m_words[QString::fromUtf8(line.left(tab))].append(
                QString::fromUtf8(line.mid(tab + 1)).trimmed());
    }
    return lexicon;
}

QStringList Lexicon::wordsFor(const QString &letters) const
{
    QString key = letters;
    key.remove(u'\'');
    return m_words.value(key);
}

} // namespace riderport::ime
