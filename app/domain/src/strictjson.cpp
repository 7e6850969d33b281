// SPDX-License-Identifier: Apache-2.0
#include "strictjson.h"

#include <QRegularExpression>

#include <cmath>

namespace riderport::domain {

using namespace Qt::StringLiterals;

void StrictJsonFailure::report(const QString &path, const QString &reason)
{
    if (!error) {
        error = base::Error{base::ErrorKind::Invalid, u"descriptor.field"_s,
                            QString(path + u": "_s + reason).left(300)};
    }
}

StrictJson::StrictJson(QJsonObject object, QString path, StrictJsonFailure &failure)
    : m_object(std::move(object))
    , m_path(std::move(path))
    , m_failure(failure)
{}

void StrictJson::fail(const QString &key, const QString &reason)
{
    m_failure.report(m_path.isEmpty() ? key : m_path + u'.' + key, reason);
}

QJsonValue StrictJson::value(const QString &key)
{
    m_read.append(key);
    return m_object.value(key);
}

bool StrictJson::has(const QString &key)
{
    return m_object.contains(key);
}

QString StrictJson::text(const QString &key, const QRegularExpression &pattern)
{
    const QJsonValue found = value(key);
    if (!found.isString()) {
        fail(key, u"not a string"_s);
        return {};
    }
    QString result = found.toString();
    if (!pattern.match(result).hasMatch()) {
        fail(key, u"does not match "_s + pattern.pattern());
        return {};
    }
    return result;
}

QString StrictJson::optionalText(const QString &key, const QRegularExpression &pattern)
{
    return has(key) ? text(key, pattern) : QString();
}

int StrictJson::integer(const QString &key, int min, int max)
{
    const QJsonValue found = value(key);
    const double number = found.toDouble();
    if (!found.isDouble() || std::floor(number) != number || number < min || number > max) {
        fail(key, u"not an integer from %1 to %2"_s.arg(min).arg(max));
        return min;
    }
    return int(number);
}

int StrictJson::optionalInteger(const QString &key, int min, int max, int fallback)
{
    return has(key) ? integer(key, min, max) : fallback;
}

bool StrictJson::optionalFlag(const QString &key, bool fallback)
{
    const QJsonValue found = value(key);
    if (!found.isUndefined() && !found.isBool())
        fail(key, u"not true or false"_s);
    return found.toBool(fallback);
}

LocalText StrictJson::local(const QString &key, qsizetype maxLength)
{
    const QJsonValue found = value(key);
    StrictJson inner = child(found, key);
    inner.m_read = {u"zh"_s, u"en"_s};
    inner.finish();
    const auto result = localTextFromJson(found, maxLength);
    if (!result) {
        fail(key, result.error().detail);
        return {};
    }
    return *result;
}

LocalText StrictJson::optionalLocal(const QString &key, qsizetype maxLength)
{
    return has(key) ? local(key, maxLength) : LocalText{};
}

QList<LocalText> StrictJson::locals(const QString &key, qsizetype maxItems)
{
    QList<LocalText> result;
    const QJsonArray items = array(key, maxItems);
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString name = key + u"[%1]"_s.arg(i);
        StrictJson inner = child(items[i], name);
        inner.m_read = {u"zh"_s, u"en"_s};
        inner.finish();
        const auto text = localTextFromJson(items[i]);
        if (text)
            result.append(*text);
        else
            fail(name, text.error().detail);
    }
    return result;
}

QJsonObject StrictJson::object(const QString &key)
{
    const QJsonValue found = value(key);
    if (!found.isUndefined() && !found.isObject())
        fail(key, u"not an object"_s);
    return found.toObject();
}

QJsonArray StrictJson::array(const QString &key, qsizetype maxItems)
{
    const QJsonValue found = value(key);
    if (!found.isUndefined() && !found.isArray())
        fail(key, u"not an array"_s);
    if (found.toArray().size() > maxItems) {
        fail(key, u"more than %1 items"_s.arg(maxItems));
        return {};
    }
    return found.toArray();
}

StrictJson StrictJson::child(const QJsonValue &childValue, const QString &name)
{
    if (!childValue.isObject())
        fail(name, u"not an object"_s);
    return {childValue.toObject(), m_path.isEmpty() ? name : m_path + u'.' + name, m_failure};
}

QStringList StrictJson::strings(const QString &key, qsizetype maxItems, qsizetype maxLength)
{
    QStringList result;
    const QJsonArray items = array(key, maxItems);
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString item = items[i].toString();
        if (item.isEmpty() || item.size() > maxLength)
            fail(key + u"[%1]"_s.arg(i), u"not a short text"_s);
        result.append(item);
    }
    return result;
}

void StrictJson::finish()
{
    for (auto it = m_object.begin(); it != m_object.end(); ++it) {
        if (!m_read.contains(it.key()))
            fail(it.key(), u"unknown key"_s);
    }
}

} // namespace riderport::domain
