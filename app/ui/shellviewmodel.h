// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accesssettings.h"
#include "base/error.h"
#include "router.h"
#include "uiports.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace riderport::ui {

class HomeViewModel;
class LoginViewModel;
class ServiceViewModel;
class AttractViewModel;
class KeyboardViewModel;

/// What the frame around every page shows: place, time, link, session, faults. Owns nothing; the
/// view models it hands to the pages belong to Ui.
class ShellViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(riderport::ui::AccessSettings *access READ access CONSTANT FINAL)
    Q_PROPERTY(riderport::ui::Router *router READ router CONSTANT FINAL)
    Q_PROPERTY(riderport::ui::KeyboardViewModel *keyboard READ keyboard CONSTANT FINAL)
    Q_PROPERTY(QObject *pageModel READ pageModel NOTIFY pageModelChanged FINAL)
    Q_PROPERTY(QString stationName READ stationName NOTIFY stationChanged FINAL)
    Q_PROPERTY(QString stationPhone READ stationPhone NOTIFY stationChanged FINAL)
    Q_PROPERTY(QString timeText READ timeText NOTIFY timeChanged FINAL)
    Q_PROPERTY(QString dayText READ dayText NOTIFY timeChanged FINAL)
    Q_PROPERTY(bool demoData READ demoData NOTIFY demoDataChanged FINAL)
    Q_PROPERTY(bool offline READ offline NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool everSynced READ everSynced NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool dataOld READ dataOld NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool clockWrong READ clockWrong NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString lastSyncText READ lastSyncText NOTIFY linkChanged FINAL)
    Q_PROPERTY(int pendingCount READ pendingCount NOTIFY linkChanged FINAL)
    Q_PROPERTY(bool attract READ attract NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool loggedIn READ loggedIn NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool warning READ warning NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool verifiedOffline READ verifiedOffline NOTIFY sessionChanged FINAL)
    Q_PROPERTY(QString workerName READ workerName NOTIFY sessionChanged FINAL)
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY sessionChanged FINAL)
    Q_PROPERTY(bool hasFault READ hasFault NOTIFY faultChanged FINAL)
    Q_PROPERTY(QString faultCode READ faultCode NOTIFY faultChanged FINAL)
    Q_PROPERTY(QString faultKind READ faultKind NOTIFY faultChanged FINAL)
public:
    ShellViewModel(const UiPorts &ports, const UiOptions &options, AccessSettings &access,
                   Router &router, QObject *parent = nullptr);

    /// The view models of the pages, in the order of Router::Page.
    void setPageModels(AttractViewModel *attract, HomeViewModel *home, LoginViewModel *login,
                       ServiceViewModel *service);

    /// Null on a terminal where nobody can type. Set before the QML is loaded.
    void setKeyboard(KeyboardViewModel *keyboard) { m_keyboard = keyboard; }
    [[nodiscard]] KeyboardViewModel *keyboard() const { return m_keyboard; }

    [[nodiscard]] AccessSettings *access() const { return &m_access; }
    [[nodiscard]] Router *router() const { return &m_router; }
    [[nodiscard]] QObject *pageModel() const;
    [[nodiscard]] QString stationName() const;
    [[nodiscard]] QString stationPhone() const;
    [[nodiscard]] QString timeText() const { return m_timeText; }
    [[nodiscard]] QString dayText() const { return m_dayText; }
    [[nodiscard]] bool demoData() const { return m_demoStation || m_demoResult; }
    [[nodiscard]] bool offline() const;
    [[nodiscard]] bool everSynced() const;
    /// The cache is older than 24 h.
    [[nodiscard]] bool dataOld() const;
    /// The terminal's clock differs from the server's by more than 5 minutes.
    [[nodiscard]] bool clockWrong() const;
    [[nodiscard]] QString lastSyncText() const;
    [[nodiscard]] int pendingCount() const;
    [[nodiscard]] bool attract() const;
    [[nodiscard]] bool loggedIn() const;
    [[nodiscard]] bool warning() const;
    [[nodiscard]] bool verifiedOffline() const;
    [[nodiscard]] QString workerName() const;
    [[nodiscard]] int secondsLeft() const;
    [[nodiscard]] bool hasFault() const { return m_fault.has_value(); }
    [[nodiscard]] QString faultCode() const;
    [[nodiscard]] QString faultKind() const;

    /// A fault of the terminal itself that everybody must see (disk full, cache being rebuilt).
    /// Stays until clearFault(), or until somebody closes the banner.
    void showFault(const base::Error &error);
    Q_INVOKABLE void clearFault();
    Q_INVOKABLE void extendSession();

    /// Called once a second.
    void tick();

Q_SIGNALS:
    void pageModelChanged();
    void stationChanged();
    void timeChanged();
    void demoDataChanged();
    void linkChanged();
    void sessionChanged();
    void faultChanged();

private:
    void onServiceChanged();

    UiPorts m_ports;
    AccessSettings &m_access;
    Router &m_router;
    KeyboardViewModel *m_keyboard = nullptr;
    QObject *m_attractModel = nullptr;
    QObject *m_homeModel = nullptr;
    QObject *m_loginModel = nullptr;
    QObject *m_serviceModel = nullptr;
    QString m_timeText;
    QString m_dayText;
    std::optional<base::Error> m_fault;
    const bool m_demoStation;
    bool m_demoResult = false;
    bool m_wasDataOld = false;
};

} // namespace riderport::ui
