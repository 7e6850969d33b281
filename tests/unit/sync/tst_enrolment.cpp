// SPDX-License-Identifier: Apache-2.0
#include "base/boundedjson.h"
#include "protocol/phonekeycertificate.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fakedistrict.h"
#include "support/fakehttptransport.h"
#include "sync/kioskdata.h"
#include "sync/outbox.h"
#include "sync/syncengine.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;
using riderport::test::await;
using riderport::test::FakeDistrict;
using riderport::test::FakeHttpTransport;
using sync::KioskData;

class TestEnrolment : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_data.reset(); }
    void codeBecomesIdentityAndStaysOne();
    void malformedCodeIsNotSent_data();
    void malformedCodeIsNotSent();
    void refusalIsPassedOn();
    void unreadableRepliesStoreNothing_data();
    void unreadableRepliesStoreNothing();
    void startNeedsIdentity();
    void wholeKioskGoesFromCodeToCache();

private:
    std::optional<FakeHttpTransport::Outcome> answer(const transport::HttpRequest &request)
    {
        if (request.path != "/v1/enrol")
            return m_district.answer(request);
        const auto asked = base::parseJsonObject(request.body, 10'000).value();
        m_publicKey = QByteArray::fromBase64(asked.value(u"public_key"_s).toString().toLatin1());
        if (asked.value(u"code"_s).toString() != u"ABCD2345")
            return FakeDistrict::errorReply(403, u"forbidden"_s, u"enrol.code-invalid"_s);
        QJsonObject reply = sound();
        if (m_change)
            m_change(reply);
        return transport::HttpReply{200, {}, QJsonDocument(reply).toJson(QJsonDocument::Compact)};
    }
    QJsonObject sound() const
    {
        const auto text = [](const QByteArray &bytes) {
            return QString::fromLatin1(bytes.toBase64());
        };
        const auto sealed = [&](const QByteArray &plain) {
            return text(crypto::sealTo(m_publicKey, plain).value());
        };
        return {{u"device_id"_s, u"K-0011223344556677"_s},
                {u"station"_s, u"ST01"_s},
                {u"district"_s, 420303},
                {u"gateway"_s,
                 QJsonObject{{u"app_key"_s, u"app"_s}, {u"secret_sealed"_s, sealed("gw-secret")}}},
                {u"cache_key_sealed"_s, sealed(QByteArray(32, 'c'))},
                {u"issuer_keys"_s,
                 QJsonArray{QJsonObject{{u"kid"_s, u"00000000"_s},
                                        {u"public_key"_s, text(m_issuer.publicKey)}}}},
                {u"server_time"_s, qint64(1'795'000'000'000)}};
    }
    void make()
    {
        m_data.reset();
        sync::KioskDataSettings settings{m_dir->path(), {}};
        settings.timing.uniform = [] { return 0.0; };
        m_data = std::make_unique<KioskData>(settings, m_transport, m_clock);
        const auto opened = await(m_data->open());
        QVERIFY(opened.ok());
        QCOMPARE(opened->enrolled, m_data->identity().has_value());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    riderport::test::FakeClock m_clock;
    FakeDistrict m_district;
    QByteArray m_publicKey;
    crypto::KeyPair m_issuer = crypto::generateKeyPair();
    std::function<void(QJsonObject &)> m_change;
    FakeHttpTransport m_transport{
            [this](const transport::HttpRequest &request) { return answer(request); }};
    std::unique_ptr<KioskData> m_data;
};

void TestEnrolment::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_change = {};
    m_transport.requests.clear();
    make();
}

void TestEnrolment::codeBecomesIdentityAndStaysOne()
{
    QVERIFY(!m_data->identity());
    const auto identity = await(m_data->enrol(u" abcd-2345 "_s, u"0.1.0"_s));
    QVERIFY2(identity.ok(), qPrintable(identity ? QString() : identity.error().detail));
    QCOMPARE(identity->station.toString(), u"ST01"_s);
    QCOMPARE(identity->district, 420303U);
    QCOMPARE(identity->gatewaySecret, QByteArray("gw-secret"));
    QCOMPARE(identity->issuerKeys.first().kid, protocol::keyIdOf(m_issuer.publicKey));
    make();
    QCOMPARE(m_data->identity(), std::optional(*identity));
}

void TestEnrolment::malformedCodeIsNotSent_data()
{
    QTest::addColumn<QString>("code");
    for (const char *code : {"", "ABCD234", "ABCD23456", "ABCD0345", "ABCDI345", "ABCD2345\"x"})
        QTest::newRow(code) << QString::fromLatin1(code);
}

void TestEnrolment::malformedCodeIsNotSent()
{
    QFETCH(QString, code);
    QCOMPARE(await(m_data->enrol(code, u"0.1.0"_s)).error().code, u"enrol.code-malformed"_s);
    QVERIFY(m_transport.requests.isEmpty());
}

void TestEnrolment::refusalIsPassedOn()
{
    QCOMPARE(await(m_data->enrol(u"ABCD2346"_s, u"0.1.0"_s)).error().code, u"enrol.code-invalid"_s);
    QVERIFY(!m_data->identity());
}

void TestEnrolment::unreadableRepliesStoreNothing_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("no device") << u"device_id"_s << QJsonValue();
    QTest::newRow("empty station") << u"station"_s << QJsonValue(u""_s);
    QTest::newRow("no district") << u"district"_s << QJsonValue(u"x"_s);
    QTest::newRow("no gateway") << u"gateway"_s << QJsonValue(1);
    QTest::newRow("sealed for another") << u"cache_key_sealed"_s << QJsonValue(u"AAAA"_s);
    QTest::newRow("no issuers") << u"issuer_keys"_s << QJsonValue(QJsonArray());
    QTest::newRow("short issuer") << u"issuer_keys"_s
                                  << QJsonValue(
                                             QJsonArray{QJsonObject{{u"public_key"_s, u"AAAA"_s}}});
}

void TestEnrolment::unreadableRepliesStoreNothing()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    m_change = [=](QJsonObject &reply) { reply.insert(field, value); };
    const auto identity = await(m_data->enrol(u"ABCD2345"_s, u"0.1.0"_s));
    QVERIFY(!identity);
    QCOMPARE(identity.error().code, u"enrol.reply"_s);
    make();
    QVERIFY(!m_data->identity());
}

void TestEnrolment::startNeedsIdentity()
{
    QCOMPARE(m_data->start().error().code, u"sync.not-enrolled"_s);
}

void TestEnrolment::wholeKioskGoesFromCodeToCache()
{
    m_district.put(u"d"_s, u"station"_s, u"ST01"_s, "{\"name\":\"x\"}");
    QVERIFY(await(m_data->enrol(u"ABCD2345"_s, u"0.1.0"_s)).ok());
    QSignalSpy changed(m_data.get(), &KioskData::tableChanged);
    QSignalSpy link(&m_data->connectivity(), &sync::Connectivity::stateChanged);
    QVERIFY(m_data->start().ok());
    QTRY_VERIFY(m_data->connectivity().state().firstLoadComplete);
    QVERIFY(!link.isEmpty());
    QVERIFY(changed.contains(QVariantList{u"station"_s}));
    QCOMPARE(await(m_data->cache().rows(u"station"_s))->size(), 1);
    QVERIFY(await(m_data->outbox().enqueue({u"ST01"_s, u"usage.event"_s, "{}"})).ok());
    QTRY_COMPARE(m_data->outbox().counts().acked, 1);
    m_data->stop();
}

QTEST_GUILESS_MAIN(TestEnrolment)
#include "tst_enrolment.moc"
