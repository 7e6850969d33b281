// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/strongid.h"
#include "domain/localtext.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>

#include <optional>

namespace riderport::domain {

/// One government service as data. Kiosk, phone pages and the district gateway all read the same
/// descriptor (resources/services/*.json, JSON Schema in
/// resources/schema/service-descriptor.schema.json): a further service is one more file and needs
/// no code. The `upstream` part is for the gateway only and never leaves the server.
struct ServiceDescriptor
{
    enum class Kind { Lookup, Transaction, Guide };
    enum class Offline { Refuse, Queue };

    struct Option
    {
        QString value;
        LocalText label;
    };

    struct Input
    {
        enum class Type { Choice, ChoiceSet, Month, Text, IdNumber, Mobile, Amount, Date };
        QString key;
        Type type = Type::Text;
        LocalText label;
        LocalText hint;
        bool required = true;
        QList<Option> options;   ///< Choice, ChoiceSet
        QString defaultValue;    ///< literal, comma list for sets, or "today-24m" style for months
        qsizetype maxLength = 0; ///< Text; 0 = 500
    };

    /// A rule over several inputs. The only kind so far: `from` month ≤ `to` month and span ≤
    /// maxMonths.
    struct MonthRangeRule
    {
        QString fromKey;
        QString toKey;
        int maxMonths = 60;
        LocalText message;
    };

    enum class Format { Text, Month, MonthList, Date, Money, Count, Percent, Enum, YesNo };

    struct Field
    {
        QString key; ///< name in the normalised result
        LocalText label;
        Format format = Format::Text;
        LocalText unit;                  ///< Count: 个月 / months
        bool hiddenUntilTouched = false; ///< amounts: shown as **** until tapped, 20 s
        bool attention = false; ///< arrears and the like: drawn in the error colour when not empty
        QMap<QString, LocalText>
                labels; ///< Enum: upstream code → label; unknown codes show 其他(code)
    };

    /// One block of the result page. Fields: label/value pairs. Table: one row per array element.
    struct Section
    {
        enum class Kind { Fields, Table };
        Kind kind = Kind::Fields;
        QString source; ///< JSON path of the object or array inside `data`, "" = data itself,
                        ///< "rows", "rows.records"
        LocalText title;
        QString titleKey; ///< field of the source object whose label is the title (Enum), optional
        QList<Field> fields;
    };

    struct NextStep
    {
        enum class Action { Service, Hotline, Window, Retry, PhoneApp };
        Action action = Action::Hotline;
        QString target; ///< service id, phone number, or empty
        LocalText label;
    };

    struct ErrorText
    {
        LocalText text;
        QList<NextStep> next;
    };

    struct Consent
    {
        QString group; ///< "social_insurance", one separate consent per upstream group (PIPL art.
                       ///< 29)
        int version = 1;
        LocalText text; ///< what is asked, from whom, why, how long it is kept
    };

    base::ServiceId id;
    int revision = 1;
    Kind kind = Kind::Lookup;
    LocalText title;
    LocalText shortTitle; ///< tile label, at most 5 Chinese characters
    LocalText subtitle;   ///< second tile line
    QString icon;         ///< name in resources/icons
    QString group;        ///< "government", "legal", "work"
    int order = 0;
    LocalText agency;
    int authLevel = 2;
    std::optional<Consent> consent;
    QList<Input> inputs;
    QList<MonthRangeRule> monthRanges;
    QList<Section> sections;
    QMap<QString, ErrorText>
            errors;         ///< by normalised code of the gateway (NOT_ENROLLED, ARREARS, …)
    QList<LocalText> guide; ///< numbered steps, always available offline
    QList<LocalText> materials;
    QList<LocalText> law;
    QString hotline;
    LocalText window;   ///< opening times or collection window, in words
    LocalText promised; ///< promised time, in words
    Offline offline = Offline::Refuse;
    bool available = false; ///< false: guide only, the tile says when it opens
    QStringList keywords;
    QJsonObject upstream; ///< gateway mapping; empty in descriptors that reached a kiosk
};

/// Parses and validates one descriptor. Refuses unknown keys, unknown enum words, duplicate input
/// keys, references to missing inputs, and anything above 256 KiB. Codes: descriptor.syntax,
/// descriptor.field (detail = path and reason).
[[nodiscard]] base::Result<ServiceDescriptor> parseServiceDescriptor(const QByteArray &json);

/// The same descriptor without its `upstream` part, compact JSON: what the sync feed carries to
/// kiosks.
[[nodiscard]] base::Result<QByteArray> publicDescriptorJson(const QByteArray &json);

} // namespace riderport::domain
