// SPDX-License-Identifier: Apache-2.0
#include "gateway/upstreamvalues.h"

#include "domain/inputrules.h"
#include "domain/masking.h"

#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <cmath>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxFen = 10'000'000'000'000; // a hundred thousand million yuan
constexpr qint64 kMaxCount = 1'000'000;
constexpr qsizetype kMaxText = 200;
constexpr qsizetype kMaxMonths = 700;
constexpr int kChinaOffset = 8 * 3600; // no daylight saving time since 1991

// Numbers as the digits that were sent: the shortest decimal text that is this number.
QString digitsOf(const QJsonValue &value)
{
    if (value.isString())
        return value.toString().trimmed();
    if (!value.isDouble())
        return {};
    const QVariant variant = value.toVariant();
    if (variant.typeId() == QMetaType::LongLong)
        return QString::number(variant.toLongLong());
    return QString::number(value.toDouble(), 'f', QLocale::FloatingPointShortest);
}

std::optional<qint64> integerOf(const QJsonValue &value, qint64 min, qint64 max)
{
    bool ok = false;
    const qint64 number = digitsOf(value).toLongLong(&ok);
    if (!ok || number < min || number > max)
        return std::nullopt;
    return number;
}

QString cleanText(const QString &text)
{
    QString result;
    for (const QChar c : text.left(kMaxText)) {
        if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            result += c;
    }
    return result.simplified();
}

QString monthOf(const QJsonValue &value)
{
    QString text = digitsOf(value);
    if (text.size() == 7 && text[4] == u'-')
        text.remove(4, 1);
    const int month = domain::monthFromText(text);
    return month >= 190001 && month <= 210012 ? text : QString();
}

QJsonValue monthsOf(const QJsonValue &value)
{
    QJsonArray items = value.toArray();
    if (value.isString()) {
        for (const QString &item : value.toString().split(u',', Qt::SkipEmptyParts))
            items.append(item.trimmed());
    } else if (!value.isArray()) {
        return QJsonValue::Undefined;
    }
    QJsonArray months;
    for (const QJsonValue &item : items) {
        const QString month = monthOf(item);
        if (!month.isEmpty() && months.size() < kMaxMonths)
            months.append(month);
    }
    return months;
}

QJsonValue dateOf(const QString &text)
{
    QDate date = QDate::fromString(text, Qt::ISODate);
    if (!date.isValid())
        date = QDate::fromString(text, u"yyyyMMdd"_s);
    return date.isValid() ? QJsonValue(date.toString(Qt::ISODate)) : QJsonValue::Undefined;
}

QJsonValue codeOf(const QJsonValue &value)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9_.-]{1,40}\\z"_s);
    const QString text = digitsOf(value);
    return shape.match(text).hasMatch() ? QJsonValue(text) : QJsonValue::Undefined;
}

QJsonValue flagOf(const QJsonValue &value)
{
    if (value.isBool())
        return value;
    const QString text = digitsOf(value);
    if (text == "1"_L1 || text == "0"_L1)
        return text == "1"_L1;
    return QJsonValue::Undefined;
}

QString maskedEmployer(const QString &employer)
{
    // First two and last two characters of the name proper; a bracketed remark is no name.
    QString name = employer;
    if (const qsizetype bracket = name.indexOf(u'（'); bracket > 0)
        name.truncate(bracket);
    if (name.size() <= 4)
        return name.left(1) + u"***"_s;
    return name.left(2) + u"***"_s + name.right(2);
}

} // namespace

std::optional<qint64> fenFromYuan(const QString &yuan)
{
    static const QRegularExpression shape(u"\\A(-?)([0-9]{1,12})(?:\\.([0-9]{1,2}))?\\z"_s);
    const auto match = shape.match(yuan);
    if (!match.hasMatch())
        return std::nullopt;
    const qint64 fen = match.captured(2).toLongLong() * 100 +
                       match.captured(3).leftJustified(2, u'0').toLongLong();
    if (fen > kMaxFen)
        return std::nullopt;
    return match.captured(1).isEmpty() ? fen : -fen;
}

QJsonValue normalisedValue(ValueRule::As as, const QJsonValue &value)
{
    const auto numberOr = [](const std::optional<qint64> &number) {
        return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Undefined);
    };
    switch (as) {
    case ValueRule::As::Text: {
        const QString text = cleanText(value.toString());
        return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
    }
    case ValueRule::As::Code:
        return codeOf(value);
    case ValueRule::As::Month: {
        const QString month = monthOf(value);
        return month.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(month);
    }
    case ValueRule::As::Months:
        return monthsOf(value);
    case ValueRule::As::Date:
        return dateOf(digitsOf(value));
    case ValueRule::As::Count:
        return numberOr(integerOf(value, 0, kMaxCount));
    case ValueRule::As::Fen:
        return numberOr(integerOf(value, -kMaxFen, kMaxFen));
    case ValueRule::As::Yuan:
        return numberOr(fenFromYuan(digitsOf(value)));
    case ValueRule::As::Flag:
        return flagOf(value);
    }
    return QJsonValue::Undefined;
}

QDateTime momentFromUpstream(const QString &text)
{
    QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (moment.isValid() && moment.timeSpec() != Qt::LocalTime)
        return moment.toUTC();
    for (const auto &format : {u"yyyy-MM-dd HH:mm:ss"_s, u"yyyyMMddHHmmss"_s}) {
        moment = QDateTime::fromString(text, format);
        if (moment.isValid())
            return QDateTime(moment.date(), moment.time(), Qt::OffsetFromUTC, kChinaOffset).toUTC();
    }
    return {};
}

QString masked(ValueRule::Mask mask, const QString &text)
{
    switch (mask) {
    case ValueRule::Mask::None:
        return text;
    case ValueRule::Mask::Name:
        return domain::maskName(text);
    case ValueRule::Mask::IdNumber:
        return domain::maskIdNumber(text);
    case ValueRule::Mask::Mobile:
        return domain::maskMobile(text);
    case ValueRule::Mask::Account:
        return domain::maskAccount(text);
    case ValueRule::Mask::BankCard:
        return domain::maskBankCard(text);
    case ValueRule::Mask::Employer:
        return maskedEmployer(text);
    }
    return {};
}

QJsonValue valueAt(const QJsonObject &object, const QString &path)
{
    QJsonValue value(object);
    for (const QString &key : path.split(u'.', Qt::SkipEmptyParts))
        value = value.toObject().value(key);
    return value;
}

} // namespace riderport::district
