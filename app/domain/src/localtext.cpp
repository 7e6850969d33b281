// SPDX-License-Identifier: Apache-2.0
#include "domain/localtext.h"

#include <QJsonObject>

namespace riderport::domain {

using namespace Qt::StringLiterals;

QString languageTag(Language language)
{
    return language == Language::English ? u"en"_s : u"zh-CN"_s;
}

base::Result<LocalText> localTextFromJson(const QJsonValue &value, qsizetype maxLength)
{
    const QJsonObject object = value.toObject();
    LocalText text{object.value(u"zh"_s).toString(), object.value(u"en"_s).toString()};
    if (text.zh.isEmpty() || text.en.isEmpty())
        return base::Error{base::ErrorKind::Invalid, u"text.invalid"_s,
                           u"zh and en are both required"_s};
    if (text.zh.size() > maxLength || text.en.size() > maxLength)
        return base::Error{base::ErrorKind::Invalid, u"text.invalid"_s, u"too long"_s};
    return text;
}

} // namespace riderport::domain
