// SPDX-License-Identifier: Apache-2.0
#include "gateway/answermapper.h"

#include "base/boundedjson.h"
#include "domain/inputrules.h"
#include "gateway/upstreamvalues.h"

#include <QJsonArray>
#include <QStringDecoder>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kMaxAnswer = 4 * 1024 * 1024;
constexpr qint64 kClockToleranceS = 600;
constexpr int kChinaOffset = 8 * 3600;

struct Mapping
{
    const AskedFor &asked;
    MappedAnswer &answer;
    std::optional<Error> error;

    void fail(const QString &code, const QString &detail)
    {
        if (!error)
            error = Error{ErrorKind::Corrupt, code, detail};
    }
};

bool isAbout(const ValueRule &rule, const QString &value, Mapping &mapping)
{
    if (rule.same == "subject.id_number"_L1) {
        if (value.compare(mapping.asked.idNumber, Qt::CaseInsensitive) == 0)
            return true;
        // Never shown to the wrong person, whatever the bureau sent it for.
        mapping.fail(u"upstream.foreign-person"_s, {});
        return false;
    }
    if (rule.same == "subject.name"_L1 && value != mapping.asked.name.simplified())
        mapping.answer.code = u"IDENTITY_MISMATCH"_s;
    return true;
}

bool isWanted(const ValueRule &rule, const QString &value, const Mapping &mapping)
{
    const QMap<QString, QString> &params = mapping.asked.params;
    if (!rule.among.isEmpty() && !params.value(rule.among).split(u',').contains(value))
        return false;
    if (rule.within.size() != 2)
        return true;
    const int month = domain::monthFromText(value);
    return month >= domain::monthFromText(params.value(rule.within[0])) &&
           month <= domain::monthFromText(params.value(rule.within[1]));
}

// Nothing when the object is not wanted.
std::optional<QJsonObject> mapObject(const ObjectRule &rule, const QJsonObject &theirs,
                                     const QJsonObject &enclosing, Mapping &mapping)
{
    QJsonObject ours;
    for (auto it = rule.values.begin(); it != rule.values.end(); ++it) {
        const ValueRule &value = it.value();
        const QJsonValue raw =
                value.up.isEmpty() ? valueAt(theirs, value.from) : enclosing.value(value.up);
        const QJsonValue normalised = normalisedValue(value.as, raw);
        if (normalised.isUndefined()) {
            if (value.required)
                mapping.fail(u"upstream.answer"_s, it.key() + u" missing or wrong"_s);
            else if (!raw.isUndefined() && !raw.isNull() && raw != QJsonValue(QString()))
                ++mapping.answer.droppedValues;
            continue;
        }
        const QString text = normalised.toString();
        if (!value.same.isEmpty() && !isAbout(value, text, mapping))
            return std::nullopt;
        if (!isWanted(value, text, mapping))
            return std::nullopt;
        ours.insert(it.key(),
                    normalised.isString() ? QJsonValue(masked(value.mask, text)) : normalised);
    }
    for (const auto &[key, list] : rule.lists) {
        QJsonArray items;
        const QJsonValue theirList = valueAt(theirs, list.path);
        if (!theirList.isUndefined() && !theirList.isNull() && !theirList.isArray())
            mapping.fail(u"upstream.answer"_s, key + u" is no list"_s);
        for (const QJsonValue &item : theirList.toArray()) {
            if (items.size() >= list.max || mapping.error)
                break;
            if (const auto object = mapObject(*list.of, item.toObject(), ours, mapping))
                items.append(*object);
        }
        ours.insert(key, items);
    }
    return ours;
}

// Every value the path leads to; arrays are walked.
void collect(const QJsonValue &value, const QStringList &path, qsizetype depth,
             QList<QJsonValue> &found)
{
    if (depth == path.size()) {
        found.append(value);
    } else if (value.isArray()) {
        for (const QJsonValue &item : value.toArray())
            collect(item, path, depth, found);
    } else {
        collect(value.toObject().value(path[depth]), path, depth + 1, found);
    }
}

qsizetype longestListAt(const QJsonObject &data, const QString &path)
{
    QList<QJsonValue> found;
    collect(data, path.split(u'.'), 0, found);
    qsizetype longest = 0;
    for (const QJsonValue &value : found)
        longest = std::max(longest, value.toArray().size());
    return longest;
}

QString noticeOf(const UpstreamOperation &operation, const MappedAnswer &answer,
                 const QDateTime &now)
{
    for (const NoticeRule &rule : operation.notices) {
        if ((!rule.nonEmpty.isEmpty() && longestListAt(answer.data, rule.nonEmpty) > 0) ||
            (!rule.several.isEmpty() && longestListAt(answer.data, rule.several) > 1) ||
            (rule.olderThanHours > 0 &&
             answer.asOf.secsTo(now) > qint64(rule.olderThanHours) * 3600))
            return rule.code;
    }
    return {};
}

QString codeText(const QJsonValue &value)
{
    return normalisedValue(ValueRule::As::Code, value).toString();
}

} // namespace

base::Result<QJsonObject> readUpstreamJson(const QByteArray &body, const QByteArray &contentType)
{
    if (body.size() > kMaxAnswer)
        return Error{ErrorKind::TooLarge, u"upstream.syntax"_s, u"too large"_s};
    const QByteArray type = contentType.toLower();
    QByteArray utf8 = body;
    const bool declared = type.contains("charset=gb");
    QStringDecoder strict(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString probe = strict(body);
    if (declared || strict.hasError()) {
        QStringDecoder chinese("GB18030");
        if (!chinese.isValid())
            return Error{ErrorKind::Internal, u"upstream.encoding"_s, u"no GB 18030 codec"_s};
        const QString text = chinese(body);
        if (chinese.hasError())
            return Error{ErrorKind::Corrupt, u"upstream.encoding"_s, {}};
        utf8 = text.toUtf8();
    }
    const auto object = base::parseJsonObject(utf8, kMaxAnswer * 2);
    if (!object)
        return Error{ErrorKind::Corrupt, u"upstream.syntax"_s, object.error().code};
    return *object;
}

base::Result<MappedAnswer> mapAnswer(const UpstreamOperation &operation,
                                     const UpstreamSource &source, const QJsonObject &answer,
                                     const AskedFor &asked)
{
    MappedAnswer mapped;
    const QString code = codeText(valueAt(answer, source.codePath));
    if (code.isEmpty())
        return Error{ErrorKind::Corrupt, u"upstream.answer"_s, u"no code"_s};
    if (!source.okCodes.contains(code)) {
        const QString message = valueAt(answer, source.messagePath).toString();
        mapped.code = u"UPSTREAM_DOWN"_s;
        for (const CodeRule &rule : source.codes) {
            if (rule.code == code && (rule.contains.isEmpty() || message.contains(rule.contains))) {
                mapped.code = rule.to;
                break;
            }
        }
        return mapped;
    }
    mapped.code = u"OK"_s;
    Mapping mapping{asked, mapped, {}};
    const auto data = mapObject(source.data, answer, {}, mapping);
    if (mapping.error)
        return *mapping.error;
    mapped.asOf = momentFromUpstream(valueAt(answer, source.asOfPath).toString());
    // A bureau cannot know the future; then the time of the answer is the honest one.
    if (!mapped.asOf.isValid() || asked.now.secsTo(mapped.asOf) > kClockToleranceS)
        mapped.asOf = asked.now;
    if (mapped.code != "OK"_L1)
        return mapped;
    mapped.data = data.value_or(QJsonObject());
    if (!operation.emptyPath.isEmpty() && longestListAt(mapped.data, operation.emptyPath) == 0) {
        mapped.code = operation.emptyCode;
        mapped.data = {};
        return mapped;
    }
    mapped.notice = noticeOf(operation, mapped, asked.now);
    return mapped;
}

qint64 secondsUntilOpen(const UpstreamSource &source, const QDateTime &now)
{
    const QTime time = now.toOffsetFromUtc(kChinaOffset).time();
    const int second = time.msecsSinceStartOfDay() / 1000;
    const int opens = source.opens.msecsSinceStartOfDay() / 1000;
    constexpr int kDay = 24 * 3600;
    const int closes = source.closes.isValid() ? source.closes.msecsSinceStartOfDay() / 1000 : kDay;
    if (second >= opens && second < closes)
        return 0;
    return second < opens ? opens - second : kDay - second + opens;
}

} // namespace riderport::district
