// SPDX-License-Identifier: Apache-2.0
#include "portalfixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace riderport;
using namespace riderport::district;
using namespace Qt::StringLiterals;
using test::PortalFixture;

class TestPortalStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importsAWholeDistrictAndSealsIt()
    {
        PortalFixture fixture;
        QList<WorkerRecord> workers;
        for (quint64 subject = 1; subject <= 8470; ++subject) {
            const auto person = domain::samplePerson(subject);
            workers.append({subject, person.name, person.idNumber, person.mobile, u"courier"_s, 2,
                            fixture.clock.wallMs()});
        }
        QCOMPARE(*fixture.portal->importWorkers(workers).result(), 8470);
        const auto profile = fixture.portal->profile(8470).result();
        QVERIFY(profile.ok());
        QVERIFY(profile->maskedName.contains(u'*'));
        QCOMPARE(profile->maskedMobile, u"154****8470"_s);

        auto broken = workers.mid(0, 3);
        broken[2].mobile = u"123"_s;
        broken[0].name = u"换名"_s;
        QCOMPARE(fixture.portal->importWorkers(broken).result().error().code, u"worker.invalid"_s);
        QVERIFY(fixture.portal->profile(1).result()->maskedName != u"换*"_s); // all or nothing

        fixture.portal.reset();
        fixture.engine->close();
        const auto person = domain::samplePerson(8470);
        for (const QString &name : QDir(fixture.dir.path()).entryList(QDir::Files)) {
            QFile file(fixture.dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const QString &secret : {person.name, person.idNumber, person.mobile})
                QVERIFY2(!bytes.contains(secret.toUtf8()), qPrintable(name));
        }
    }

    void signsInByMessage()
    {
        PortalFixture fixture;
        auto &portal = *fixture.portal;
        const QString mobile = PortalFixture::mobile(3);
        QVERIFY(portal.requestSms(mobile, u"123456"_s).result()->deliver);
        auto second = portal.requestSms(mobile, u"654321"_s).result();
        QCOMPARE(second->verdict.kind, SmsVerdict::Kind::TooSoon);
        QVERIFY(!second->deliver);

        QCOMPARE(portal.loginBySms(mobile, u"654321"_s, "t").result()->check.kind,
                 SmsCheck::Kind::Wrong); // the refused request did not replace the code
        QCOMPARE(*portal.phoneSession("t").result(), std::nullopt);
        const auto login = portal.loginBySms(mobile, u"123456"_s, "t").result();
        QCOMPARE(login->check.kind, SmsCheck::Kind::Right);
        QCOMPARE(login->subject, quint64(3));
        QCOMPARE(*portal.phoneSession("t").result(), std::optional<quint64>(3));
        QCOMPARE(portal.loginBySms(mobile, u"123456"_s, "u").result()->check.kind,
                 SmsCheck::Kind::Expired);

        fixture.reopen();
        QCOMPARE(*fixture.portal->phoneSession("t").result(), std::optional<quint64>(3));
        fixture.clock.advance(kPhoneSessionLifeMs);
        QCOMPARE(*fixture.portal->phoneSession("t").result(), std::nullopt);
    }

    void strangersLookLikeWorkers()
    {
        PortalFixture fixture;
        auto &portal = *fixture.portal;
        const QString stranger = u"15499999999"_s;
        const auto grant = portal.requestSms(stranger, u"123456"_s).result();
        QCOMPARE(grant->verdict.kind, SmsVerdict::Kind::Send);
        QVERIFY(!grant->deliver);
        QCOMPARE(portal.requestSms(stranger, u"1"_s).result()->verdict.kind,
                 SmsVerdict::Kind::TooSoon);
        const auto wrong = portal.loginBySms(stranger, u"000000"_s, "t").result();
        QCOMPARE(wrong->check.kind, SmsCheck::Kind::Wrong);
        QCOMPARE(wrong->check.triesLeft, 4);
        QCOMPARE(portal.loginBySms(stranger, u"123456"_s, "t").result()->check.kind,
                 SmsCheck::Kind::Wrong);
        QCOMPARE(*portal.phoneSession("t").result(), std::nullopt);
    }

    void tenMessagesADay()
    {
        PortalFixture fixture;
        const QString mobile = PortalFixture::mobile(4);
        for (int i = 0; i < 10; ++i) {
            QVERIFY(fixture.portal->requestSms(mobile, u"123456"_s).result()->deliver);
            fixture.clock.advance(61'000);
        }
        QCOMPARE(fixture.portal->requestSms(mobile, u"123456"_s).result()->verdict.kind,
                 SmsVerdict::Kind::TooMany);
        fixture.clock.advance(kSmsDayMs);
        QVERIFY(fixture.portal->requestSms(mobile, u"123456"_s).result()->deliver);
    }

    void certifiesKeysAndPublishesThem()
    {
        PortalFixture fixture;
        auto &portal = *fixture.portal;
        const auto pair = crypto::generateKeyPair();
        QCOMPARE(portal.registerKey(5, "t", pair.publicKey).result().error().code,
                 u"consent.required"_s);
        fixture.agree(5);
        QCOMPARE(portal.registerKey(5, "t", "short").result().error().code, u"key.invalid"_s);
        const auto grant = portal.registerKey(5, "t", pair.publicKey).result();
        QVERIFY(grant.ok());
        const auto certificate = protocol::decodePhoneKey(grant->certificate);
        QVERIFY(protocol::verifyPhoneKey(*certificate, fixture.keys.issuer().publicKey));
        QCOMPARE(certificate->publicKey, pair.publicKey);
        QCOMPARE(certificate->subject, quint64(5));
        QCOMPARE(certificate->authLevel, quint8(2));
        QCOMPARE(qint64(certificate->notAfter), fixture.clock.wallMs() / 1000 + kPhoneKeyLifeS);
        const QByteArray row = fixture.row(u"d"_s, u"phone_key"_s, grant->kid);
        QCOMPARE(QByteArray::fromBase64(
                         QJsonDocument::fromJson(row)["certificate"_L1].toString().toLatin1()),
                 grant->certificate);
        const QString issuer =
                QString::fromLatin1(protocol::keyIdOf(fixture.keys.issuer().publicKey).toHex());
        QVERIFY(!fixture.row(u"d"_s, u"issuer_key"_s, issuer).isEmpty());

        // The same key, or one that collides, is nobody else's to register.
        fixture.agree(6);
        QCOMPARE(portal.registerKey(6, "t", pair.publicKey).result().error().code,
                 u"key.collision"_s);
        QCOMPARE(portal.revokeKey(6, grant->kid).result().error().code, u"key.unknown"_s);
        QVERIFY(portal.revokeKey(5, grant->kid).result().ok());
        QVERIFY(fixture.row(u"d"_s, u"phone_key"_s, grant->kid).isEmpty());
    }

    void keepsThreeKeysAndDropsThemWithTheirPhone()
    {
        PortalFixture fixture;
        fixture.agree(5);
        QStringList kids;
        for (int i = 0; i < 4; ++i) {
            const auto pair = fixture.phoneKey(5, i == 3 ? "last" : "first");
            kids.append(QString::fromLatin1(protocol::keyIdOf(pair.publicKey).toHex()));
            fixture.clock.advance(1000);
        }
        QVERIFY(fixture.row(u"d"_s, u"phone_key"_s, kids.at(0)).isEmpty());
        QCOMPARE(fixture.portal->profile(5).result()->keys.size(), 3);

        const QString mobile = PortalFixture::mobile(5);
        QVERIFY(fixture.portal->requestSms(mobile, u"123456"_s).result()->deliver);
        QVERIFY(fixture.portal->loginBySms(mobile, u"123456"_s, "last").result().ok());
        QVERIFY(*fixture.portal->endPhoneSession("last").result());
        QVERIFY(fixture.row(u"d"_s, u"phone_key"_s, kids.at(3)).isEmpty());
        QVERIFY(!fixture.row(u"d"_s, u"phone_key"_s, kids.at(2)).isEmpty());
        QVERIFY(!*fixture.portal->endPhoneSession("last").result());
    }

    void keepsConsentsForever()
    {
        PortalFixture fixture;
        auto &portal = *fixture.portal;
        const QString group = u"social_insurance"_s;
        QCOMPARE(portal.decideConsent(7, group, 1, true).result().error().code,
                 u"consent.version"_s);
        QCOMPARE(portal.decideConsent(7, u"nobody"_s, 1, true).result().error().code,
                 u"consent.unknown-group"_s);
        const auto given = portal.decideConsent(7, group, 2, true).result();
        QVERIFY(given.ok());
        QCOMPARE(given->textSha256.size(), 64);
        fixture.clock.advance(5);
        QVERIFY(portal.decideConsent(7, group, 2, false).result().ok());
        const auto states = portal.consents(7).result();
        QCOMPARE(states->size(), 1);
        QVERIFY(!states->constFirst().given);
        const auto chain = portal.consentChain().result();
        QCOMPARE(chain->size(), 2);
        QCOMPARE(firstBrokenConsent(*chain), std::nullopt);
        QVERIFY(portal.consents(8).result()->isEmpty());

        QVERIFY(fixture.engine
                        ->write<bool>([](StoreTransaction &tx) -> base::Result<bool> {
                            const auto done = tx.exec(u"UPDATE consent SET given = 1"_s);
                            return done ? base::Result<bool>(true) : done.error();
                        })
                        .result()
                        .ok());
        QCOMPARE(firstBrokenConsent(*portal.consentChain().result()), std::optional<qint64>(2));
    }

    void leavesATrailOfEveryAccess()
    {
        PortalFixture fixture;
        auto &portal = *fixture.portal;
        QVERIFY(portal.profile(9).result().ok());
        const auto data = portal.exportData(9).result();
        QVERIFY(data.ok());
        QStringList actions;
        for (const QJsonValue &access : data->value("accesses"_L1).toArray())
            actions.append(access["action"_L1].toString());
        QCOMPARE(actions, (QStringList{u"profile.read"_s, u"profile.read"_s}));
        const QByteArray text = QJsonDocument(*data).toJson();
        const auto person = domain::samplePerson(9);
        for (const QString &secret : {person.name, person.idNumber, person.mobile})
            QVERIFY(!text.contains(secret.toUtf8()));
        QCOMPARE(*portal.firstBrokenAudit().result(), 0);
        QVERIFY(fixture.engine
                        ->write<bool>([](StoreTransaction &tx) -> base::Result<bool> {
                            const auto done =
                                    tx.exec(u"DELETE FROM audit WHERE action = 'profile.read' "
                                            "AND seq = 2"_s);
                            return done ? base::Result<bool>(true) : done.error();
                        })
                        .result()
                        .ok());
        QCOMPARE(*portal.firstBrokenAudit().result(), 2);
    }

    void remembersTheFirstDeletionRequest()
    {
        PortalFixture fixture;
        const qint64 first = *fixture.portal->requestDeletion(10).result();
        QCOMPARE(first, fixture.clock.wallMs());
        fixture.clock.advance(5000);
        QCOMPARE(*fixture.portal->requestDeletion(10).result(), first);
        QCOMPARE(fixture.portal->profile(10).result()->deletionRequestedMs, first);
        QCOMPARE(fixture.portal->requestDeletion(999).result().error().code, u"phone.signed-out"_s);
    }
};

QTEST_GUILESS_MAIN(TestPortalStore)
#include "tst_portalstore.moc"
