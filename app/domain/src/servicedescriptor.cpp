// SPDX-License-Identifier: Apache-2.0
#include "domain/servicedescriptor.h"

#include "base/boundedjson.h"
#include "strictjson.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

namespace riderport::domain {

using namespace Qt::StringLiterals;

namespace {

using D = ServiceDescriptor;

constexpr qsizetype kMaxBytes = 256 * 1024;
constexpr qsizetype kShortText = 200;
constexpr qsizetype kLongText = 2000;
constexpr qsizetype kMaxShortTitle = 5;

// Compiled once per pattern and thread.
QRegularExpression pattern(const char *text)
{
    thread_local QHash<QByteArray, QRegularExpression> cache;
    const auto found = cache.constFind(QByteArray(text));
    if (found != cache.constEnd())
        return *found;
    return *cache.insert(QByteArray(text), QRegularExpression(QLatin1String(text)));
}

QRegularExpression serviceIdPattern()
{
    return pattern(R"(\A[A-Z][0-9]{1,3}\z)");
}
QRegularExpression keyPattern()
{
    return pattern(R"(\A[a-z][a-z0-9_]{0,39}\z)");
}
QRegularExpression phonePattern()
{
    return pattern(R"(\A[0-9][0-9-]{2,19}\z)");
}

const QHash<QString, D::Input::Type> kInputTypes{
        {u"choice"_s, D::Input::Type::Choice},      {u"choice_set"_s, D::Input::Type::ChoiceSet},
        {u"month"_s, D::Input::Type::Month},        {u"text"_s, D::Input::Type::Text},
        {u"id_number"_s, D::Input::Type::IdNumber}, {u"mobile"_s, D::Input::Type::Mobile},
        {u"amount"_s, D::Input::Type::Amount},      {u"date"_s, D::Input::Type::Date}};
const QHash<QString, D::Format> kFormats{{u"text"_s, D::Format::Text},
                                         {u"month"_s, D::Format::Month},
                                         {u"month_list"_s, D::Format::MonthList},
                                         {u"date"_s, D::Format::Date},
                                         {u"money"_s, D::Format::Money},
                                         {u"count"_s, D::Format::Count},
                                         {u"percent"_s, D::Format::Percent},
                                         {u"enum"_s, D::Format::Enum},
                                         {u"yes_no"_s, D::Format::YesNo}};
const QHash<QString, D::NextStep::Action> kActions{{u"service"_s, D::NextStep::Action::Service},
                                                   {u"hotline"_s, D::NextStep::Action::Hotline},
                                                   {u"window"_s, D::NextStep::Action::Window},
                                                   {u"retry"_s, D::NextStep::Action::Retry},
                                                   {u"phone_app"_s, D::NextStep::Action::PhoneApp}};
const QHash<QString, D::Kind> kKinds{{u"lookup"_s, D::Kind::Lookup},
                                     {u"transaction"_s, D::Kind::Transaction},
                                     {u"guide"_s, D::Kind::Guide}};
const QHash<QString, D::Offline> kOffline{{u"refuse"_s, D::Offline::Refuse},
                                          {u"queue"_s, D::Offline::Queue}};
const QHash<QString, D::Section::Kind> kSectionKinds{{u"fields"_s, D::Section::Kind::Fields},
                                                     {u"table"_s, D::Section::Kind::Table}};

void checkDefault(const D::Input &input, StrictJson &in)
{
    const QString &value = input.defaultValue;
    if (value.isEmpty())
        return;
    switch (input.type) {
    case D::Input::Type::Choice:
    case D::Input::Type::ChoiceSet: {
        const QStringList chosen =
                input.type == D::Input::Type::Choice ? QStringList{value} : value.split(u',');
        for (const QString &one : chosen) {
            const auto same = [&one](const D::Option &option) { return option.value == one; };
            if (std::none_of(input.options.begin(), input.options.end(), same))
                in.fail(u"default"_s, u"is no option"_s);
        }
        break;
    }
    case D::Input::Type::Month:
        if (!pattern(R"(\A((19|20)[0-9]{2}(0[1-9]|1[0-2])|today(-[0-9]{1,3}m)?)\z)")
                     .match(value)
                     .hasMatch())
            in.fail(u"default"_s, u"is no month"_s);
        break;
    default:
        break;
    }
}

D::Input readInput(StrictJson &in)
{
    D::Input input;
    input.key = in.text(u"key"_s, keyPattern());
    input.type = in.word(u"type"_s, kInputTypes);
    input.label = in.local(u"label"_s, kShortText);
    input.hint = in.optionalLocal(u"hint"_s, kShortText);
    input.required = in.optionalFlag(u"required"_s, true);
    in.objects(u"options"_s, 100, [&input](StrictJson &item) {
        // A comma would make two values of one in a set.
        input.options.append({item.text(u"value"_s, pattern(R"(\A[A-Za-z0-9_-]{1,40}\z)")),
                              item.local(u"label"_s, kShortText)});
    });
    input.defaultValue = in.optionalText(u"default"_s, pattern(R"(\A[^\x00-\x1f]{1,200}\z)"));
    input.maxLength = in.optionalInteger(u"max_length"_s, 1, 500, 0);
    const bool choice =
            input.type == D::Input::Type::Choice || input.type == D::Input::Type::ChoiceSet;
    if (choice == input.options.isEmpty())
        in.fail(u"options"_s, choice ? u"missing"_s : u"only for choices"_s);
    checkDefault(input, in);
    return input;
}

D::Field readField(StrictJson &in)
{
    D::Field field;
    field.key = in.text(u"key"_s, keyPattern());
    field.label = in.local(u"label"_s, kShortText);
    field.format = in.word(u"format"_s, kFormats);
    field.unit = in.optionalLocal(u"unit"_s, 20);
    field.hiddenUntilTouched = in.optionalFlag(u"hidden_until_touched"_s, false);
    field.attention = in.optionalFlag(u"attention"_s, false);
    const QJsonObject labels = in.object(u"labels"_s);
    StrictJson inner = in.child(labels, u"labels"_s);
    for (auto it = labels.begin(); it != labels.end(); ++it)
        field.labels.insert(it.key(), inner.local(it.key(), kShortText));
    if ((field.format == D::Format::Enum) == field.labels.isEmpty())
        in.fail(u"labels"_s, u"required for enum and for nothing else"_s);
    return field;
}

D::Section readSection(StrictJson &in)
{
    D::Section section;
    section.kind = in.word(u"kind"_s, kSectionKinds);
    section.source = in.optionalText(
            u"source"_s, pattern(R"(\A([a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39}){0,5})?\z)"));
    section.title = in.optionalLocal(u"title"_s, kShortText);
    section.titleKey = in.optionalText(u"title_key"_s, keyPattern());
    QSet<QString> keys;
    bool titleFound = section.titleKey.isEmpty();
    in.objects(u"fields"_s, 40, [&](StrictJson &item) {
        section.fields.append(readField(item));
        const D::Field &field = section.fields.constLast();
        if (keys.contains(field.key))
            item.fail(u"key"_s, u"used twice"_s);
        keys.insert(field.key);
        titleFound |= field.key == section.titleKey && field.format == D::Format::Enum;
    });
    if (section.fields.isEmpty())
        in.fail(u"fields"_s, u"missing"_s);
    if (!titleFound)
        in.fail(u"title_key"_s, u"names no enum field of this section"_s);
    if (section.kind == D::Section::Kind::Table && !section.titleKey.isEmpty())
        in.fail(u"title_key"_s, u"only for fields"_s);
    return section;
}

D::ErrorText readErrorText(StrictJson &in)
{
    D::ErrorText error;
    error.text = in.local(u"text"_s, 500);
    in.objects(u"next"_s, 6, [&error](StrictJson &item) {
        D::NextStep step;
        step.action = item.word(u"action"_s, kActions);
        step.label = item.local(u"label"_s, 40);
        if (step.action == D::NextStep::Action::Service)
            step.target = item.text(u"target"_s, serviceIdPattern());
        else if (step.action == D::NextStep::Action::Hotline)
            step.target = item.text(u"target"_s, phonePattern());
        error.next.append(step);
    });
    return error;
}

void readForm(StrictJson &in, D &descriptor)
{
    QHash<QString, D::Input::Type> types;
    in.objects(u"inputs"_s, 40, [&](StrictJson &item) {
        const D::Input input = readInput(item);
        if (types.contains(input.key))
            item.fail(u"key"_s, u"used twice"_s);
        types.insert(input.key, input.type);
        descriptor.inputs.append(input);
    });
    in.objects(u"month_ranges"_s, 8, [&](StrictJson &item) {
        D::MonthRangeRule rule;
        rule.fromKey = item.text(u"from"_s, keyPattern());
        rule.toKey = item.text(u"to"_s, keyPattern());
        rule.maxMonths = item.integer(u"max_months"_s, 1, 600);
        rule.message = item.local(u"message"_s, kShortText);
        for (const QString &end : {u"from"_s, u"to"_s}) {
            const QString &key = end == "from"_L1 ? rule.fromKey : rule.toKey;
            if (!types.contains(key) || types.value(key) != D::Input::Type::Month)
                item.fail(end, u"names no month input"_s);
        }
        descriptor.monthRanges.append(rule);
    });
}

void readTexts(StrictJson &in, D &descriptor)
{
    descriptor.title = in.local(u"title"_s, 60);
    descriptor.shortTitle = in.local(u"short_title"_s, 24);
    if (descriptor.shortTitle.zh.size() > kMaxShortTitle)
        in.fail(u"short_title"_s, u"more than %1 characters"_s.arg(kMaxShortTitle));
    descriptor.subtitle = in.local(u"subtitle"_s, 40);
    descriptor.agency = in.local(u"agency"_s, kShortText);
    descriptor.guide = in.locals(u"guide"_s, 20);
    if (descriptor.guide.isEmpty())
        in.fail(u"guide"_s, u"missing"_s);
    descriptor.materials = in.locals(u"materials"_s, 20);
    descriptor.law = in.locals(u"law"_s, 20);
    descriptor.hotline = in.text(u"hotline"_s, phonePattern());
    descriptor.window = in.local(u"window"_s, kShortText);
    descriptor.promised = in.local(u"promised"_s, kShortText);
    descriptor.keywords = in.strings(u"keywords"_s, 30, 40);
}

D readDescriptor(StrictJson &in)
{
    D descriptor;
    descriptor.id = base::ServiceId(in.text(u"id"_s, serviceIdPattern()));
    descriptor.revision = in.integer(u"revision"_s, 1, 1'000'000);
    descriptor.kind = in.word(u"kind"_s, kKinds);
    readTexts(in, descriptor);
    descriptor.icon = in.text(u"icon"_s, pattern(R"(\A[a-z][a-z0-9-]{0,31}\z)"));
    descriptor.group = in.text(u"group"_s, pattern(R"(\A(government|legal|work)\z)"));
    descriptor.order = in.integer(u"order"_s, 0, 1000);
    descriptor.authLevel = in.integer(u"auth_level"_s, 1, 3);
    if (in.has(u"consent"_s)) {
        StrictJson consent = in.child(in.object(u"consent"_s), u"consent"_s);
        descriptor.consent = D::Consent{consent.text(u"group"_s, keyPattern()),
                                        consent.integer(u"version"_s, 1, 1'000'000),
                                        consent.local(u"text"_s, kLongText)};
        consent.finish();
    }
    readForm(in, descriptor);
    in.objects(u"sections"_s, 20,
               [&descriptor](StrictJson &item) { descriptor.sections.append(readSection(item)); });
    const QJsonObject errors = in.object(u"errors"_s);
    StrictJson errorReader = in.child(errors, u"errors"_s);
    for (auto it = errors.begin(); it != errors.end(); ++it) {
        if (!pattern(R"(\A[A-Z][A-Z0-9_]{1,39}\z)").match(it.key()).hasMatch())
            errorReader.fail(it.key().left(60), u"is no error code"_s);
        StrictJson one = errorReader.child(it.value(), it.key().left(60));
        descriptor.errors.insert(it.key(), readErrorText(one));
        one.finish();
    }
    descriptor.offline = in.word(u"offline"_s, kOffline);
    descriptor.available = in.optionalFlag(u"available"_s, false);
    descriptor.upstream = in.object(u"upstream"_s);
    if (descriptor.available && descriptor.kind != D::Kind::Guide) {
        if (descriptor.sections.isEmpty())
            in.fail(u"sections"_s, u"an available service shows something"_s);
        if (descriptor.authLevel < 2 || !descriptor.consent)
            in.fail(u"consent"_s, u"an available service needs real name and consent"_s);
    }
    return descriptor;
}

} // namespace

base::Result<ServiceDescriptor> parseServiceDescriptor(const QByteArray &json)
{
    const auto object = base::parseJsonObject(json, kMaxBytes);
    if (!object)
        return base::Error{base::ErrorKind::Invalid, u"descriptor.syntax"_s,
                           object.error().code + u' ' + object.error().detail};
    StrictJsonFailure failure;
    StrictJson in(*object, {}, failure);
    ServiceDescriptor descriptor = readDescriptor(in);
    in.finish();
    if (failure.error)
        return *failure.error;
    return descriptor;
}

base::Result<QByteArray> publicDescriptorJson(const QByteArray &json)
{
    const auto checked = parseServiceDescriptor(json);
    if (!checked)
        return checked.error();
    QJsonObject object = QJsonDocument::fromJson(json).object();
    object.remove(u"upstream"_s);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace riderport::domain
