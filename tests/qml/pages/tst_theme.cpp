// SPDX-License-Identifier: Apache-2.0
#include <QColor>
#include <QFile>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

/// Contrast of every pair of colours that meet on a screen, in both themes.
class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pairsKeepTheirContrast_data();
    void pairsKeepTheirContrast();
    void everyErrorCodeHasWords_data();
    void everyErrorCodeHasWords();

private:
    [[nodiscard]] std::unique_ptr<QObject> holder(const QString &module, const QString &singleton);

    QQmlEngine m_engine;
};

namespace {

double luminance(const QColor &colour)
{
    const auto channel = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) +
           0.0722 * channel(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

void TestTheme::initTestCase()
{
    m_engine.addImportPath(u"qrc:/qt/qml"_s);
}

std::unique_ptr<QObject> TestTheme::holder(const QString &module, const QString &singleton)
{
    QQmlComponent component(&m_engine);
    component.setData(
            u"import QtQml\nimport %1\nQtObject { property var it: %2 }"_s.arg(module, singleton)
                    .toUtf8(),
            {});
    std::unique_ptr<QObject> object(component.create());
    if (!object)
        qWarning() << component.errors();
    return object;
}

void TestTheme::pairsKeepTheirContrast_data()
{
    QTest::addColumn<QString>("ink");
    QTest::addColumn<QString>("paper");
    QTest::addColumn<double>("least");
    const QList<std::pair<QString, QString>> texts{{u"ink1"_s, u"bg"_s},
                                                   {u"ink1"_s, u"card"_s},
                                                   {u"ink2"_s, u"bg"_s},
                                                   {u"ink2"_s, u"card"_s},
                                                   {u"inkOnBrand"_s, u"brand"_s},
                                                   {u"inkOnBrand"_s, u"brandPressed"_s},
                                                   {u"brandInk"_s, u"card"_s},
                                                   {u"brandInk"_s, u"bg"_s},
                                                   {u"inkOnSelected"_s, u"selected"_s},
                                                   {u"inkOnFrame"_s, u"frame"_s},
                                                   {u"frameInk2"_s, u"frame"_s},
                                                   {u"inkOnAmber"_s, u"amber"_s},
                                                   {u"noticeInk"_s, u"notice"_s},
                                                   {u"ok"_s, u"card"_s},
                                                   {u"ok"_s, u"okBg"_s},
                                                   {u"bad"_s, u"card"_s},
                                                   {u"badInk"_s, u"badBg"_s},
                                                   {u"offInk"_s, u"off"_s},
                                                   {u"qrInk"_s, u"qrPaper"_s}};
    const QList<std::pair<QString, QString>> borders{
            {u"line"_s, u"card"_s},      {u"line"_s, u"bg"_s},       {u"brandInk"_s, u"selected"_s},
            {u"bad"_s, u"badBg"_s},      {u"focusOuter"_s, u"bg"_s}, {u"focusOuter"_s, u"card"_s},
            {u"frameInk2"_s, u"frame"_s}};
    for (const auto &[ink, paper] : texts)
        QTest::addRow("%s on %s", qPrintable(ink), qPrintable(paper)) << ink << paper << 7.0;
    for (const auto &[ink, paper] : borders)
        QTest::addRow("%s border on %s", qPrintable(ink), qPrintable(paper)) << ink << paper << 3.0;
}

void TestTheme::pairsKeepTheirContrast()
{
    QFETCH(QString, ink);
    QFETCH(QString, paper);
    QFETCH(double, least);
    const auto held = holder(u"Riderport.Theme"_s, u"Theme"_s);
    QVERIFY(held);
    QObject *theme = held->property("it").value<QObject *>();
    QVERIFY(theme);
    for (const bool high : {false, true}) {
        // A chosen row is framed in its own colour there; its mark and weight say the rest.
        if (high && ink == u"brandInk"_s && paper == u"selected"_s)
            continue;
        theme->setProperty("highContrast", high);
        const QVariant first = theme->property(qPrintable(ink));
        const QVariant second = theme->property(qPrintable(paper));
        QVERIFY(first.isValid() && second.isValid());
        const double ratio = contrast(first.value<QColor>(), second.value<QColor>());
        QVERIFY2(ratio >= least, qPrintable(QString::number(ratio)));
    }
    theme->setProperty("highContrast", false);
}

void TestTheme::everyErrorCodeHasWords_data()
{
    QTest::addColumn<QString>("code");
    for (const char *code : {"token.expired",
                             "token.not-yet-valid",
                             "token.replayed",
                             "token.forged",
                             "token.foreign-district",
                             "token.other-station",
                             "token.unknown-key",
                             "token.key-expired",
                             "token.clock",
                             "token.malformed",
                             "token.too-long",
                             "ticket.expired",
                             "ticket.cancelled",
                             "ticket.offline",
                             "camera.absent",
                             "NOT_ENROLLED",
                             "MULTI_ACCOUNT",
                             "IDENTITY_MISMATCH",
                             "UPSTREAM_DOWN",
                             "TIMEOUT",
                             "RATE_LIMITED",
                             "OUT_OF_WINDOW",
                             "OFFLINE",
                             "SESSION_EXPIRED",
                             "CONSENT_MISSING",
                             "INTERNAL"})
        QTest::newRow(code) << QString::fromLatin1(code);
}

void TestTheme::everyErrorCodeHasWords()
{
    QFETCH(QString, code);
    const auto held = holder(u"Riderport.Texts"_s, u"ErrorTexts"_s);
    QVERIFY(held);
    QObject *texts = held->property("it").value<QObject *>();
    QVERIFY(texts);
    const auto say = [texts](const char *function, const QString &about) {
        QString words;
        QMetaObject::invokeMethod(texts, function, Q_RETURN_ARG(QString, words),
                                  Q_ARG(QString, about), Q_ARG(QString, QString()));
        return words;
    };
    const QString unknown = say("what", u"no.such-code"_s);
    QVERIFY(!unknown.isEmpty());
    QVERIFY(!say("next", code).isEmpty());
    QVERIFY(!say("what", code).isEmpty());
    if (code != u"INTERNAL"_s)
        QVERIFY2(say("what", code) != unknown, "falls back to the general words");
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
