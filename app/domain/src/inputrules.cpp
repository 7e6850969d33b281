// SPDX-License-Identifier: Apache-2.0
#include "domain/inputrules.h"

#include "domain/sampleperson.h"

#include <QRegularExpression>

#include <array>

namespace riderport::domain {

using namespace Qt::StringLiterals;
using Input = ServiceDescriptor::Input;

namespace {

constexpr int kFirstMonth = 199001;
constexpr int kMonthsAhead = 12;
constexpr qsizetype kMaxText = 500;

int monthOf(QDate day)
{
    return day.year() * 100 + day.month();
}

bool isOption(const Input &input, const QString &value)
{
    return std::any_of(input.options.begin(), input.options.end(),
                       [&value](const auto &option) { return option.value == value; });
}

LocalText choiceError(const Input &input, const QString &value)
{
    const LocalText message{u"请从列出的选项里选"_s, u"Choose from the list"_s};
    if (input.type == Input::Type::Choice)
        return isOption(input, value) ? LocalText{} : message;
    QStringList seen;
    for (const QString &one : value.split(u',')) {
        if (!isOption(input, one) || seen.contains(one))
            return message;
        seen.append(one);
    }
    return {};
}

LocalText monthError(const QString &value, QDate today)
{
    const int month = monthFromText(value);
    if (month == 0)
        return {u"月份不对"_s, u"This is not a month"_s};
    if (month < kFirstMonth)
        return {u"最早从1990年1月开始"_s, u"Not before January 1990"_s};
    if (month > addMonths(monthOf(today), kMonthsAhead))
        return {u"月份太晚了"_s, u"This month is too far ahead"_s};
    return {};
}

LocalText textError(const Input &input, const QString &value)
{
    const qsizetype limit = input.maxLength > 0 ? input.maxLength : kMaxText;
    if (value.size() > limit)
        return {u"最多%1个字"_s.arg(limit), u"At most %1 characters"_s.arg(limit)};
    for (const QChar c : value) {
        // Markup is refused rather than stripped: what is shown must be what was typed.
        if ((c.category() == QChar::Other_Control && c != u'\n') || c == u'<' || c == u'>')
            return {u"有不能用的字符"_s, u"Some characters cannot be used"_s};
    }
    return {};
}

LocalText idNumberError(const QString &value, QDate today)
{
    static const QRegularExpression shape(u"\\A[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])"
                                          "(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]\\z"_s);
    if (value.size() != 18)
        return {u"证件号应是18位"_s, u"The number has 18 characters"_s};
    if (!shape.match(value).hasMatch())
        return {u"证件号格式不对"_s, u"The number has the wrong form"_s};
    const QDate birth = QDate::fromString(value.mid(6, 8), u"yyyyMMdd"_s);
    if (!birth.isValid() || birth < QDate(1900, 1, 1) || birth > today)
        return {u"证件号里的出生日期不对"_s, u"The date of birth in the number is wrong"_s};
    if (idNumberCheckCharacter(value) != value[17])
        return {u"证件号最后一位对不上"_s, u"The last character does not match"_s};
    return {};
}

LocalText patternError(const QString &value)
{
    static const QRegularExpression mobile(u"\\A1[3-9][0-9]{9}\\z"_s);
    if (mobile.match(value).hasMatch())
        return {};
    return {u"手机号应是11位"_s, u"A mobile number has 11 digits"_s};
}

LocalText amountError(const QString &value)
{
    static const QRegularExpression amount(u"\\A[0-9]{1,8}(\\.[0-9]{1,2})?\\z"_s);
    static const QRegularExpression zero(u"\\A[0.]+\\z"_s);
    if (amount.match(value).hasMatch() && !zero.match(value).hasMatch())
        return {};
    return {u"金额不对，最多两位小数"_s, u"Not an amount; at most two decimals"_s};
}

LocalText dateError(const QString &value)
{
    if (value.size() == 10 && QDate::fromString(value, Qt::ISODate).isValid())
        return {};
    return {u"日期不对"_s, u"This is not a date"_s};
}

LocalText valueError(const Input &input, const QString &value, QDate today)
{
    switch (input.type) {
    case Input::Type::Choice:
    case Input::Type::ChoiceSet:
        return choiceError(input, value);
    case Input::Type::Month:
        return monthError(value, today);
    case Input::Type::Text:
        return textError(input, value);
    case Input::Type::IdNumber:
        return idNumberError(value, today);
    case Input::Type::Mobile:
        return patternError(value);
    case Input::Type::Amount:
        return amountError(value);
    case Input::Type::Date:
        return dateError(value);
    }
    return {};
}

} // namespace

int monthFromText(const QString &text)
{
    static const QRegularExpression shape(u"\\A[1-9][0-9]{3}(0[1-9]|1[0-2])\\z"_s);
    return shape.match(text).hasMatch() ? text.toInt() : 0;
}

int addMonths(int month, int count)
{
    const int months = month / 100 * 12 + month % 100 - 1 + count;
    return months / 12 * 100 + months % 12 + 1;
}

int monthSpan(int from, int to)
{
    return (to / 100 - from / 100) * 12 + to % 100 - from % 100 + 1;
}

LocalText monthText(int month)
{
    static constexpr std::array kNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const int year = month / 100;
    const int number = month % 100;
    return {u"%1年%2月"_s.arg(year).arg(number),
            QLatin1String(kNames[size_t(number - 1)]) + u" %1"_s.arg(year)};
}

QMap<QString, QString> defaultInputs(const ServiceDescriptor &descriptor, QDate today)
{
    static const QRegularExpression relative(u"\\Atoday(?:-([0-9]{1,3})m)?\\z"_s);
    QMap<QString, QString> values;
    for (const Input &input : descriptor.inputs) {
        QString value = input.defaultValue;
        const auto match = relative.match(value);
        if (input.type == Input::Type::Month && match.hasMatch())
            value = QString::number(addMonths(monthOf(today), -match.captured(1).toInt()));
        values.insert(input.key, value);
    }
    return values;
}

QMap<QString, LocalText> inputErrors(const ServiceDescriptor &descriptor,
                                     const QMap<QString, QString> &values, QDate today)
{
    QMap<QString, LocalText> errors;
    QStringList known;
    for (const Input &input : descriptor.inputs) {
        known.append(input.key);
        const QString value = values.value(input.key);
        LocalText error;
        if (!value.isEmpty())
            error = valueError(input, value, today);
        else if (input.required)
            error = {u"请填写"_s, u"Required"_s};
        if (!error.isEmpty())
            errors.insert(input.key, error);
    }
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (!known.contains(it.key()))
            errors.insert(it.key(), {u"没有这一项"_s, u"There is no such input"_s});
    }
    for (const auto &rule : descriptor.monthRanges) {
        const int from = monthFromText(values.value(rule.fromKey));
        const int to = monthFromText(values.value(rule.toKey));
        if (from == 0 || to == 0 || errors.contains(rule.fromKey) || errors.contains(rule.toKey))
            continue;
        const int span = monthSpan(from, to);
        if (span < 1 || span > rule.maxMonths)
            errors.insert(rule.fromKey, rule.message);
    }
    return errors;
}

} // namespace riderport::domain
