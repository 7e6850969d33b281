// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "uiports.h"

#include <QObject>

#include <memory>

class QQmlApplicationEngine;
class QQuickWindow;

namespace riderport::ui {

class AccessSettings;
class Router;
class ServiceViewModel;
class ShellViewModel;

/// The user interface of the terminal: view models, navigation, translations and the window.
/// Composition root usage:
///
///     ui::Ui ui({session, login, catalogue, service, station, connectivity, clock, encoder}, {});
///     QQmlApplicationEngine engine;          // after ui: QML must go before what it binds to
///     const auto loaded = ui.load(engine);   // shows the window
///
/// What Ui does itself and the root therefore must not: Session::begin() and confirm() when
/// LoginFlow reports a worker, ServiceFlow::proceed() after such a log-in,
/// LoginFlow::start()/stop(), Session::noteActivity(), setFormOpen(), setSlow() and end(LoggedOut);
/// it registers its own Wipeables with the session and removes them in the destructor. Ports must
/// outlive it. GUI thread.
class Ui : public QObject
{
    Q_OBJECT
public:
    Ui(UiPorts ports, UiOptions options, QObject *parent = nullptr);
    ~Ui() override;

    /// Loads the window into `engine` and shows it. Error: ui.load-failed (Internal) when the QML
    /// does not load. Call once.
    [[nodiscard]] base::Result<void> load(QQmlApplicationEngine &engine);

    /// Null before load().
    [[nodiscard]] QQuickWindow *window() const;
    [[nodiscard]] ShellViewModel &shell() const;
    [[nodiscard]] ServiceViewModel &service() const;
    [[nodiscard]] Router &router() const;
    [[nodiscard]] AccessSettings &access() const;

    /// One second has passed. Driven by an internal timer after load(); tests call it.
    void tick();

Q_SIGNALS:
    /// The first frame is on the screen and accepts touches. Once.
    void firstFrameShown();
    /// The hidden gesture was made: the root decides whether there is an attendants' program.
    void staffRequested();

private:
    struct Parts;
    void applyLanguage();

    std::unique_ptr<Parts> m_parts;
};

/// Sets the application's font to the family with simplified Chinese glyph shapes. Call once,
/// before load(); without it a C.UTF-8 locale gets Japanese shapes.
void applyApplicationFont();

} // namespace riderport::ui
