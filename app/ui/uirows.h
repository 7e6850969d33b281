// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// Words shared by rows and pages. Not a class of its own state: a home for enumerations.
class UiEnums : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("enumerations only")
public:
    enum TileState {
        Available,
        GuideOnly,    ///< not open here yet: the guide can be read
        OfflineGuide, ///< needs the link: the guide can be read now
        OfflineQueue, ///< can be filled in now, is sent when the link is back
        NotOpenYet,   ///< nothing behind it yet: disabled, says so
    };
    Q_ENUM(TileState)
    enum InputType { Choice, ChoiceSet, Month, Text, IdNumber, Mobile, Amount, Date };
    Q_ENUM(InputType)
    enum ResultKind { TitleRow, FieldRow, TableHead, TableRow };
    Q_ENUM(ResultKind)
    enum NextAction { OpenService, CallHotline, GoToWindow, TryAgain, UsePhoneApp };
    Q_ENUM(NextAction)
};

/// One tile of the home page.
struct TileRow
{
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString subtitle MEMBER subtitle)
    Q_PROPERTY(QString iconName MEMBER iconName)
    Q_PROPERTY(int tileState MEMBER tileState)
public:
    QString key;
    QString label;
    QString subtitle;
    QString iconName;
    int tileState = UiEnums::Available;
    friend bool operator==(const TileRow &, const TileRow &) = default;
};

/// One question of a form.
struct InputRow
{
    Q_GADGET
    QML_VALUE_TYPE(inputRow)
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(int inputType MEMBER inputType)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString hint MEMBER hint)
    Q_PROPERTY(bool mandatory MEMBER mandatory)
    Q_PROPERTY(QStringList optionValues MEMBER optionValues)
    Q_PROPERTY(QStringList optionLabels MEMBER optionLabels)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QString displayValue MEMBER displayValue)
    Q_PROPERTY(QString problem MEMBER problem)
    Q_PROPERTY(int maximumLength MEMBER maximumLength)
public:
    QString key;
    int inputType = UiEnums::Text;
    QString label;
    QString hint;
    bool mandatory = true;
    QStringList optionValues;
    QStringList optionLabels;
    QString value;        ///< raw: months "YYYYMM", sets comma-separated
    QString displayValue; ///< in the current language, empty while nothing is chosen
    QString problem;      ///< what is wrong with it, empty when nothing is
    int maximumLength = 500;
    friend bool operator==(const InputRow &, const InputRow &) = default;
};

/// One line of a result. Hidden amounts arrive here already covered: a value that nobody asked for
/// never reaches QML.
struct ResultRow
{
    Q_GADGET
    Q_PROPERTY(int rowKind MEMBER rowKind)
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(QStringList cellLabels MEMBER cellLabels)
    Q_PROPERTY(QStringList cellValues MEMBER cellValues)
    Q_PROPERTY(bool hideable MEMBER hideable)
    Q_PROPERTY(bool revealed MEMBER revealed)
    Q_PROPERTY(bool attention MEMBER attention)
public:
    int rowKind = UiEnums::FieldRow;
    QString key;
    QString label;
    QString value;
    QStringList cellLabels;
    QStringList cellValues;
    bool hideable = false;
    bool revealed = false;
    bool attention = false;
    friend bool operator==(const ResultRow &, const ResultRow &) = default;
};

/// What can be done after a failure.
struct NextStepRow
{
    Q_GADGET
    Q_PROPERTY(int action MEMBER action)
    Q_PROPERTY(QString target MEMBER target)
    Q_PROPERTY(QString label MEMBER label)
public:
    int action = UiEnums::CallHotline;
    QString target;
    QString label;
    friend bool operator==(const NextStepRow &, const NextStepRow &) = default;
};

} // namespace riderport::ui
