// SPDX-License-Identifier: Apache-2.0
#include "galleryvalidator.h"

#include <QAccessible>
#include <QQuickItem>
#include <QQuickWindow>

using namespace Qt::StringLiterals;

namespace riderport::gallery {

namespace {

struct Target
{
    QRectF rect;
    QString name;
};

class Walk
{
public:
    Walk(QQuickWindow &window, const Rules &rules)
        : m_window(window)
        , m_rules(rules)
    {}

    QStringList run()
    {
        QQuickItem *root = m_window.contentItem();
        const QRectF all(QPointF(0, 0), m_window.size());
        m_sheet = openSheet(*root);
        visit(*root, all, nullptr, false, m_sheet == nullptr);
        for (qsizetype i = 0; i < m_targets.size(); ++i) {
            for (qsizetype k = i + 1; k < m_targets.size(); ++k) {
                const QRectF grown = m_targets.at(i).rect.adjusted(-7, -7, 7, 7);
                if (grown.intersects(m_targets.at(k).rect))
                    report(u"less than 8 px between %1 and %2"_s.arg(m_targets.at(i).name,
                                                                     m_targets.at(k).name));
            }
        }
        return m_problems;
    }

private:
    static QQuickItem *openSheet(QQuickItem &item)
    {
        if (!item.isVisible())
            return nullptr;
        if (item.property("panelTop").isValid() && item.property("open").toBool())
            return &item;
        for (QQuickItem *child : item.childItems()) {
            if (QQuickItem *found = openSheet(*child))
                return found;
        }
        return nullptr;
    }

    static QRectF sceneRect(const QQuickItem &item)
    {
        return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
    }

    static QString describe(const QQuickItem &item)
    {
        const QString text = item.property("text").toString().left(24);
        return u"%1 '%2' \"%3\""_s.arg(QString::fromLatin1(item.metaObject()->className()),
                                       item.objectName(), text);
    }

    void report(const QString &problem)
    {
        if (!m_problems.contains(problem))
            m_problems.append(problem);
    }

    void visit(const QQuickItem &item, const QRectF &clip, const QQuickItem *button, bool scrolled,
               bool live)
    {
        if (!item.isVisible() || item.opacity() <= 0)
            return;
        if (&item == m_sheet)
            live = true;
        const QRectF rect = sceneRect(item);
        if (item.inherits("QQuickText"))
            checkText(item, rect, clip, button, scrolled);
        const bool isButton = item.inherits("QQuickAbstractButton");
        if (live && (isButton || item.inherits("QQuickTextInput")) && item.isEnabled())
            checkTarget(item, rect, clip, scrolled);
        const bool flickable = item.inherits("QQuickFlickable");
        const QRectF inner = item.clip() ? clip.intersected(rect) : clip;
        for (const QQuickItem *child : item.childItems())
            visit(*child, inner, isButton ? &item : button, scrolled || flickable, live);
    }

    void checkText(const QQuickItem &text, const QRectF &rect, const QRectF &clip,
                   const QQuickItem *button, bool scrolled)
    {
        if (text.property("text").toString().trimmed().isEmpty())
            return;
        const double wide = text.property("contentWidth").toDouble();
        const double high = text.property("contentHeight").toDouble();
        if (text.property("truncated").toBool() || wide > text.width() + 1 ||
            high > text.height() + 2)
            report(u"text does not fit: "_s + describe(text));
        if (rect.left() < clip.left() - 1 || rect.right() > clip.right() + 1)
            report(u"text leaves its page sideways: "_s + describe(text));
        if (!scrolled && (rect.top() < clip.top() - 1 || rect.bottom() > clip.bottom() + 1))
            report(u"text leaves its page: "_s + describe(text));
        if (button) {
            const QRectF frame = sceneRect(*button);
            if (!frame.adjusted(-1, -1, 1, 1).contains(rect))
                report(u"text leaves its button: "_s + describe(text));
        }
        if (m_rules.english && !isLanguageName(text)) {
            for (const QChar c : text.property("text").toString()) {
                if (c.script() == QChar::Script_Han) {
                    report(u"not translated: "_s + describe(text));
                    break;
                }
            }
        }
    }

    static bool isLanguageName(const QQuickItem &text)
    {
        return text.property("text").toString() == u"中文"_s;
    }

    void checkTarget(const QQuickItem &item, const QRectF &rect, const QRectF &clip, bool scrolled)
    {
        const QRectF seen = rect.intersected(clip);
        if (seen.isEmpty())
            return;
        const QString what = describe(item);
        if (rect.width() < m_rules.minimumTarget || rect.height() < m_rules.minimumTarget)
            report(u"smaller than %1 px: %2 (%3×%4)"_s.arg(QString::number(m_rules.minimumTarget),
                                                           what, QString::number(rect.width()),
                                                           QString::number(rect.height())));
        if (!scrolled && !clip.adjusted(-1, -1, 1, 1).contains(rect))
            report(u"control leaves its page: "_s + what);
        if (seen.top() < m_rules.reachLine - 1 && (m_rules.strictReach || !scrolled))
            report(u"above the reach line (%1 < %2): %3"_s.arg(
                    QString::number(seen.top()), QString::number(m_rules.reachLine), what));
        QAccessibleInterface *spoken =
                QAccessible::queryAccessibleInterface(const_cast<QQuickItem *>(&item));
        if (!spoken || spoken->text(QAccessible::Name).isEmpty())
            report(u"no accessible name: "_s + what);
        m_targets.append({seen, what});
    }

    QQuickWindow &m_window;
    const Rules &m_rules;
    QQuickItem *m_sheet = nullptr;
    QList<Target> m_targets;
    QStringList m_problems;
};

} // namespace

QStringList problemsOf(QQuickWindow &window, const Rules &rules)
{
    return Walk(window, rules).run();
}

} // namespace riderport::gallery
