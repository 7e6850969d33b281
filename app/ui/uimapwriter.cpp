// SPDX-License-Identifier: Apache-2.0
#include "uimapwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {

constexpr int kSettleMs = 60;

QString spokenName(const QQuickItem &item)
{
    for (const char *property : {"text", "label"}) {
        const QVariant value = item.property(property);
        if (value.typeId() == QMetaType::QString && !value.toString().isEmpty())
            return value.toString();
    }
    return {};
}

void collect(const QQuickItem &item, const QRectF &clip, QJsonObject &into)
{
    if (!item.isVisible() || item.opacity() <= 0)
        return;
    const QRectF area = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
    const QRectF inner = item.clip() ? clip.intersected(area) : clip;
    if (!item.objectName().isEmpty() && clip.intersects(area)) {
        const QRectF seen = clip.intersected(area);
        into.insert(item.objectName(),
                    QJsonObject{{u"rect"_s,
                                 QJsonArray{seen.x(), seen.y(), seen.width(), seen.height()}},
                                {u"enabled"_s, item.isEnabled()},
                                {u"text"_s, spokenName(item)}});
    }
    for (const QQuickItem *child : item.childItems())
        collect(*child, inner, into);
}

} // namespace

UiMapWriter::UiMapWriter(QQuickWindow &window, QString path, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_path(std::move(path))
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &UiMapWriter::write);
    // Swapped frames come from the render thread on some set-ups; the timer lives here.
    connect(
            &m_window, &QQuickWindow::frameSwapped, this, [this] { m_settle.start(); },
            Qt::QueuedConnection);
}

void UiMapWriter::write()
{
    QJsonObject items;
    collect(*m_window.contentItem(), QRectF(QPointF(0, 0), m_window.size()), items);
    const QJsonObject map{{u"page"_s, m_window.property("pageName").toString()},
                          {u"size"_s, QJsonArray{m_window.width(), m_window.height()}},
                          {u"items"_s, items}};
    const QByteArray json = QJsonDocument(map).toJson(QJsonDocument::Compact);
    if (json == m_written)
        return;
    QSaveFile file(m_path);
    if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit())
        m_written = json;
}

} // namespace riderport::ui
