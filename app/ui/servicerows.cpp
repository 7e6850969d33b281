// SPDX-License-Identifier: Apache-2.0
#include "servicerows.h"

#include "formats.h"

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {

using Descriptor = domain::ServiceDescriptor;
using Section = domain::ServiceDescriptor::Section;

static_assert(int(Descriptor::Input::Type::Date) == UiEnums::Date);
static_assert(int(Descriptor::NextStep::Action::PhoneApp) == UiEnums::UsePhoneApp);

QString covered()
{
    return u"****"_s;
}

QString displayOf(const Descriptor::Input &input, const QString &value, domain::Language language)
{
    using Type = Descriptor::Input::Type;
    switch (input.type) {
    case Type::Month:
        return monthText(value, language);
    case Type::Choice:
    case Type::ChoiceSet: {
        const QStringList chosen = value.split(u',', Qt::SkipEmptyParts);
        QStringList labels;
        for (const Descriptor::Option &option : input.options) {
            if (chosen.contains(option.value))
                labels.append(option.label.in(language));
        }
        return labels.join(language == domain::Language::English ? u", "_s : u"、"_s);
    }
    case Type::Text:
    case Type::IdNumber:
    case Type::Mobile:
    case Type::Amount:
    case Type::Date:
        break;
    }
    return value;
}

ResultRow fieldRow(const services::ResultValue &value, const QString &key,
                   domain::Language language, const QSet<QString> &revealed)
{
    ResultRow row;
    row.rowKind = UiEnums::FieldRow;
    row.key = key;
    row.label = value.label.in(language);
    row.hideable = value.hiddenUntilTouched;
    row.revealed = !row.hideable || revealed.contains(key);
    row.value = row.revealed ? value.text.in(language) : covered();
    row.attention = value.attention && !value.text.isEmpty();
    return row;
}

ResultRow tableRow(const QList<services::ResultValue> &cells, const QString &key,
                   domain::Language language, const QSet<QString> &revealed)
{
    ResultRow row;
    row.rowKind = UiEnums::TableRow;
    row.key = key;
    for (const services::ResultValue &cell : cells)
        row.hideable = row.hideable || cell.hiddenUntilTouched;
    row.revealed = !row.hideable || revealed.contains(key);
    for (const services::ResultValue &cell : cells) {
        row.cellLabels.append(cell.label.in(language));
        row.cellValues.append(cell.hiddenUntilTouched && !row.revealed ? covered()
                                                                       : cell.text.in(language));
        row.attention = row.attention || (cell.attention && !cell.text.isEmpty());
    }
    return row;
}

} // namespace

QList<InputRow> inputRows(const services::ServiceState &state, domain::Language language)
{
    QList<InputRow> rows;
    if (!state.descriptor)
        return rows;
    for (const Descriptor::Input &input : state.descriptor->inputs) {
        InputRow row;
        row.key = input.key;
        row.inputType = int(input.type);
        row.label = input.label.in(language);
        row.hint = input.hint.in(language);
        row.mandatory = input.required;
        for (const Descriptor::Option &option : input.options) {
            row.optionValues.append(option.value);
            row.optionLabels.append(option.label.in(language));
        }
        row.value = state.inputs.value(input.key);
        row.displayValue = displayOf(input, row.value, language);
        row.problem = state.inputErrors.value(input.key).in(language);
        row.maximumLength = input.maxLength > 0 ? int(input.maxLength) : 500;
        rows.append(row);
    }
    return rows;
}

QList<ResultRow> resultRows(const services::ServiceResult &result, domain::Language language,
                            const QSet<QString> &revealed)
{
    QList<ResultRow> rows;
    for (qsizetype s = 0; s < result.sections.size(); ++s) {
        const services::ResultSection &section = result.sections.at(s);
        if (!section.title.isEmpty()) {
            ResultRow title;
            title.rowKind = UiEnums::TitleRow;
            title.key = u"s%1"_s.arg(s);
            title.label = section.title.in(language);
            rows.append(title);
        }
        for (const services::ResultValue &value : section.fields) {
            const QString key = u"s%1.%2"_s.arg(QString::number(s), value.key);
            rows.append(fieldRow(value, key, language, revealed));
        }
        if (section.kind == Section::Kind::Table && !section.rows.isEmpty()) {
            ResultRow head;
            head.rowKind = UiEnums::TableHead;
            head.key = u"s%1.head"_s.arg(s);
            for (const services::ResultValue &cell : section.rows.first())
                head.cellLabels.append(cell.label.in(language));
            rows.append(head);
        }
        for (qsizetype r = 0; r < section.rows.size(); ++r) {
            const QString key = u"s%1.r%2"_s.arg(QString::number(s), QString::number(r));
            rows.append(tableRow(section.rows.at(r), key, language, revealed));
        }
    }
    return rows;
}

QList<NextStepRow> nextStepRows(const services::ServiceState &state, domain::Language language)
{
    QList<NextStepRow> rows;
    if (!state.descriptor)
        return rows;
    QString code;
    if (state.error)
        code = state.error->code;
    else if (state.result)
        code = state.result->noticeCode;
    for (const Descriptor::NextStep &step : state.descriptor->errors.value(code).next) {
        NextStepRow row;
        row.action = int(step.action);
        row.target = step.target;
        row.label = step.label.in(language);
        rows.append(row);
    }
    return rows;
}

} // namespace riderport::ui
