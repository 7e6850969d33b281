// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QQuickPaintedItem>

namespace riderport::ui {

/// Paints a QR picture (one pixel per module, quiet zone included) in whole device pixels per
/// module, centred. One painted image: hundreds of rectangles would cost 19 ms of a frame.
class QrCodeItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QImage image READ image WRITE setImage NOTIFY imageChanged FINAL)
    Q_PROPERTY(bool empty READ empty NOTIFY imageChanged FINAL)
public:
    explicit QrCodeItem(QQuickItem *parent = nullptr);

    [[nodiscard]] QImage image() const { return m_image; }
    [[nodiscard]] bool empty() const { return m_image.isNull(); }
    void setImage(const QImage &image);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void imageChanged();

private:
    QImage m_image;
};

} // namespace riderport::ui
