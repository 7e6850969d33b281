// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accesssettings.h"
#include "loginviewmodel.h"
#include "router.h"
#include "rowlistmodel.h"
#include "uiports.h"
#include "uirows.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// The first page: log-in card, one tile per service of the local catalogue. What has nothing
/// behind it yet is drawn by the page itself as disabled.
class HomeViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(QAbstractItemModel *tiles READ tiles CONSTANT FINAL)
    Q_PROPERTY(int tileCount READ tileCount NOTIFY tilesChanged FINAL)
    Q_PROPERTY(bool catalogueReady READ catalogueReady NOTIFY tilesChanged FINAL)
    Q_PROPERTY(bool loggedIn READ loggedIn NOTIFY workerChanged FINAL)
    Q_PROPERTY(QString workerName READ workerName NOTIFY workerChanged FINAL)
    Q_PROPERTY(bool verifiedOffline READ verifiedOffline NOTIFY workerChanged FINAL)
    Q_PROPERTY(riderport::ui::LoginViewModel *login READ login CONSTANT FINAL)
public:
    HomeViewModel(const UiPorts &ports, AccessSettings &access, Router &router,
                  LoginViewModel &login, QObject *parent = nullptr);

    [[nodiscard]] QAbstractItemModel *tiles() { return &m_tiles; }
    [[nodiscard]] const QList<TileRow> &tileRows() const { return m_tiles.rows(); }
    [[nodiscard]] int tileCount() const { return m_tiles.rowCount(); }
    /// The first sync has filled the catalogue, or services are there anyway.
    [[nodiscard]] bool catalogueReady() const;
    [[nodiscard]] bool loggedIn() const;
    [[nodiscard]] QString workerName() const;
    [[nodiscard]] bool verifiedOffline() const;
    [[nodiscard]] LoginViewModel *login() const { return &m_login; }

    Q_INVOKABLE void openService(const QString &key);
    Q_INVOKABLE void openLogin();
    Q_INVOKABLE void goHome();

Q_SIGNALS:
    void tilesChanged();
    void workerChanged();

private:
    void refreshTiles();

    UiPorts m_ports;
    AccessSettings &m_access;
    Router &m_router;
    LoginViewModel &m_login;
    RowListModel<TileRow> m_tiles;
};

} // namespace riderport::ui
