// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accesssettings.h"
#include "router.h"
#include "uiports.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace riderport::ui {

/// The idle loop: hard cuts every 8 s between what the place is, what can be done here, and the
/// notices of the station. Every fact comes from the local cache.
class AttractViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the composition root")
    Q_PROPERTY(Slide slide READ slide NOTIFY slideChanged FINAL)
    Q_PROPERTY(int slideIndex READ slideIndex NOTIFY slideChanged FINAL)
    Q_PROPERTY(int slideCount READ slideCount NOTIFY slideChanged FINAL)
    Q_PROPERTY(QString noticeTitle READ noticeTitle NOTIFY slideChanged FINAL)
    Q_PROPERTY(QString noticeBody READ noticeBody NOTIFY slideChanged FINAL)
    Q_PROPERTY(bool noticeIsSafety READ noticeIsSafety NOTIFY slideChanged FINAL)
    Q_PROPERTY(QString stationName READ stationName NOTIFY stationChanged FINAL)
    Q_PROPERTY(QString address READ address NOTIFY stationChanged FINAL)
    Q_PROPERTY(QString openFrom READ openFrom NOTIFY stationChanged FINAL)
    Q_PROPERTY(QString openUntil READ openUntil NOTIFY stationChanged FINAL)
    Q_PROPERTY(QString phone READ phone NOTIFY stationChanged FINAL)
    Q_PROPERTY(QStringList capabilities READ capabilities NOTIFY stationChanged FINAL)
    Q_PROPERTY(QStringList serviceNames READ serviceNames NOTIFY stationChanged FINAL)
public:
    enum Slide { Welcome, Services, Facilities, Notice };
    Q_ENUM(Slide)
    static constexpr qint64 kSlideMs = 8000;

    AttractViewModel(const UiPorts &ports, AccessSettings &access, Router &router,
                     QObject *parent = nullptr);

    [[nodiscard]] Slide slide() const;
    [[nodiscard]] int slideIndex() const { return m_index; }
    [[nodiscard]] int slideCount() const { return int(m_slides.size()); }
    [[nodiscard]] QString noticeTitle() const;
    [[nodiscard]] QString noticeBody() const;
    [[nodiscard]] bool noticeIsSafety() const;
    [[nodiscard]] QString stationName() const;
    [[nodiscard]] QString address() const;
    [[nodiscard]] QString openFrom() const;
    [[nodiscard]] QString openUntil() const;
    [[nodiscard]] QString phone() const;
    [[nodiscard]] QStringList capabilities() const;
    /// Short titles of services that can be used here now.
    [[nodiscard]] QStringList serviceNames() const;

    /// Called once a second; moves on when the slide has been seen for 8 s.
    void tick();

Q_SIGNALS:
    void slideChanged();
    void stationChanged();

private:
    struct Entry
    {
        Slide slide = Welcome;
        int notice = -1;
        friend bool operator==(const Entry &, const Entry &) = default;
    };
    void rebuild();

    UiPorts m_ports;
    AccessSettings &m_access;
    Router &m_router;
    QList<Entry> m_slides;
    int m_index = 0;
    qint64 m_shownSinceMs = 0;
};

} // namespace riderport::ui
