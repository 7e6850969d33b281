// SPDX-License-Identifier: Apache-2.0
#include "base/boundedjson.h"

#include <QJsonDocument>

#include <cmath>

namespace riderport::base {

using namespace Qt::StringLiterals;

namespace {

// Depth is measured on the raw bytes, before the parser recurses into them.
bool deeperThan(const QByteArray &bytes, int maxDepth)
{
    int depth = 0;
    bool inString = false;
    bool escaped = false;
    for (const char c : bytes) {
        if (inString) {
            if (escaped)
                escaped = false;
            else if (c == '\\')
                escaped = true;
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == '"')
            inString = true;
        else if (c == '{' || c == '[') {
            if (++depth > maxDepth)
                return true;
        } else if (c == '}' || c == ']')
            --depth;
    }
    return false;
}

constexpr double kMaxExactInteger = 9007199254740992.0; // 2^53: JSON numbers above it are not exact

} // namespace

Result<QJsonObject> parseJsonObject(const QByteArray &bytes, qsizetype maxBytes, int maxDepth)
{
    if (bytes.size() > maxBytes)
        return Error{ErrorKind::TooLarge, u"json.too-large"_s, QString::number(bytes.size())};
    if (deeperThan(bytes, maxDepth))
        return Error{ErrorKind::Invalid, u"json.depth"_s, {}};
    QJsonParseError parseError{};
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        return Error{ErrorKind::Invalid, u"json.syntax"_s,
                     u"offset %1: %2"_s.arg(parseError.offset).arg(parseError.errorString())};
    }
    if (!document.isObject())
        return Error{ErrorKind::Invalid, u"json.not-object"_s, {}};
    return document.object();
}

void JsonReader::fail(const QString &key, const QString &what)
{
    if (!m_error)
        m_error = Error{ErrorKind::Invalid, u"json.field"_s, key + u": "_s + what};
}

QString JsonReader::string(const QString &key, qsizetype maxLength)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isString()) {
        fail(key, u"not a string"_s);
        return {};
    }
    return optionalString(key, maxLength);
}

QString JsonReader::optionalString(const QString &key, qsizetype maxLength)
{
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined() || value.isNull())
        return {};
    if (!value.isString()) {
        fail(key, u"not a string"_s);
        return {};
    }
    QString text = value.toString();
    if (text.size() > maxLength) {
        fail(key, u"too long"_s);
        return {};
    }
    return text;
}

qint64 JsonReader::int64(const QString &key, qint64 min, qint64 max)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isDouble()) {
        fail(key, u"not a number"_s);
        return min;
    }
    // QJsonValue keeps 64-bit integers exactly when they were written as integers.
    const QVariant variant = value.toVariant();
    qint64 number = 0;
    if (variant.typeId() == QMetaType::LongLong) {
        number = variant.toLongLong();
    } else {
        const double real = value.toDouble();
        if (std::abs(real) > kMaxExactInteger || std::floor(real) != real) {
            fail(key, u"not an exact integer"_s);
            return min;
        }
        number = qint64(real);
    }
    if (number < min || number > max) {
        fail(key, u"out of range"_s);
        return min;
    }
    return number;
}

qint64 JsonReader::optionalInt64(const QString &key, qint64 min, qint64 max, qint64 fallback)
{
    const QJsonValue value = m_object.value(key);
    if (value.isUndefined() || value.isNull())
        return fallback;
    return int64(key, min, max);
}

bool JsonReader::boolean(const QString &key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isBool())
        fail(key, u"not a boolean"_s);
    return value.toBool();
}

QJsonObject JsonReader::object(const QString &key)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isObject())
        fail(key, u"not an object"_s);
    return value.toObject();
}

QJsonArray JsonReader::array(const QString &key, qsizetype maxItems)
{
    const QJsonValue value = m_object.value(key);
    if (!value.isArray()) {
        fail(key, u"not an array"_s);
        return {};
    }
    QJsonArray items = value.toArray();
    if (items.size() > maxItems) {
        fail(key, u"too many items"_s);
        return {};
    }
    return items;
}

QByteArray JsonReader::base64(const QString &key, qsizetype maxBytes)
{
    const QString text = string(key, maxBytes * 4 / 3 + 4);
    if (text.isEmpty())
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(text.toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() > maxBytes) {
        fail(key, u"not base64"_s);
        return {};
    }
    return decoded.decoded;
}

} // namespace riderport::base
