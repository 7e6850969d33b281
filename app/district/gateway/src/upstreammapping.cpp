// SPDX-License-Identifier: Apache-2.0
#include "gateway/upstreammapping.h"

#include <QJsonArray>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

const QHash<QString, ValueRule::As> kAs{
        {u"text"_s, ValueRule::As::Text},   {u"code"_s, ValueRule::As::Code},
        {u"month"_s, ValueRule::As::Month}, {u"months"_s, ValueRule::As::Months},
        {u"date"_s, ValueRule::As::Date},   {u"count"_s, ValueRule::As::Count},
        {u"fen"_s, ValueRule::As::Fen},     {u"yuan"_s, ValueRule::As::Yuan},
        {u"flag"_s, ValueRule::As::Flag}};
const QHash<QString, ValueRule::Mask> kMasks{
        {u"name"_s, ValueRule::Mask::Name},          {u"id_number"_s, ValueRule::Mask::IdNumber},
        {u"mobile"_s, ValueRule::Mask::Mobile},      {u"account"_s, ValueRule::Mask::Account},
        {u"bank_card"_s, ValueRule::Mask::BankCard}, {u"employer"_s, ValueRule::Mask::Employer}};
constexpr int kMaxDepth = 6;

// Reads one object of the mapping; the first problem stays.
class Part
{
public:
    Part(const QJsonValue &value, QString path, QString &problem)
        : m_object(value.toObject())
        , m_path(std::move(path))
        , m_problem(problem)
    {
        if (!value.isObject())
            fail(u"not an object"_s);
    }

    QString text(const QString &key, bool required = true)
    {
        const QJsonValue value = take(key);
        if ((required && value.toString().isEmpty()) || (!value.isUndefined() && !value.isString()))
            fail(key + u": not a text"_s);
        return value.toString();
    }
    int number(const QString &key, int fallback, int max)
    {
        const QJsonValue value = take(key);
        const int result = value.toInt(fallback);
        if ((!value.isUndefined() && !value.isDouble()) || result < 0 || result > max)
            fail(key + u": not a number in range"_s);
        return result;
    }
    bool flag(const QString &key) { return take(key).toBool(false); }
    bool has(const QString &key) const { return m_object.contains(key); }
    QJsonArray array(const QString &key)
    {
        const QJsonValue value = take(key);
        if (!value.isUndefined() && !value.isArray())
            fail(key + u": not an array"_s);
        return value.toArray();
    }
    QStringList texts(const QString &key)
    {
        QStringList result;
        const QJsonArray items = array(key);
        for (const QJsonValue &item : items)
            result.append(item.toString());
        return result;
    }
    Part part(const QString &key)
    {
        const QJsonValue value = take(key);
        return {value, m_path + u'.' + key, m_problem};
    }
    Part item(const QString &key, const QJsonValue &value)
    {
        return {value, m_path + u'.' + key, m_problem};
    }
    QStringList keys() const { return m_object.keys(); }
    void fail(const QString &reason)
    {
        if (m_problem.isEmpty())
            m_problem = m_path + u": "_s + reason;
    }
    void finish()
    {
        for (const QString &key : m_object.keys()) {
            if (!m_taken.contains(key))
                fail(u"unknown key "_s + key.left(40));
        }
    }

private:
    QJsonValue take(const QString &key)
    {
        m_taken.append(key);
        return m_object.value(key);
    }

    QJsonObject m_object;
    QString m_path;
    QString &m_problem;
    QStringList m_taken;
};

ValueRule readValue(Part in)
{
    ValueRule rule;
    rule.from = in.text(u"from"_s, false);
    rule.up = in.text(u"up"_s, false);
    if (rule.from.isEmpty() == rule.up.isEmpty())
        in.fail(u"one of from and up"_s);
    const QString as = in.text(u"as"_s);
    if (!kAs.contains(as))
        in.fail(u"as: unknown word"_s);
    rule.as = kAs.value(as);
    const QString mask = in.text(u"mask"_s, false);
    if (!mask.isEmpty() && !kMasks.contains(mask))
        in.fail(u"mask: unknown word"_s);
    rule.mask = kMasks.value(mask, ValueRule::Mask::None);
    if (rule.mask != ValueRule::Mask::None && rule.as != ValueRule::As::Text)
        in.fail(u"mask: only for text"_s);
    rule.required = in.flag(u"required"_s);
    rule.same = in.text(u"same"_s, false);
    if (!rule.same.isEmpty() && rule.same != "subject.name"_L1 &&
        rule.same != "subject.id_number"_L1)
        in.fail(u"same: unknown word"_s);
    rule.among = in.text(u"among"_s, false);
    rule.within = in.texts(u"within"_s);
    if (!rule.within.isEmpty() && (rule.within.size() != 2 || rule.as != ValueRule::As::Month))
        in.fail(u"within: two inputs, for a month"_s);
    in.finish();
    return rule;
}

ObjectRule readObject(Part in, int depth)
{
    ObjectRule rule;
    if (depth > kMaxDepth) {
        in.fail(u"nested too deep"_s);
        return rule;
    }
    for (const QString &key : in.keys()) {
        Part child = in.part(key);
        if (!child.has(u"list"_s)) {
            rule.values.insert(key, readValue(child));
            continue;
        }
        ListRule list;
        list.path = child.text(u"list"_s);
        list.max = child.number(u"max"_s, 100, 1000);
        list.of = std::make_shared<const ObjectRule>(readObject(child.part(u"of"_s), depth + 1));
        child.finish();
        rule.lists.emplace(key, std::move(list));
    }
    return rule;
}

QTime readTime(const QString &text)
{
    return text == "24:00"_L1 ? QTime() : QTime::fromString(text, u"HH:mm"_s);
}

void readAnswer(Part in, UpstreamSource &source)
{
    source.codePath = in.text(u"code"_s);
    source.okCodes = in.texts(u"ok"_s);
    if (source.okCodes.isEmpty())
        in.fail(u"ok: missing"_s);
    source.messagePath = in.text(u"message"_s, false);
    source.asOfPath = in.text(u"as_of"_s, false);
    const QJsonArray errors = in.array(u"errors"_s);
    for (const QJsonValue &value : errors) {
        Part error = in.item(u"errors"_s, value);
        source.codes.append(
                {error.text(u"code"_s), error.text(u"contains"_s, false), error.text(u"to"_s)});
        error.finish();
    }
    source.data = readObject(in.part(u"data"_s), 0);
    in.finish();
}

UpstreamSource readSource(Part in)
{
    UpstreamSource source;
    source.family = in.text(u"family"_s);
    if (source.family != "A"_L1 && source.family != "B"_L1)
        in.fail(u"family: unknown word"_s);
    source.system = in.text(u"system"_s);
    source.service = in.text(u"service"_s);
    source.path = in.text(u"path"_s).toLatin1();
    if (!source.path.startsWith('/'))
        in.fail(u"path: must start with a slash"_s);
    if (in.has(u"hours"_s)) {
        Part hours = in.part(u"hours"_s);
        source.opens = readTime(hours.text(u"from"_s));
        const QString closes = hours.text(u"to"_s);
        source.closes = readTime(closes);
        if (!source.opens.isValid() || (!source.closes.isValid() && closes != "24:00"_L1))
            hours.fail(u"not HH:mm"_s);
        hours.finish();
    }
    Part request = in.part(u"request"_s);
    for (const QString &key : request.keys()) {
        const QString origin = request.text(key);
        if (origin != "subject.name"_L1 && origin != "subject.id_number"_L1 &&
            !origin.startsWith("params."_L1))
            request.fail(key + u": unknown origin"_s);
        source.request.insert(key, origin);
    }
    readAnswer(in.part(u"answer"_s), source);
    in.finish();
    return source;
}

UpstreamOperation readOperation(Part in)
{
    UpstreamOperation operation;
    const QJsonArray notices = in.array(u"notices"_s);
    for (const QJsonValue &value : notices) {
        Part notice = in.item(u"notices"_s, value);
        operation.notices.append({notice.text(u"code"_s), notice.text(u"non_empty"_s, false),
                                  notice.text(u"several"_s, false),
                                  notice.number(u"older_than_h"_s, 0, 100'000)});
        notice.finish();
    }
    if (in.has(u"empty"_s)) {
        Part empty = in.part(u"empty"_s);
        operation.emptyPath = empty.text(u"list"_s);
        operation.emptyCode = empty.text(u"to"_s);
        empty.finish();
    }
    const QJsonArray sources = in.array(u"sources"_s);
    for (const QJsonValue &value : sources)
        operation.sources.append(readSource(in.item(u"sources"_s, value)));
    if (operation.sources.isEmpty() || operation.sources.size() > 4)
        in.fail(u"sources: one to four"_s);
    in.finish();
    return operation;
}

} // namespace

base::Result<QHash<QString, UpstreamOperation>> parseUpstream(const QJsonObject &upstream)
{
    QString problem;
    QHash<QString, UpstreamOperation> result;
    Part root(upstream, u"upstream"_s, problem);
    Part operations = root.part(u"operations"_s);
    for (const QString &name : operations.keys())
        result.insert(name, readOperation(operations.part(name)));
    root.finish();
    if (!problem.isEmpty())
        return base::Error{base::ErrorKind::Invalid, u"mapping.invalid"_s, problem.left(300)};
    return result;
}

} // namespace riderport::district
