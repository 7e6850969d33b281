// SPDX-License-Identifier: Apache-2.0
#include "services/resultrenderer.h"

#include "domain/inputrules.h"

#include <QJsonArray>
#include <QVariant>

#include <cmath>

namespace riderport::services {

using namespace Qt::StringLiterals;
using domain::LocalText;
using Descriptor = domain::ServiceDescriptor;

namespace {

constexpr qsizetype kMaxObjects = 2000;
constexpr double kMaxExactDouble = 9007199254740992.0; // 2^53

std::optional<qint64> integerOf(const QJsonValue &value)
{
    if (!value.isDouble())
        return std::nullopt;
    const QVariant variant = value.toVariant();
    if (variant.typeId() == QMetaType::LongLong)
        return variant.toLongLong();
    const double real = value.toDouble();
    if (std::abs(real) > kMaxExactDouble || std::floor(real) != real)
        return std::nullopt;
    return qint64(real);
}

LocalText both(const QString &text)
{
    return {text, text};
}

int monthOf(const QJsonValue &value)
{
    return domain::monthFromText(value.isDouble() ? QString::number(value.toInteger())
                                                  : value.toString());
}

LocalText monthListText(const QJsonValue &value)
{
    QStringList zh;
    QStringList en;
    const QJsonArray months = value.toArray();
    for (const QJsonValue &item : months) {
        const int month = monthOf(item);
        if (month == 0)
            continue;
        const LocalText text = domain::monthText(month);
        zh.append(text.zh);
        en.append(text.en);
    }
    return {zh.join(u'、'), en.join(u", "_s)};
}

LocalText countText(const Descriptor::Field &field, qint64 count)
{
    const QString number = QString::number(count);
    const QString space = field.unit.en.isEmpty() ? QString() : u" "_s;
    return {number + field.unit.zh, number + space + field.unit.en};
}

LocalText enumText(const Descriptor::Field &field, const QJsonValue &value)
{
    const auto number = integerOf(value);
    const QString code = number ? QString::number(*number) : value.toString().left(40);
    if (code.isEmpty())
        return {};
    const auto label = field.labels.constFind(code);
    if (label != field.labels.constEnd())
        return *label;
    return {u"其他(%1)"_s.arg(code), u"Other (%1)"_s.arg(code)};
}

LocalText percentText(qint64 basisPoints)
{
    const qint64 rest = std::abs(basisPoints % 100);
    QString text = QString(basisPoints < 0 ? u"-"_s : QString()) +
                   QString::number(std::abs(basisPoints / 100));
    if (rest != 0) {
        text += u'.' + QString::number(rest).rightJustified(2, u'0');
        if (text.endsWith(u'0'))
            text.chop(1);
    }
    return both(text + u'%');
}

LocalText dateText(const QString &value)
{
    const QDate date = QDate::fromString(value, Qt::ISODate);
    if (!date.isValid())
        return {};
    const LocalText month = domain::monthText(date.year() * 100 + date.month());
    return {month.zh + u"%1日"_s.arg(date.day()), u"%1 "_s.arg(date.day()) + month.en};
}

// Every object the path leads to, in order; arrays are walked.
void collect(const QJsonValue &value, const QStringList &path, qsizetype depth,
             QList<QJsonObject> &found)
{
    if (found.size() >= kMaxObjects)
        return;
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            collect(item, path, depth, found);
        return;
    }
    if (!value.isObject())
        return;
    if (depth == path.size())
        found.append(value.toObject());
    else
        collect(value.toObject().value(path.at(depth)), path, depth + 1, found);
}

ResultValue valueOf(const Descriptor::Field &field, const QJsonObject &object)
{
    ResultValue value{field.key, field.label, fieldText(field, object.value(field.key)),
                      field.hiddenUntilTouched, false};
    value.attention = field.attention && !value.text.isEmpty();
    return value;
}

void appendBlocks(const Descriptor::Section &section, const QList<QJsonObject> &objects,
                  ServiceResult &result)
{
    for (const QJsonObject &object : objects) {
        ResultSection block{section.kind, section.title, {}, {}};
        for (const auto &field : section.fields) {
            const ResultValue value = valueOf(field, object);
            if (field.key == section.titleKey)
                block.title = value.text;
            else if (!value.text.isEmpty())
                block.fields.append(value);
        }
        if (!block.fields.isEmpty())
            result.sections.append(block);
    }
}

void appendTable(const Descriptor::Section &section, const QList<QJsonObject> &objects,
                 ServiceResult &result)
{
    ResultSection table{section.kind, section.title, {}, {}};
    for (const QJsonObject &object : objects) {
        QList<ResultValue> row;
        for (const auto &field : section.fields)
            row.append(valueOf(field, object));
        table.rows.append(row);
    }
    if (!table.rows.isEmpty())
        result.sections.append(table);
}

base::ErrorKind kindOf(const QString &code)
{
    if (code == "UPSTREAM_DOWN"_L1 || code == "OUT_OF_WINDOW"_L1)
        return base::ErrorKind::Unavailable;
    if (code == "TIMEOUT"_L1)
        return base::ErrorKind::Timeout;
    if (code == "RATE_LIMITED"_L1)
        return base::ErrorKind::RateLimited;
    if (code == "NOT_ENROLLED"_L1)
        return base::ErrorKind::NotFound;
    return base::ErrorKind::Invalid;
}

} // namespace

QString moneyText(qint64 fen)
{
    // The magnitude of the smallest value does not fit into qint64.
    const quint64 magnitude = fen < 0 ? 0 - quint64(fen) : quint64(fen);
    QString yuan = QString::number(magnitude / 100);
    for (qsizetype i = yuan.size() - 3; i > 0; i -= 3)
        yuan.insert(i, u',');
    return QString(fen < 0 ? u"-¥"_s : u"¥"_s) + yuan + u'.' +
           QString::number(magnitude % 100).rightJustified(2, u'0');
}

LocalText fieldText(const Descriptor::Field &field, const QJsonValue &value)
{
    using Format = Descriptor::Format;
    switch (field.format) {
    case Format::Text:
        return both(value.toString().left(500));
    case Format::Month: {
        const int month = monthOf(value);
        return month == 0 ? LocalText{} : domain::monthText(month);
    }
    case Format::MonthList:
        return monthListText(value);
    case Format::Date:
        return dateText(value.toString());
    case Format::Money:
    case Format::Count:
    case Format::Percent: {
        const auto number = integerOf(value);
        if (!number)
            return {};
        if (field.format == Format::Money)
            return both(moneyText(*number));
        return field.format == Format::Count ? countText(field, *number) : percentText(*number);
    }
    case Format::Enum:
        return enumText(field, value);
    case Format::YesNo:
        if (!value.isBool())
            return {};
        return value.toBool() ? LocalText{u"是"_s, u"Yes"_s} : LocalText{u"否"_s, u"No"_s};
    }
    return {};
}

base::Result<ServiceResult> renderAnswer(const Descriptor &descriptor, const QJsonObject &answer)
{
    const QString code = answer.value(u"code"_s).toString();
    if (code.isEmpty() || code.size() > 40)
        return base::Error{base::ErrorKind::Corrupt, u"answer.invalid"_s, u"no code"_s};
    if (code != "OK"_L1)
        return base::Error{kindOf(code), code, {}};
    const QJsonValue data = answer.value(u"data"_s);
    if (!data.isObject())
        return base::Error{base::ErrorKind::Corrupt, u"answer.invalid"_s, u"no data"_s};

    ServiceResult result;
    result.dataAsOf =
            QDateTime::fromString(answer.value(u"data_as_of"_s).toString(), Qt::ISODateWithMs)
                    .toUTC();
    result.sourceSystem = answer.value(u"source_system"_s).toString().left(80);
    result.traceId = answer.value(u"trace_id"_s).toString().left(80);
    // Whoever does not say that the data is real shows the badge.
    result.demo = answer.value(u"demo"_s).toBool(true);
    result.noticeCode = answer.value(u"notice"_s).toString().left(40);
    for (const auto &section : descriptor.sections) {
        QList<QJsonObject> objects;
        collect(data, section.source.split(u'.', Qt::SkipEmptyParts), 0, objects);
        if (section.kind == Descriptor::Section::Kind::Table)
            appendTable(section, objects, result);
        else
            appendBlocks(section, objects, result);
    }
    return result;
}

} // namespace riderport::services
