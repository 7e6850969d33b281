// SPDX-License-Identifier: Apache-2.0
// usage: kiosk_sync_child URL STATE_DIRECTORY FIRST_NUMBER [broken]
// Runs store, client, outbox and engine and enqueues numbered operations. A line "op N" is printed
// only after operation N is on the disk. "broken" pulls with a cursor written in a transaction of
// its own, before the rows: what the product must never do.
#include "base/clock.h"
#include "base/whendone.h"
#include "protocol/syncmessages.h"
#include "storage/database.h"
#include "sync/outbox.h"
#include "sync/syncengine.h"
#include "transport/qthttptransport.h"
#include "transport/signedclient.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTimer>

#include <cstdio>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

class Child : public QObject
{
public:
    Child(const QUrl &url, const QString &directory, int first, bool broken)
        : m_transport(std::move(transport::QtHttpTransport::create(url).value()))
        , m_directory(directory)
        , m_database(storage::DatabaseSettings{directory}, m_clock)
        , m_client(*m_transport, m_clock)
        , m_outbox(m_database)
        , m_next(first)
        , m_broken(broken)
    {
        base::whenDone(m_database.open(), this,
                       [this](const base::Result<storage::OpenReport> &report) {
                           if (!report)
                               qFatal("%s", qPrintable(report.error().code));
                           begin(*report);
                       });
    }

private:
    void begin(const storage::OpenReport &report)
    {
        m_client.setIdentity("K-1", report.deviceKey);
        sync::SyncTiming timing;
        timing.waitMs = 200;
        timing.minTurnMs = 0;
        timing.uniform = [] { return 0.01; };
        m_engine = std::make_unique<sync::SyncEngine>(m_database, m_client, m_outbox, m_clock,
                                                      base::StationId(u"ST01"_s), timing);
        if (m_broken && hasRows())
            pullBroken();
        else
            m_engine->start();
        enqueue();
    }

    void enqueue()
    {
        const int number = m_next++;
        const auto queued = m_outbox.enqueue(
                {number % 2 ? u"A"_s : u"B"_s, u"usage.event"_s, QByteArray::number(number)});
        base::whenDone(queued, this, [this, number](const base::Result<QString> &opId) {
            if (!opId)
                qFatal("%s", qPrintable(opId.error().code));
            std::printf("op %d\n", number);
            std::fflush(stdout);
            QTimer::singleShot(1, this, [this] { enqueue(); });
        });
    }

    QSqlDatabase raw()
    {
        QSqlDatabase file = QSqlDatabase::database(u"raw"_s);
        if (!file.isOpen()) {
            file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"raw"_s);
            file.setDatabaseName(m_directory + u"/cache.db"_s);
            file.open();
        }
        return file;
    }
    bool hasRows()
    {
        QSqlQuery query(u"SELECT live_set FROM bucket WHERE name = 'd' AND stale = 0"_s, raw());
        return query.next();
    }

    void pullBroken()
    {
        QSqlQuery query(u"SELECT epoch, seq, live_set FROM bucket WHERE name = 'd'"_s, raw());
        query.next();
        const protocol::Cursor cursor{query.value(0).toLongLong(), query.value(1).toLongLong()};
        const qint64 set = query.value(2).toLongLong();
        protocol::SyncRequest ask;
        ask.cursors.insert(u"d"_s, cursor);
        ask.waitMs = 100;
        const transport::ApiRequest request{
                "POST", "/v1/sync", {}, protocol::encodeSyncRequest(ask)};
        base::whenDone(
                m_client.call(request), this, [this, set](const base::Result<QByteArray> &body) {
                    const auto reply = body ? protocol::decodeSyncReply(*body)
                                            : base::Result<protocol::SyncReply>(body.error());
                    if (reply)
                        applyBroken(*reply, set);
                    QTimer::singleShot(0, this, [this] { pullBroken(); });
                });
    }
    void applyBroken(const protocol::SyncReply &reply, qint64 set)
    {
        for (const protocol::SyncPage &page : reply.pages) {
            QSqlQuery cursor(raw());
            cursor.prepare(u"UPDATE bucket SET epoch = ?, seq = ? WHERE name = 'd'"_s);
            cursor.addBindValue(reply.epoch);
            cursor.addBindValue(page.to);
            cursor.exec();
            for (const protocol::FeedOp &op : page.ops) {
                QSqlQuery row(raw());
                row.prepare(
                        op.isDelete
                                ? u"DELETE FROM feed_row WHERE set_id=? AND tbl=? AND row_id=?"_s
                                : u"INSERT OR REPLACE INTO feed_row (set_id, tbl, row_id, ver, "
                                  "digest, body) VALUES (?, ?, ?, ?, 0, ?)"_s);
                row.addBindValue(set);
                row.addBindValue(op.table);
                row.addBindValue(op.id);
                if (!op.isDelete) {
                    row.addBindValue(op.version);
                    row.addBindValue(op.body);
                }
                row.exec();
            }
        }
    }

    base::SystemClock m_clock;
    std::unique_ptr<transport::QtHttpTransport> m_transport;
    QString m_directory;
    storage::Database m_database;
    transport::SignedClient m_client;
    sync::Outbox m_outbox;
    std::unique_ptr<sync::SyncEngine> m_engine;
    int m_next;
    bool m_broken;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 4)
        return 2;
    const Child child(QUrl(arguments.at(1)), arguments.at(2), arguments.at(3).toInt(),
                      arguments.value(4) == u"broken");
    return QCoreApplication::exec();
}
