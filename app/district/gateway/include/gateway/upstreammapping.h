// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHash>
#include <QJsonObject>
#include <QMap>
#include <QStringList>
#include <QTime>

#include <map>
#include <optional>

namespace riderport::district {

/// The `upstream` part of a service descriptor, checked: which bureaus can answer, what they are
/// told, and how their answer becomes ours. app/docs/SERVICES.md explains the words.

struct ValueRule
{
    enum class As { Text, Code, Month, Months, Date, Count, Fen, Yuan, Flag };
    enum class Mask { None, Name, IdNumber, Mobile, Account, BankCard, Employer };

    QString from; ///< path in the upstream's object
    QString up;   ///< or: key of the enclosing object of ours
    As as = As::Text;
    Mask mask = Mask::None;
    bool required = false;
    QString same;       ///< "subject.id_number", "subject.name": has to be the person asked about
    QString among;      ///< input whose comma list must hold the value, or the object is dropped
    QStringList within; ///< two month inputs between which it must lie, or the object is dropped
};

struct ObjectRule;

struct ListRule
{
    QString path;
    int max = 100;
    std::shared_ptr<const ObjectRule> of;
};

struct ObjectRule
{
    /// Values before lists, so that an inner object finds what it takes from above.
    QMap<QString, ValueRule> values;
    std::map<QString, ListRule> lists;
};

struct CodeRule
{
    QString code;     ///< as the upstream writes it
    QString contains; ///< piece of its message; empty = any
    QString to;       ///< our code
};

struct UpstreamSource
{
    QString family; ///< "A" data sharing, "B" API gateway
    QString system;
    QString service;
    QByteArray path;
    QTime opens{0, 0};              ///< Asia/Shanghai
    QTime closes;                   ///< invalid = open all day
    QMap<QString, QString> request; ///< their key → "subject.…" or "params.…"
    QString codePath;
    QStringList okCodes;
    QString messagePath;
    QString asOfPath;
    QList<CodeRule> codes;
    ObjectRule data;
};

/// Something said about a result that is shown all the same.
struct NoticeRule
{
    QString code;
    QString nonEmpty; ///< path in our data where some list has to have content
    QString several;  ///< path of a list with more than one element
    int olderThanHours = 0;
};

struct UpstreamOperation
{
    QList<UpstreamSource> sources; ///< in order; a later one stands in when the earlier is down
    QList<NoticeRule> notices;     ///< the first that fits is reported
    QString emptyPath;             ///< when no object is there …
    QString emptyCode;             ///< … this is the answer
};

/// Operations by name. Code mapping.invalid (detail = path and reason) for unknown keys or words.
[[nodiscard]] base::Result<QHash<QString, UpstreamOperation>>
parseUpstream(const QJsonObject &upstream);

} // namespace riderport::district
