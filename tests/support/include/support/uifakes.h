// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fakeclock.h"
#include "support/fakeloginflow.h"
#include "support/fakeservices.h"
#include "support/fakesession.h"
#include "support/fakestation.h"

#include "uiports.h"

namespace riderport::test {

/// A QR-like picture for pages that must show one; whether codes can be read is the business of
/// the vision library's tests.
inline QImage fakeQr(const QString &text)
{
    constexpr int kSide = 45;
    QImage image(kSide, kSide, QImage::Format_Grayscale8);
    image.fill(255);
    size_t seed = qHash(text);
    for (int y = 4; y < kSide - 4; ++y) {
        for (int x = 4; x < kSide - 4; ++x) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            if ((seed >> 33) & 1)
                image.setPixelColor(x, y, Qt::black);
        }
    }
    return image;
}

/// All ports of the user interface as fakes, with a station, one service and nobody logged in.
struct UiFakes
{
    UiFakes();

    [[nodiscard]] ui::UiPorts ports()
    {
        return {session, login, catalogue, service, station, connectivity, clock, fakeQr};
    }
    /// S02 as a kiosk would show it: consent, three inputs, two sections.
    [[nodiscard]] static domain::ServiceDescriptor socialInsurance();
    [[nodiscard]] static domain::WorkerIdentity worker();
    /// A service state at `step` with inputs answered and, from Result on, a result.
    [[nodiscard]] services::ServiceState stateAt(services::ServiceState::Step step) const;

    FakeClock clock;
    FakeSession session;
    FakeLoginFlow login;
    FakeServiceCatalogue catalogue;
    FakeServiceFlow service;
    FakeStationInfo station;
    FakeConnectivity connectivity;
};

} // namespace riderport::test
