// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCache>
#include <QQuickImageProvider>

namespace riderport::ui {

/// "image://icon/<name>/<RRGGBB>/<pixels>": an icon of resources/icons in one colour. Icons are
/// line drawings on a 64-grid that say currentColor; the colour is put in before rendering. An
/// unknown name draws the plain document icon, because names come with service descriptors and a
/// descriptor may be newer than this build.
class IconImageProvider : public QQuickImageProvider
{
public:
    IconImageProvider();
    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;

private:
    QCache<QString, QImage> m_cache;
};

} // namespace riderport::ui
