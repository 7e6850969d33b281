// SPDX-License-Identifier: Apache-2.0
#include "attractviewmodel.h"

#include "base/clock.h"
#include "services/servicecatalogue.h"
#include "station/stationinfo.h"

namespace riderport::ui {

AttractViewModel::AttractViewModel(const UiPorts &ports, AccessSettings &access, Router &router,
                                   QObject *parent)
    : QObject(parent)
    , m_ports(ports)
    , m_access(access)
    , m_router(router)
{
    connect(&m_ports.station, &station::StationInfo::stateChanged, this,
            &AttractViewModel::rebuild);
    connect(&m_ports.catalogue, &services::ServiceCatalogue::changed, this,
            &AttractViewModel::rebuild);
    connect(&m_access, &AccessSettings::languageChanged, this, &AttractViewModel::rebuild);
    connect(&m_router, &Router::pageChanged, this, [this] {
        m_index = 0;
        m_shownSinceMs = m_ports.clock.monotonicMs();
        Q_EMIT slideChanged();
    });
    m_shownSinceMs = m_ports.clock.monotonicMs();
    rebuild();
}

AttractViewModel::Slide AttractViewModel::slide() const
{
    return m_slides.value(m_index).slide;
}

QString AttractViewModel::noticeTitle() const
{
    const auto &notices = m_ports.station.state().notices;
    const int i = m_slides.value(m_index).notice;
    return i >= 0 && i < notices.size() ? notices.at(i).title.in(m_access.language()) : QString();
}

QString AttractViewModel::noticeBody() const
{
    const auto &notices = m_ports.station.state().notices;
    const int i = m_slides.value(m_index).notice;
    return i >= 0 && i < notices.size() ? notices.at(i).body.in(m_access.language()) : QString();
}

bool AttractViewModel::noticeIsSafety() const
{
    const auto &notices = m_ports.station.state().notices;
    const int i = m_slides.value(m_index).notice;
    return i >= 0 && i < notices.size() && notices.at(i).safety;
}

QString AttractViewModel::stationName() const
{
    return m_ports.station.state().name.in(m_access.language());
}

QString AttractViewModel::address() const
{
    return m_ports.station.state().address.in(m_access.language());
}

QString AttractViewModel::openFrom() const
{
    return m_ports.station.state().openFrom;
}

QString AttractViewModel::openUntil() const
{
    return m_ports.station.state().openUntil;
}

QString AttractViewModel::phone() const
{
    return m_ports.station.state().phone;
}

QStringList AttractViewModel::capabilities() const
{
    return m_ports.station.state().capabilities;
}

QStringList AttractViewModel::serviceNames() const
{
    QStringList names;
    for (const domain::ServiceDescriptor &service : m_ports.catalogue.services()) {
        if (service.available)
            names.append(service.shortTitle.in(m_access.language()));
    }
    return names;
}

void AttractViewModel::tick()
{
    const qint64 now = m_ports.clock.monotonicMs();
    if (m_router.page() != Router::Attract || now - m_shownSinceMs < kSlideMs)
        return;
    m_shownSinceMs = now;
    m_index = (m_index + 1) % int(m_slides.size());
    Q_EMIT slideChanged();
}

void AttractViewModel::rebuild()
{
    const station::StationState &station = m_ports.station.state();
    QList<Entry> slides;
    // What the district says about safety goes first.
    for (int i = 0; i < station.notices.size(); ++i) {
        if (station.notices.at(i).safety)
            slides.append({Notice, i});
    }
    slides.append({Welcome, -1});
    if (!serviceNames().isEmpty())
        slides.append({Services, -1});
    if (!station.capabilities.isEmpty())
        slides.append({Facilities, -1});
    for (int i = 0; i < station.notices.size(); ++i) {
        if (!station.notices.at(i).safety)
            slides.append({Notice, i});
    }
    if (slides != m_slides) {
        m_slides = std::move(slides);
        m_index = qMin(m_index, int(m_slides.size()) - 1);
    }
    Q_EMIT slideChanged();
    Q_EMIT stationChanged();
}

} // namespace riderport::ui
