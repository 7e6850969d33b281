// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accesssettings.h"
#include "router.h"
#include "rowlistmodel.h"
#include "services/serviceflow.h"
#include "uiports.h"
#include "uirows.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// The one page of every government service, from guide to result. Knows no service by name: the
/// descriptor and the flow decide. Values that are hidden until touched leave this object only
/// while they are shown.
class ServiceViewModel : public QObject, public session::Wipeable
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Step step READ step NOTIFY stepChanged FINAL)
    Q_PROPERTY(QString serviceKey READ serviceKey NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString subtitle READ subtitle NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString iconName READ iconName NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString agency READ agency NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString hotline READ hotline NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString window READ window NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString promised READ promised NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QStringList guide READ guide NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QStringList materials READ materials NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QStringList law READ law NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(QString consentText READ consentText NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(bool available READ available NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(bool transaction READ transaction NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(bool queueable READ queueable NOTIFY descriptorChanged FINAL)
    Q_PROPERTY(bool offline READ offline NOTIFY offlineChanged FINAL)
    Q_PROPERTY(QAbstractItemModel *inputs READ inputs CONSTANT FINAL)
    Q_PROPERTY(int inputCount READ inputCount NOTIFY formChanged FINAL)
    Q_PROPERTY(int formIndex READ formIndex NOTIFY formChanged FINAL)
    Q_PROPERTY(int problemCount READ problemCount NOTIFY formChanged FINAL)
    Q_PROPERTY(riderport::ui::InputRow currentInput READ currentInput NOTIFY formChanged FINAL)
    Q_PROPERTY(bool currentComplete READ currentComplete NOTIFY formChanged FINAL)
    Q_PROPERTY(bool formComplete READ formComplete NOTIFY formChanged FINAL)
    Q_PROPERTY(QString latestMonth READ latestMonth NOTIFY formChanged FINAL)
    Q_PROPERTY(LoadingStage loadingStage READ loadingStage NOTIFY loadingStageChanged FINAL)
    Q_PROPERTY(QAbstractItemModel *resultRows READ resultRows CONSTANT FINAL)
    Q_PROPERTY(bool resultEmpty READ resultEmpty NOTIFY resultChanged FINAL)
    Q_PROPERTY(bool hasHidden READ hasHidden NOTIFY resultChanged FINAL)
    Q_PROPERTY(bool anyRevealed READ anyRevealed NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString dataAsOf READ dataAsOf NOTIFY resultChanged FINAL)
    Q_PROPERTY(bool dataOld READ dataOld NOTIFY resultChanged FINAL)
    Q_PROPERTY(bool demo READ demo NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString noticeText READ noticeText NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString traceId READ traceId NOTIFY resultChanged FINAL)
    Q_PROPERTY(QString errorCode READ errorCode NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString errorKind READ errorKind NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString errorText READ errorText NOTIFY errorChanged FINAL)
    Q_PROPERTY(QAbstractItemModel *nextSteps READ nextSteps CONSTANT FINAL)
    Q_PROPERTY(QImage phoneQr READ phoneQr NOTIFY phoneChanged FINAL)
    Q_PROPERTY(bool phonePending READ phonePending NOTIFY phoneChanged FINAL)
    Q_PROPERTY(bool phoneSheetOpen READ phoneSheetOpen NOTIFY phoneChanged FINAL)
public:
    enum Step { Closed, Guide, NeedLogin, Consent, Form, Loading, Result, Failed, Queued };
    Q_ENUM(Step)
    enum LoadingStage { Quiet, Explained, Cancellable, Slow };
    Q_ENUM(LoadingStage)
    static constexpr qint64 kRevealMs = 20'000; ///< a touched amount stays readable this long
    static constexpr int kCheckPage = -1;       ///< formIndex of "check your answers"

    ServiceViewModel(const UiPorts &ports, AccessSettings &access, Router &router,
                     QObject *parent = nullptr);

    [[nodiscard]] Step step() const;
    [[nodiscard]] QString serviceKey() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString subtitle() const;
    [[nodiscard]] QString iconName() const;
    [[nodiscard]] QString agency() const;
    [[nodiscard]] QString hotline() const;
    [[nodiscard]] QString window() const;
    [[nodiscard]] QString promised() const;
    [[nodiscard]] QStringList guide() const;
    [[nodiscard]] QStringList materials() const;
    [[nodiscard]] QStringList law() const;
    [[nodiscard]] QString consentText() const;
    [[nodiscard]] bool available() const;
    [[nodiscard]] bool transaction() const;
    [[nodiscard]] bool queueable() const;
    [[nodiscard]] bool offline() const;

    [[nodiscard]] QAbstractItemModel *inputs() { return &m_inputs; }
    [[nodiscard]] int inputCount() const { return m_inputs.rowCount(); }
    [[nodiscard]] int formIndex() const { return m_formIndex; }
    [[nodiscard]] int problemCount() const;
    [[nodiscard]] InputRow currentInput() const;
    [[nodiscard]] bool currentComplete() const;
    [[nodiscard]] bool formComplete() const;
    /// Newest month a month question may offer, "YYYYMM" of today at the station.
    [[nodiscard]] QString latestMonth() const;
    [[nodiscard]] LoadingStage loadingStage() const { return m_loadingStage; }

    [[nodiscard]] QAbstractItemModel *resultRows() { return &m_result; }
    [[nodiscard]] const QList<ResultRow> &resultRowList() const { return m_result.rows(); }
    [[nodiscard]] bool resultEmpty() const;
    [[nodiscard]] bool hasHidden() const;
    [[nodiscard]] bool anyRevealed() const { return !m_revealedUntil.isEmpty(); }
    [[nodiscard]] QString dataAsOf() const;
    [[nodiscard]] bool dataOld() const;
    [[nodiscard]] bool demo() const;
    [[nodiscard]] QString noticeText() const;
    [[nodiscard]] QString traceId() const;
    [[nodiscard]] QString errorCode() const;
    [[nodiscard]] QString errorKind() const;
    [[nodiscard]] QString errorText() const;
    [[nodiscard]] QAbstractItemModel *nextSteps() { return &m_next; }
    [[nodiscard]] QImage phoneQr() const { return m_phoneQr; }
    [[nodiscard]] bool phonePending() const;
    [[nodiscard]] bool phoneSheetOpen() const { return m_phoneSheetOpen; }

    Q_INVOKABLE void proceed();
    Q_INVOKABLE void acceptConsent();
    Q_INVOKABLE void declineConsent();
    Q_INVOKABLE void setInput(const QString &key, const QString &value);
    Q_INVOKABLE void editInput(int index);
    /// Onwards from a question: to the next unanswered one, else to the check page.
    Q_INVOKABLE void nextInput();
    Q_INVOKABLE void submit();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void back();
    Q_INVOKABLE void goHome();
    Q_INVOKABLE void tryAgain();
    Q_INVOKABLE void openService(const QString &key);
    Q_INVOKABLE void callStaff();
    /// Shows one hidden line for 20 s.
    Q_INVOKABLE void reveal(const QString &key);
    Q_INVOKABLE void revealAll();
    Q_INVOKABLE void hideAll();
    Q_INVOKABLE void sendToPhone();
    Q_INVOKABLE void closePhoneSheet();

    /// Called once a second.
    void tick();
    void wipe() override;

Q_SIGNALS:
    void stepChanged();
    void descriptorChanged();
    void offlineChanged();
    void formChanged();
    void loadingStageChanged();
    void resultChanged();
    void errorChanged();
    void phoneChanged();

private:
    [[nodiscard]] const domain::ServiceDescriptor *descriptor() const;
    [[nodiscard]] QString local(const domain::LocalText &text) const;
    [[nodiscard]] QString local(domain::LocalText domain::ServiceDescriptor::*member) const;
    [[nodiscard]] QStringList local(const QList<domain::LocalText> &texts) const;
    void onFlowChanged();
    void onLanguageChanged();
    void enterForm();
    void refreshInputs();
    void refreshResult();
    void refreshNextSteps();
    void refreshPhone();

    UiPorts m_ports;
    AccessSettings &m_access;
    Router &m_router;
    RowListModel<InputRow> m_inputs;
    RowListModel<ResultRow> m_result;
    RowListModel<NextStepRow> m_next;
    QHash<QString, qint64> m_revealedUntil; ///< line key → monotonic ms
    services::ServiceState::Step m_step = services::ServiceState::Step::Closed;
    base::ServiceId m_openService;
    LoadingStage m_loadingStage = Quiet;
    int m_formIndex = kCheckPage;
    QString m_phoneUrl;
    QImage m_phoneQr;
    bool m_phoneSheetOpen = false;
};

} // namespace riderport::ui
