// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/signing.h"
#include "district/opeffect.h"
#include "district/sqliteengine.h"
#include "district/statekeys.h"
#include "domain/sampleperson.h"
#include "portal/sqliteportalstore.h"
#include "protocol/phonekeycertificate.h"
#include "store/sqlitefeedstore.h"
#include "store/sqliteopsstore.h"
#include "support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

namespace riderport::test {

/// A portal over a real database with the first 20 sample workers; reopen() is a restart.
class PortalFixture
{
public:
    PortalFixture()
        : keys(*district::StateKeys::open(dir.path()))
    {
        reopen();
        QList<district::WorkerRecord> workers;
        for (quint64 subject = 1; subject <= 20; ++subject) {
            const auto person = domain::samplePerson(subject);
            workers.append({subject, person.name, person.idNumber, person.mobile,
                            QStringLiteral("courier"), 2, clock.wallMs()});
        }
        QCOMPARE(*portal->importWorkers(workers).result(), 20);
    }

    void reopen()
    {
        portal.reset();
        ops.reset();
        feed.reset();
        engine.reset();
        auto opened =
                district::SqliteEngine::open({dir.filePath(QStringLiteral("district.sqlite")),
                                              qEnvironmentVariable("RIDERPORT_SOURCE") +
                                                      QStringLiteral("/resources/schema/district"),
                                              QStringLiteral("420303")},
                                             clock);
        if (!opened)
            qFatal("store: %s %s", qUtf8Printable(opened.error().code),
                   qUtf8Printable(opened.error().detail));
        engine = std::move(*opened);
        feed = std::make_unique<district::SqliteFeedStore>(*engine);
        ops = std::make_unique<district::SqliteOpsStore>(*engine);
        const auto epoch = engine->write<qint64>([](district::StoreTransaction &tx) {
                                     return district::ensureEpoch(tx);
                                 }).result();
        if (!epoch)
            qFatal("epoch: %s", qUtf8Printable(epoch.error().code));
        portal = std::make_unique<district::SqlitePortalStore>(*engine, clock, keys, catalogue(),
                                                               420303);
        ops->registerEffect(portal->makeOpEffect());
        if (!portal->prepare().result().ok())
            qFatal("prepare");
        QCoreApplication::processEvents(); // what happens after the commit
    }

    [[nodiscard]] static district::ConsentCatalogue catalogue()
    {
        const domain::LocalText words{QStringLiteral("同意"), QStringLiteral("agree")};
        return district::ConsentCatalogue::fromOffers(
                {{QStringLiteral("login_profile"), 1, words, words},
                 {QStringLiteral("social_insurance"), 2, words, words}});
    }

    [[nodiscard]] static QString mobile(quint64 subject)
    {
        return domain::samplePerson(subject).mobile;
    }

    void agree(quint64 subject)
    {
        QVERIFY(portal->decideConsent(subject, QStringLiteral("login_profile"), 1, true)
                        .result()
                        .ok());
    }

    /// A phone of the worker with a certified key.
    crypto::KeyPair phoneKey(quint64 subject, const QByteArray &tokenHash = "phone")
    {
        const auto pair = crypto::generateKeyPair();
        const auto grant = portal->registerKey(subject, tokenHash, pair.publicKey).result();
        if (!grant.ok())
            qFatal("key: %s", qUtf8Printable(grant.error().code));
        return pair;
    }

    [[nodiscard]] protocol::LoginToken token(const crypto::KeyPair &phone, quint64 subject,
                                             quint16 station = 1) const
    {
        protocol::LoginToken token;
        token.kid = protocol::keyIdOf(phone.publicKey);
        token.subject = subject;
        token.audience = {420303, station};
        token.issued = quint32(clock.wallMs() / 1000);
        token.nonce = crypto::generateKeyPair().publicKey.left(4);
        return protocol::signLoginToken(token, phone.secretKey);
    }

    /// Body of a row in the feed's current table; empty when there is none.
    QByteArray row(const QString &bucket, const QString &table, const QString &id)
    {
        const auto page = feed->snapshot(bucket, 0, QString(), QString(), 10'000'000).result();
        if (!page)
            qFatal("snapshot: %s", qUtf8Printable(page.error().code));
        for (const auto &entry : page->rows)
            if (entry.table == table && entry.id == id)
                return entry.body;
        return {};
    }

    protocol::OpResult apply(const district::KioskCaller &kiosk, const QString &kind,
                             const QByteArray &body);

    QTemporaryDir dir;
    FakeClock clock;
    district::StateKeys keys;
    std::unique_ptr<district::SqliteEngine> engine;
    std::unique_ptr<district::SqliteFeedStore> feed;
    std::unique_ptr<district::SqliteOpsStore> ops;
    std::unique_ptr<district::SqlitePortalStore> portal;
    const district::KioskCaller kioskA{base::DeviceId(QStringLiteral("K-a")),
                                       base::StationId(QStringLiteral("ST01"))};
    const district::KioskCaller kioskB{base::DeviceId(QStringLiteral("K-b")),
                                       base::StationId(QStringLiteral("ST01"))};
};

} // namespace riderport::test
