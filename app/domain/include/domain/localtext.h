// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QString>

namespace riderport::domain {

enum class Language { Chinese, English };

/// BCP 47 tag of a language: "zh-CN" or "en".
[[nodiscard]] QString languageTag(Language language);

/// A text that came as data (descriptor, notice, station) in both languages of the product.
struct LocalText
{
    QString zh;
    QString en;

    [[nodiscard]] const QString &in(Language language) const
    {
        return language == Language::English && !en.isEmpty() ? en : zh;
    }
    [[nodiscard]] bool isEmpty() const { return zh.isEmpty() && en.isEmpty(); }
    friend bool operator==(const LocalText &, const LocalText &) = default;
};

/// Reads {"zh":"…","en":"…"}; both must be present, not empty and at most maxLength characters.
/// Error code text.invalid with the offending part in `detail`.
[[nodiscard]] base::Result<LocalText> localTextFromJson(const QJsonValue &value,
                                                        qsizetype maxLength = 2000);

} // namespace riderport::domain
