// SPDX-License-Identifier: Apache-2.0
#include "qrcodeitem.h"

#include <QPainter>

namespace riderport::ui {

QrCodeItem::QrCodeItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setOpaquePainting(true);
    setFillColor(Qt::white);
}

void QrCodeItem::setImage(const QImage &image)
{
    if (image.cacheKey() == m_image.cacheKey())
        return;
    m_image = image;
    Q_EMIT imageChanged();
    update();
}

void QrCodeItem::paint(QPainter *painter)
{
    // White even in the high-contrast theme: cameras of phones expect dark on light.
    painter->fillRect(boundingRect(), Qt::white);
    if (m_image.isNull())
        return;
    const int space = int(qMin(width(), height()));
    const int side = qMax(m_image.width(), 1);
    const int scale = qMax(space / side, 1);
    const int drawn = scale * side;
    const QPoint corner((int(width()) - drawn) / 2, (int(height()) - drawn) / 2);
    painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter->drawImage(QRect(corner, QSize(drawn, drawn)), m_image);
}

} // namespace riderport::ui
