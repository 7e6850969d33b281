// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "district/sqliteengine.h"
#include "district/statekeys.h"
#include "store/sqlitedevicestore.h"
#include "store/sqlitefeedstore.h"
#include "store/sqliteopsstore.h"
#include "support/fakeclock.h"
#include "support/feedmirror.h"

#include <QTemporaryDir>
#include <QTest>

namespace riderport::test {

/// A store in a directory of its own; reopen() is a restart.
class StoreFixture
{
public:
    StoreFixture()
        : keys(*district::StateKeys::open(dir.path()))
    {
        reopen();
    }

    void reopen()
    {
        feed.reset();
        ops.reset();
        devices.reset();
        engine.reset();
        auto opened = district::SqliteEngine::open(options(), clock);
        if (!opened)
            qFatal("store: %s %s", qUtf8Printable(opened.error().code),
                   qUtf8Printable(opened.error().detail));
        engine = std::move(*opened);
        feed = std::make_unique<district::SqliteFeedStore>(*engine);
        ops = std::make_unique<district::SqliteOpsStore>(*engine);
        devices = std::make_unique<district::SqliteDeviceStore>(*engine, keys);
        const auto epoch = engine->write<qint64>([](district::StoreTransaction &tx) {
                                     return district::ensureEpoch(tx);
                                 }).result();
        if (!epoch)
            qFatal("epoch: %s", qUtf8Printable(epoch.error().code));
    }

    [[nodiscard]] district::StoreOptions options() const
    {
        const QString source = qEnvironmentVariable("RIDERPORT_SOURCE");
        return {dir.filePath(QStringLiteral("district.sqlite")),
                source + QStringLiteral("/resources/schema/district"), QStringLiteral("420303")};
    }

    /// One write task with feed changes.
    base::Result<void> change(const std::function<void(district::FeedWriter &)> &body)
    {
        return engine
                ->write<void>([body](district::StoreTransaction &tx) -> base::Result<void> {
                    body(tx.feed());
                    return {};
                })
                .result();
    }

    base::Result<void> put(const QString &bucket, const QString &id, const QByteArray &body)
    {
        return change([&](district::FeedWriter &writer) {
            writer.put(bucket, QStringLiteral("t"), id, body);
        });
    }

    protocol::SyncReply pull(const QString &bucket, protocol::Cursor cursor,
                             qint64 maxBytes = 1'000'000)
    {
        auto reply = feed->pull({{bucket, cursor}}, maxBytes).result();
        if (!reply)
            qFatal("pull: %s %s", qUtf8Printable(reply.error().code),
                   qUtf8Printable(reply.error().detail));
        return *reply;
    }

    /// Pulls until the head; the first complaint of the mirror, or empty.
    QString catchUp(FeedMirror &mirror, const QString &bucket, qint64 maxBytes = 1'000'000)
    {
        for (;;) {
            const auto reply = pull(bucket, mirror.cursor, maxBytes);
            if (!reply.reset.isEmpty())
                return QStringLiteral("reset");
            for (const auto &page : reply.pages) {
                if (const QString wrong = mirror.apply(page, reply.epoch); !wrong.isEmpty())
                    return wrong;
            }
            if (!reply.sums.contains(bucket))
                continue;
            return reply.sums.value(bucket) == mirror.sum() ? QString() : QStringLiteral("sum");
        }
    }

    QTemporaryDir dir;
    FakeClock clock;
    district::StateKeys keys;
    std::unique_ptr<district::SqliteEngine> engine;
    std::unique_ptr<district::SqliteFeedStore> feed;
    std::unique_ptr<district::SqliteOpsStore> ops;
    std::unique_ptr<district::SqliteDeviceStore> devices;
};

} // namespace riderport::test
