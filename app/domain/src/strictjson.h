// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "domain/localtext.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <optional>

class QRegularExpression;

namespace riderport::domain {

/// The first thing wrong with a descriptor, shared by all readers of one parse.
struct StrictJsonFailure
{
    std::optional<base::Error> error;

    void report(const QString &path, const QString &reason);
};

/// Reads one object of a descriptor, knows where it is, and refuses keys nobody asked for. Keys
/// have to be read before finish() is called.
class StrictJson
{
public:
    StrictJson(QJsonObject object, QString path, StrictJsonFailure &failure);

    [[nodiscard]] bool has(const QString &key);
    [[nodiscard]] QString text(const QString &key, const QRegularExpression &pattern);
    [[nodiscard]] QString optionalText(const QString &key, const QRegularExpression &pattern);
    [[nodiscard]] int integer(const QString &key, int min, int max);
    [[nodiscard]] int optionalInteger(const QString &key, int min, int max, int fallback);
    [[nodiscard]] bool optionalFlag(const QString &key, bool fallback);
    [[nodiscard]] LocalText local(const QString &key, qsizetype maxLength);
    [[nodiscard]] LocalText optionalLocal(const QString &key, qsizetype maxLength);
    [[nodiscard]] QList<LocalText> locals(const QString &key, qsizetype maxItems);
    [[nodiscard]] QJsonObject object(const QString &key);

    /// The value of `words` under the text found; a missing key counts as wrong.
    template<typename Enum>
    [[nodiscard]] Enum word(const QString &key, const QHash<QString, Enum> &words)
    {
        const QString found = value(key).toString();
        if (!words.contains(found))
            fail(key, QStringLiteral("unknown word"));
        return words.value(found);
    }

    /// Calls `each(StrictJson &item)` for every object of an array; an absent key is an empty
    /// array. The items are finished here.
    template<typename Each>
    void objects(const QString &key, qsizetype maxItems, Each &&each)
    {
        const QJsonArray items = array(key, maxItems);
        for (qsizetype i = 0; i < items.size(); ++i) {
            StrictJson item = child(items[i], key + QStringLiteral("[%1]").arg(i));
            each(item);
            item.finish();
        }
    }

    [[nodiscard]] StrictJson child(const QJsonValue &value, const QString &name);
    [[nodiscard]] QStringList strings(const QString &key, qsizetype maxItems, qsizetype maxLength);
    void fail(const QString &key, const QString &reason);
    /// Reports the first key that was never read.
    void finish();

private:
    [[nodiscard]] QJsonValue value(const QString &key);
    [[nodiscard]] QJsonArray array(const QString &key, qsizetype maxItems);

    QJsonObject m_object;
    QString m_path;
    StrictJsonFailure &m_failure;
    QStringList m_read;
};

} // namespace riderport::domain
