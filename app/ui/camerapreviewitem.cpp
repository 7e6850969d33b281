// SPDX-License-Identifier: Apache-2.0
#include "camerapreviewitem.h"

#include <QPainter>

namespace riderport::ui {

CameraPreviewItem::CameraPreviewItem(QQuickItem *parent)
    : QQuickPaintedItem(parent)
{
    setOpaquePainting(true);
    setFillColor(Qt::black);
}

void CameraPreviewItem::setImage(const QImage &image)
{
    m_image = image;
    Q_EMIT imageChanged();
    update();
}

void CameraPreviewItem::paint(QPainter *painter)
{
    painter->fillRect(boundingRect(), Qt::black);
    if (m_image.isNull() || width() < 1 || height() < 1)
        return;
    const double zoom = qMax(width() / m_image.width(), height() / m_image.height());
    const QSizeF part(width() / zoom, height() / zoom);
    const QRectF source(
            QPointF((m_image.width() - part.width()) / 2, (m_image.height() - part.height()) / 2),
            part);
    painter->drawImage(boundingRect(), m_image, source);
}

} // namespace riderport::ui
