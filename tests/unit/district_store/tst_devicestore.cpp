// SPDX-License-Identifier: Apache-2.0
#include "crypto/signing.h"
#include "storefixture.h"

using namespace riderport;
using namespace Qt::StringLiterals;

class TestDeviceStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enrolsOncePerCode()
    {
        test::StoreFixture store;
        const base::StationId station(u"ST01"_s);
        QCOMPARE(store.devices->createEnrolCode(station).result().error().code,
                 u"station.unknown"_s);
        QVERIFY(store.change([](auto &f) { f.put(u"d"_s, u"station"_s, u"ST01"_s, "{}"); }).ok());
        const auto enrol = [&](const QString &code, const QByteArray &key) {
            return store.devices->enrol(code, key, u"0.1"_s).result();
        };
        const auto keys = crypto::generateKeyPair();
        const auto others = crypto::generateKeyPair();
        const QString code = *store.devices->createEnrolCode(station).result();
        QCOMPARE(code.size(), 8);
        QCOMPARE(enrol(u"AAAAAAAA"_s, keys.publicKey).error().code, u"enrol.code-invalid"_s);
        const auto first = enrol(code.toLower(), keys.publicKey);
        QVERIFY(first.ok());
        QCOMPARE(first->device.station, station);
        const auto secret = crypto::openSealed(keys, first->gatewaySecretSealed);
        QCOMPARE(*store.devices->gatewaySecret(first->device.appKey).result(), *secret);
        QCOMPARE(enrol(code, others.publicKey).error().code, u"enrol.code-used"_s);
        const QString late = *store.devices->createEnrolCode(station).result();
        store.clock.advance(24LL * 3600 * 1000 + 1);
        QCOMPARE(enrol(late, others.publicKey).error().code, u"enrol.code-expired"_s);
        const QString second = *store.devices->createEnrolCode(station).result();
        QCOMPARE(enrol(second, keys.publicKey).error().code, u"enrol.key-used"_s);
        QVERIFY(enrol(second, others.publicKey).ok());
        // Enrolling the station again has closed the first key.
        const auto devices = *store.devices->devices().result();
        QCOMPARE(devices.size(), 2);
        for (const auto &device : devices)
            QCOMPARE(device.revoked, device.publicKey == keys.publicKey);
        QCOMPARE(store.devices->gatewaySecret(first->device.appKey).result().error().code,
                 u"device.unknown"_s);
    }

    void keysStayAndArePrivate()
    {
        QTemporaryDir dir;
        const auto one = district::StateKeys::open(dir.path());
        const auto two = district::StateKeys::open(dir.path());
        QCOMPARE(one->issuer().publicKey, two->issuer().publicKey);
        QCOMPARE(one->derive("a").bytes(), two->derive("a").bytes());
        QVERIFY(one->derive("a").bytes() != one->derive("b").bytes());
        QFile file(dir.filePath(u"master.key"_s));
        file.setPermissions(file.permissions() | QFile::ReadOther);
        QCOMPARE(district::StateKeys::open(dir.path()).error().code, u"keys.permissions"_s);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(file.resize(31));
        QCOMPARE(district::StateKeys::open(dir.path()).error().code, u"keys.damaged"_s);
    }
};

QTEST_GUILESS_MAIN(TestDeviceStore)
#include "tst_devicestore.moc"
