// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/cachereader.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "support/await.h"
#include "support/fakeclock.h"
#include "support/fakedistrict.h"
#include "support/fakehttptransport.h"
#include "sync/outbox.h"
#include "sync/syncengine.h"
#include "transport/signedclient.h"

#include <QTemporaryDir>
#include <QTest>

namespace riderport::test {

/// The real store, client, outbox and engine over a fake network and a district in memory.
class EngineFixture
{
public:
    EngineFixture()
        : transport([this](const transport::HttpRequest &request) {
            return district.answer(request);
        })
    {
        for (int i = 0; i < 130; ++i) {
            district.put(u"d"_s, u"station"_s, QString::number(i),
                         "{\"name\":\"站" + QByteArray::number(i) + "\"}");
        }
        district.put(u"d"_s, u"notice"_s, u"a,b c·骑"_s, "{\"n\":1}");
        district.put(u"s:ST01"_s, u"station_config"_s, u"main"_s, "{\"open\":\"06:00\"}");
    }

    /// Begins, or begins again as after a restart of the program.
    void start()
    {
        stop();
        database = std::make_unique<storage::Database>(storage::DatabaseSettings{directory.path()},
                                                       clock);
        const auto report = await(database->open());
        QVERIFY2(report.ok(), qPrintable(report ? QString() : report.error().code));
        client = std::make_unique<transport::SignedClient>(transport, clock);
        client->setIdentity("K-1", report->deviceKey);
        outbox = std::make_unique<sync::Outbox>(*database);
        sync::SyncTiming timing;
        timing.minTurnMs = 0;
        timing.idleMs = 100;
        timing.uniform = [this] { return drawn; };
        engine = std::make_unique<sync::SyncEngine>(*database, *client, *outbox, clock,
                                                    base::StationId(u"ST01"_s), timing);
        engine->start();
    }
    void stop()
    {
        engine.reset();
        outbox.reset();
        client.reset();
        database.reset();
    }

    QString enqueue(const QString &lane, const QByteArray &body = "{}",
                    const QString &kind = u"usage.event"_s)
    {
        return await(outbox->enqueue({lane, kind, body})).value();
    }

    /// The queries of all requests so far to one path, in order.
    [[nodiscard]] QList<QByteArray> queriesOf(const QByteArray &path) const
    {
        QList<QByteArray> queries;
        for (const auto &request : transport.requests) {
            if (request.path == path)
                queries.append(request.query);
        }
        return queries;
    }

    /// Cache and district hold the same rows of the buckets everybody has.
    [[nodiscard]] bool cacheIsLikeDistrict()
    {
        // A copy: the district goes on answering while the storage thread compares.
        const auto compare = [copy = district](storage::StorageSession &s) -> base::Result<bool> {
            return isLike(copy, s.feed(), u"d"_s) && isLike(copy, s.feed(), u"s:ST01"_s);
        };
        return await(database->run(compare)).value();
    }
    /// Everything acknowledged, and carried out exactly once each.
    [[nodiscard]] bool everyEffectOnce(const QStringList &bodies) const
    {
        QStringList seen;
        for (const protocol::Operation &op : district.effects)
            seen.append(QString::fromUtf8(op.body));
        QStringList expected = bodies;
        seen.sort();
        expected.sort();
        return seen == expected;
    }

    [[nodiscard]] static bool isLike(const FakeDistrict &district, storage::FeedRepository &feed,
                                     const QString &name)
    {
        const auto state = feed.state(name);
        const FakeDistrict::Bucket bucket = district.buckets.value(name);
        if (!state || state->stale || state->cursor.seq != bucket.seq ||
            state->cursor.epoch != district.epoch || state->sum != district.sumOf(name)) {
            return false;
        }
        for (const protocol::FeedOp &op : bucket.live) {
            const auto row = feed.row(op.table, op.id);
            if (!row || !*row || (*row)->body != op.body || (*row)->version != op.version)
                return false;
        }
        return true;
    }

    QTemporaryDir directory;
    FakeClock clock;
    FakeDistrict district;
    FakeHttpTransport transport;
    double drawn = 0.0; ///< what the dice show: 0 = no waiting
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<transport::SignedClient> client;
    std::unique_ptr<sync::Outbox> outbox;
    std::unique_ptr<sync::SyncEngine> engine;
};

} // namespace riderport::test
