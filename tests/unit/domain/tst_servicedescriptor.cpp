// SPDX-License-Identifier: Apache-2.0
#include "domain/servicedescriptor.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace riderport::domain;
using namespace Qt::StringLiterals;

namespace {

QByteArray resource(const QString &name)
{
    QFile file(qEnvironmentVariable("RIDERPORT_SOURCE") + u"/resources/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// The first object of an array member, changed by `change`.
template<typename Change>
QJsonObject withFirst(QJsonObject object, const QString &key, Change &&change)
{
    QJsonArray items = object.value(key).toArray();
    QJsonObject first = items.at(0).toObject();
    change(first);
    items.replace(0, first);
    object.insert(key, items);
    return object;
}

} // namespace

class TestServiceDescriptor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allFifteenServicesParse()
    {
        const QStringList icons{u"doc"_s,       u"id-card"_s, u"wallet"_s,  u"cross"_s,
                                u"plane"_s,     u"bank"_s,    u"coins"_s,   u"card"_s,
                                u"handshake"_s, u"shield"_s,  u"percent"_s, u"cap"_s,
                                u"home"_s,      u"book"_s,    u"bike"_s};
        QSet<int> orders;
        for (int i = 1; i <= 15; ++i) {
            const QString id = u"S%1"_s.arg(i, 2, 10, QLatin1Char('0'));
            const auto parsed = parseServiceDescriptor(resource(u"services/"_s + id + u".json"_s));
            QVERIFY2(parsed.ok(), qPrintable(id + (parsed ? QString() : parsed.error().detail)));
            QCOMPARE(parsed->id.toString(), id);
            QCOMPARE(parsed->icon, icons.at(i - 1));
            QCOMPARE(parsed->available, i == 2);
            QVERIFY(parsed->guide.size() >= 3);
            QVERIFY(!parsed->law.isEmpty());
            orders.insert(parsed->order);
        }
        QCOMPARE(orders.size(), 15);
    }

    void socialInsuranceRecordIsComplete()
    {
        const auto parsed = parseServiceDescriptor(resource(u"services/S02.json"_s));
        QVERIFY(parsed.ok());
        QCOMPARE(parsed->consent->group, u"social_insurance"_s);
        QCOMPARE(parsed->inputs.size(), 3);
        QCOMPARE(parsed->monthRanges.constFirst().maxMonths, 60);
        QCOMPARE(parsed->sections.size(), 3);
        QCOMPARE(parsed->sections.at(2).kind, ServiceDescriptor::Section::Kind::Table);
        for (const auto *code :
             {"NOT_ENROLLED", "ARREARS", "MULTI_ACCOUNT", "IDENTITY_MISMATCH",
              "DUPLICATE_APPLICATION", "OUT_OF_WINDOW", "NOT_ELIGIBLE", "MATERIAL_MISSING",
              "UPSTREAM_DOWN", "TIMEOUT", "RATE_LIMITED", "DATA_STALE"}) {
            QVERIFY2(parsed->errors.contains(QLatin1String(code)), code);
            QVERIFY2(!parsed->errors.value(QLatin1String(code)).next.isEmpty(), code);
        }
        QVERIFY(!parsed->upstream.isEmpty());
    }

    void publicFormHasNoUpstream()
    {
        const QByteArray full = resource(u"services/S02.json"_s);
        const auto open = publicDescriptorJson(full);
        QVERIFY(open.ok());
        QVERIFY(!open->contains("hb-hrss"));
        const auto parsed = parseServiceDescriptor(*open);
        QVERIFY(parsed.ok());
        QVERIFY(parsed->upstream.isEmpty());
        QVERIFY(!publicDescriptorJson("{}").ok());
    }

    void refusesWrongDescriptors_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("where");
        const QString field = u"descriptor.field"_s;
        const QJsonObject good = objectOf(resource(u"services/S02.json"_s));
        QVERIFY(!good.isEmpty());
        const auto changed = [&good](const QString &key, const QJsonValue &value) {
            QJsonObject object = good;
            if (value.isUndefined())
                object.remove(key);
            else
                object.insert(key, value);
            return jsonOf(object);
        };
        QTest::newRow("empty") << QByteArray() << u"descriptor.syntax"_s << QString();
        QTest::newRow("array") << QByteArray("[]") << u"descriptor.syntax"_s << QString();
        QTest::newRow("deep") << QByteArray(2000, '[') << u"descriptor.syntax"_s << QString();
        QTest::newRow("large") << QByteArray(300 * 1024, ' ') << u"descriptor.syntax"_s
                               << QString();
        QTest::newRow("unknown key") << changed(u"titel"_s, 1) << field << u"titel: unknown key"_s;
        QTest::newRow("no id") << changed(u"id"_s, QJsonValue::Undefined) << field << u"id: "_s;
        QTest::newRow("id with line feed") << changed(u"id"_s, u"S02\n"_s) << field << u"id: "_s;
        QTest::newRow("kind") << changed(u"kind"_s, u"magic"_s) << field << u"kind: "_s;
        QTest::newRow("fraction") << changed(u"revision"_s, 1.5) << field << u"revision: "_s;
        QTest::newRow("level") << changed(u"auth_level"_s, 4) << field << u"auth_level: "_s;
        QTest::newRow("long tile")
                << changed(u"short_title"_s,
                           QJsonObject{{u"zh"_s, u"社会保险记录"_s}, {u"en"_s, u"x"_s}})
                << field << u"short_title: "_s;
        QTest::newRow("no English") << changed(u"window"_s, QJsonObject{{u"zh"_s, u"全年"_s}})
                                    << field << u"window: "_s;
        QTest::newRow("third language")
                << changed(u"window"_s, QJsonObject{{u"zh"_s, u"全年"_s},
                                                    {u"en"_s, u"All year"_s},
                                                    {u"fr"_s, u"toujours"_s}})
                << field << u"window.fr: unknown key"_s;
        QTest::newRow("no guide") << changed(u"guide"_s, QJsonArray{}) << field << u"guide: "_s;
        QTest::newRow("no consent")
                << changed(u"consent"_s, QJsonValue::Undefined) << field << u"consent: "_s;
        QTest::newRow("nothing shown")
                << changed(u"sections"_s, QJsonArray{}) << field << u"sections: "_s;
        QTest::newRow("error code") << changed(u"errors"_s, QJsonObject{{u"oops"_s, QJsonObject{}}})
                                    << field << u"errors.oops: "_s;
        QTest::newRow("duplicate input")
                << jsonOf(withFirst(good, u"inputs"_s,
                                    [](QJsonObject &item) { item.insert(u"key"_s, u"to"_s); }))
                << field << u"inputs[2].key: used twice"_s;
        QTest::newRow("default is no option")
                << jsonOf(withFirst(
                           good, u"inputs"_s,
                           [](QJsonObject &item) { item.insert(u"default"_s, u"110,999"_s); }))
                << field << u"inputs[0].default: "_s;
        QTest::newRow("choice without options")
                << jsonOf(withFirst(good, u"inputs"_s,
                                    [](QJsonObject &item) { item.remove(u"options"_s); }))
                << field << u"inputs[0].options: "_s;
        QTest::newRow("range over a missing input")
                << jsonOf(withFirst(good, u"month_ranges"_s,
                                    [](QJsonObject &item) { item.insert(u"from"_s, u"types"_s); }))
                << field << u"month_ranges[0].from: "_s;
        QTest::newRow("title key without enum")
                << jsonOf(withFirst(
                           good, u"sections"_s,
                           [](QJsonObject &item) { item.insert(u"title_key"_s, u"aac003"_s); }))
                << field << u"sections[0].title_key: "_s;
        QTest::newRow("source path")
                << jsonOf(withFirst(good, u"sections"_s,
                                    [](QJsonObject &item) { item.insert(u"source"_s, u"a..b"_s); }))
                << field << u"sections[0].source: "_s;
    }
    void refusesWrongDescriptors()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        QFETCH(QString, where);
        const auto parsed = parseServiceDescriptor(json);
        QVERIFY(!parsed.ok());
        QCOMPARE(parsed.error().code, code);
        QVERIFY2(parsed.error().detail.startsWith(where), qPrintable(parsed.error().detail));
    }

    // The schema is for editors and other tools; it must not drift from the parser.
    void schemaNamesTheKeysOfTheParser()
    {
        const QJsonObject schema = objectOf(resource(u"schema/service-descriptor.schema.json"_s));
        const QJsonObject properties = schema.value(u"properties"_s).toObject();
        // S02 uses every key there is, and the parser accepts it.
        QCOMPARE(properties.keys(), objectOf(resource(u"services/S02.json"_s)).keys());
        const QJsonArray required = schema.value(u"required"_s).toArray();
        for (const QJsonValue &name : required) {
            QJsonObject without = objectOf(resource(u"services/S13.json"_s));
            without.remove(name.toString());
            const auto parsed = parseServiceDescriptor(jsonOf(without));
            QVERIFY2(!parsed.ok(), qPrintable(name.toString()));
            QVERIFY2(parsed.error().detail.startsWith(name.toString()),
                     qPrintable(parsed.error().detail));
        }
    }
};

QTEST_APPLESS_MAIN(TestServiceDescriptor)
#include "tst_servicedescriptor.moc"
