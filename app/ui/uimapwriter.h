// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

class QQuickItem;
class QQuickWindow;

namespace riderport::ui {

/// Development builds only (RIDERPORT_TESTS): whenever the picture has settled, writes the named
/// items that can be seen as JSON, so that a driver outside the process can send real touches to
/// the right places: {"page":"Home","size":[w,h],"items":{"home.tile.S02":{"rect":[x,y,w,h],
/// "enabled":true,"text":"…"}}}. Rectangles are window pixels.
class UiMapWriter : public QObject
{
    Q_OBJECT
public:
    UiMapWriter(QQuickWindow &window, QString path, QObject *parent = nullptr);

private:
    void write();

    QQuickWindow &m_window;
    const QString m_path;
    QByteArray m_written;
    QTimer m_settle;
};

} // namespace riderport::ui
