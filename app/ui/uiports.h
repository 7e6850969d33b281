// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "domain/localtext.h"

#include <QImage>
#include <QSize>
#include <QString>

#include <functional>

namespace riderport::base {
class Clock;
}
namespace riderport::session {
class Session;
}
namespace riderport::identity {
class LoginFlow;
}
namespace riderport::services {
class ServiceCatalogue;
class ServiceFlow;
} // namespace riderport::services
namespace riderport::station {
class StationInfo;
}
namespace riderport::sync {
class Connectivity;
}
namespace riderport::ime {
class CandidateSource;
}

namespace riderport::ui {

/// Text → QR picture: one pixel per module, black on white, its quiet zone of four modules
/// included. A null image means "cannot be encoded"; the page then shows that no code is there.
/// Called on the GUI thread and expected to return within a few milliseconds.
using QrEncoder = std::function<QImage(const QString &)>;

/// Everything the user interface needs from the rest of the kiosk. All references must outlive the
/// Ui object. GUI thread only.
struct UiPorts
{
    session::Session &session;
    identity::LoginFlow &login;
    services::ServiceCatalogue &catalogue;
    services::ServiceFlow &service;
    station::StationInfo &station;
    sync::Connectivity &connectivity;
    base::Clock &clock;
    QrEncoder encodeQr;
    ime::CandidateSource *candidates = nullptr; ///< null: a terminal without a touch keyboard
};

/// Settings of this terminal that decide how the interface looks. None of them is personal.
struct UiOptions
{
    domain::Language language = domain::Language::Chinese; ///< language a session starts with
    double diagonalInch = 32.0; ///< visible diagonal of the screen, 10–100
    int mountBottomMm = 700;    ///< lower edge of the picture above the floor, 0–1500
    QSize windowSize;           ///< empty: full screen; else a fixed window (demo, tests)
    bool demoData = false;      ///< the station itself is a simulation: the badge always shows
};

/// The geometry of one mounted screen in the units pages are drawn in.
struct UiGeometry
{
    double scale = 1.0; ///< 1.0–1.6, so that 28 px text has ≥ 4.8 mm capitals and 72 px ≥ 12.7 mm
    int reachY = 576;     ///< portrait: nothing touchable above this line (1,200 mm, at least 30 %)
    int lowReachY = 1106; ///< the same for low-reach mode (1,000 mm)
};

/// Computes the geometry for a picture of `pixels` on a screen of `diagonalInch` mounted with its
/// lower edge at `mountBottomMm`. Sources: EN 301 549 5.1.4 and 8.3, ADA 308.
[[nodiscard]] UiGeometry geometryFor(QSize pixels, double diagonalInch, int mountBottomMm);

} // namespace riderport::ui
