// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace riderport::ime {

/// The product's own words (resources/lexicon/words.tsv), looked up by the whole pinyin typed.
class Lexicon
{
public:
    /// Reads "pinyin TAB word" lines; anything else is skipped.
    static Lexicon fromTsv(const QByteArray &tsv);
    /// Words for exactly these letters (apostrophes ignored), in file order.
    [[nodiscard]] QStringList wordsFor(const QString &letters) const;

private:
    QHash<QString, QStringList> m_words;
};

} // namespace riderport::ime
