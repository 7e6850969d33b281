// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace riderport::base {

/// Parses one JSON object from outside. Refuses input above maxBytes before parsing, nesting above
/// maxDepth, a byte order mark, invalid UTF-8 and anything but an object at the top. Error codes:
/// json.too-large, json.depth, json.syntax, json.not-object.
[[nodiscard]] Result<QJsonObject> parseJsonObject(const QByteArray &bytes, qsizetype maxBytes,
                                                  int maxDepth = 32);

/// Reads fields of one object and remembers the first failure, so that a decoder reads as a list of
/// fields:
///   JsonReader in(object); auto seq = in.int64(u"seq"_s, 0, kMax); … if (auto e = in.error())
///   return *e;
/// Strings are bounded in length; integers must be exact. A missing or ill-typed field is
/// json.field with the name.
class JsonReader
{
public:
    explicit JsonReader(QJsonObject object)
        : m_object(std::move(object))
    {}

    [[nodiscard]] QString string(const QString &key, qsizetype maxLength);
    [[nodiscard]] QString optionalString(const QString &key, qsizetype maxLength);
    [[nodiscard]] qint64 int64(const QString &key, qint64 min, qint64 max);
    [[nodiscard]] qint64 optionalInt64(const QString &key, qint64 min, qint64 max, qint64 fallback);
    [[nodiscard]] bool boolean(const QString &key);
    [[nodiscard]] QJsonObject object(const QString &key);
    [[nodiscard]] QJsonArray array(const QString &key, qsizetype maxItems);
    [[nodiscard]] QByteArray base64(const QString &key, qsizetype maxBytes);

    /// The first thing that went wrong, if anything did.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    void fail(const QString &key, const QString &what);

    QJsonObject m_object;
    std::optional<Error> m_error;
};

} // namespace riderport::base
