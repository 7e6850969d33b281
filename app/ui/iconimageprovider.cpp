// SPDX-License-Identifier: Apache-2.0
#include "iconimageprovider.h"

#include <QColor>
#include <QFile>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {

constexpr int kCachedIcons = 256;
constexpr int kMaxPixels = 512;

QByteArray svgOf(const QString &name)
{
    // Names are data: nothing but plain words may become part of a path.
    static const QRegularExpression plain(u"^[a-z0-9-]{1,40}$"_s);
    QFile file(u":/riderport/icons/%1.svg"_s.arg(name));
    if (!plain.match(name).hasMatch() || !file.exists())
        file.setFileName(u":/riderport/icons/doc.svg"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

IconImageProvider::IconImageProvider()
    : QQuickImageProvider(QQuickImageProvider::Image)
    , m_cache(kCachedIcons)
{}

QImage IconImageProvider::requestImage(const QString &id, QSize *size, const QSize &)
{
    if (const QImage *known = m_cache.object(id)) {
        *size = known->size();
        return *known;
    }
    const QStringList parts = id.split(u'/');
    const QColor colour(u"#%1"_s.arg(parts.value(1)));
    const int pixels = qBound(8, parts.value(2).toInt(), kMaxPixels);
    QByteArray svg = svgOf(parts.value(0));
    svg.replace("currentColor", (colour.isValid() ? colour : QColor(Qt::black)).name().toLatin1());
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.end();
    m_cache.insert(id, new QImage(image));
    *size = image.size();
    return image;
}

} // namespace riderport::ui
