// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "domain/servicedescriptor.h"

#include <QDateTime>
#include <QMap>
#include <QObject>

#include <optional>

namespace riderport::services {

/// One value on the result page, formatted for display in both languages. Amounts carry their text
/// but the page shows
/// **** until the worker touches them.
struct ResultValue
{
    QString key;
    domain::LocalText label;
    domain::LocalText text;
    bool hiddenUntilTouched = false;
    bool attention = false;
};

struct ResultSection
{
    domain::ServiceDescriptor::Section::Kind kind =
            domain::ServiceDescriptor::Section::Kind::Fields;
    domain::LocalText title;
    QList<ResultValue> fields;      ///< Fields
    QList<QList<ResultValue>> rows; ///< Table; every row has the columns of the descriptor in order
};

struct ServiceResult
{
    QList<ResultSection> sections;
    QDateTime dataAsOf; ///< UTC
    QString sourceSystem;
    QString traceId;
    bool demo = true;   ///< fed by a simulator: the 演示数据 badge must show
    QString noticeCode; ///< e.g. ARREARS: result is shown, with the descriptor's text for that code
                        ///< above it
};

struct ServiceState
{
    enum class Step {
        Closed,
        Guide, ///< what it is, materials, law, hotline; works offline and without log-in
        NeedLogin,
        Consent,
        Form,
        Loading,
        Result,
        Failed, ///< `error` + descriptor text for error code
        Queued, ///< offline, descriptor allows queueing: will be done when the link is back
    };
    Step step = Step::Closed;
    std::optional<domain::ServiceDescriptor> descriptor;
    QMap<QString, QString> inputs; ///< key → raw value (months "YYYYMM", sets comma-separated)
    QMap<QString, domain::LocalText> inputErrors; ///< key → what is wrong
    std::optional<ServiceResult> result;
    std::optional<base::Error> error; ///< kind + code (upstream codes upper case: UPSTREAM_DOWN)
    int loadingSeconds =
            0; ///< 0.. while Loading: the page explains itself after 2, offers cancel after 8
    QString phoneUrl; ///< "send to my phone" QR; empty until asked for
    bool phoneUrlPending = false;
};

/// One run through one service, from guide to result. Descriptor-driven: it knows no service by
/// name. Holds personal results in memory only and forgets them on close() and at the end of the
/// session. GUI thread.
class ServiceFlow : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual const ServiceState &state() const = 0;

    virtual void open(const base::ServiceId &id) = 0;
    /// From Guide: leads to NeedLogin, Consent, Form or straight to Loading, whichever is missing.
    virtual void proceed() = 0;
    virtual void acceptConsent() = 0;
    /// Refusing leads back to Guide and blocks nothing else.
    virtual void declineConsent() = 0;
    virtual void setInput(const QString &key, const QString &value) = 0;
    virtual void submit() = 0;
    virtual void cancel() = 0;
    /// One step back; from Guide it closes.
    virtual void back() = 0;
    /// Asks the server for a hand-over link; phoneUrl follows.
    virtual void sendToPhone() = 0;
    virtual void close() = 0;

Q_SIGNALS:
    void stateChanged();
    /// proceed() found nobody logged in; the shell opens the log-in page and calls proceed() again
    /// afterwards.
    void loginNeeded();
};

} // namespace riderport::services
