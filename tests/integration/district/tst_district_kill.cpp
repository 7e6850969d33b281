// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"
#include "district/sqliteengine.h"
#include "district/statestores.h"
#include "protocol/opsmessages.h"
#include "support/districtprocess.h"
#include "support/testkiosk.h"

#include <QMap>
#include <QRandomGenerator>
#include <QSqlQuery>
#include <QTest>
#include <QThread>

#include <atomic>
#include <vector>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kSeed = 420'303;
constexpr int kKiosks = 4;

/// A kiosk with an outbox: sends, forgets only what was answered, sends the rest again. Some
/// answers are thrown away on purpose, as a cable would.
class Sender
{
public:
    Sender(quint16 port, int number)
        : kiosk(port)
        , m_number(number)
        , m_random(kSeed + quint32(number))
    {}

    /// Until `stop` and the outbox is empty.
    void run(const std::atomic<bool> &stop)
    {
        while (!stop || !m_outbox.isEmpty()) {
            if (!stop) {
                const int fresh = 1 + int(m_random.bounded(6));
                for (int i = 0; i < fresh; ++i)
                    m_outbox.append(makeOp());
            }
            sendSome();
        }
    }

    [[nodiscard]] const QStringList &acked() const { return m_acked; }
    [[nodiscard]] int resent() const { return m_resent; }

    test::TestKiosk kiosk;

private:
    protocol::Operation makeOp()
    {
        protocol::Operation op;
        op.opId = base::uuidToString(base::makeUuidV7(QDateTime::currentMSecsSinceEpoch()));
        op.lane = u"usage"_s;
        op.kind = u"usage.event"_s;
        // A name of its own: its count says how often it was applied.
        const QString event = u"k%1-%2"_s.arg(m_number).arg(++m_made);
        op.body = QJsonDocument(QJsonObject{{u"event"_s, event}}).toJson(QJsonDocument::Compact);
        op.wallMs = QDateTime::currentMSecsSinceEpoch();
        op.bootId = u"boot"_s;
        return op;
    }

    void sendSome()
    {
        protocol::OpsRequest request;
        request.ops = m_outbox.first(std::min<qsizetype>(m_outbox.size(), 16));
        kiosk.client.send(
                kiosk.signedRequest("POST", "/v1/ops", protocol::encodeOpsRequest(request)));
        const auto raw = kiosk.client.receive(5000);
        const bool lost = m_random.bounded(100) < 3;
        const auto reply = protocol::decodeOpsReply(raw.body);
        if (raw.status != 200 || lost || !reply) {
            ++m_resent;
            kiosk.client.disconnect();
            QThread::msleep(2);
            return;
        }
        for (const protocol::OpResult &result : reply->results) {
            if (result.status == protocol::OpResult::Status::Retry)
                continue;
            const auto at = std::find_if(m_outbox.begin(), m_outbox.end(),
                                         [&](const auto &op) { return op.opId == result.opId; });
            if (at == m_outbox.end())
                continue;
            m_acked.append(QJsonDocument::fromJson(at->body).object().value("event"_L1).toString());
            m_outbox.erase(at);
        }
    }

    const int m_number;
    QRandomGenerator m_random;
    QList<protocol::Operation> m_outbox;
    QStringList m_acked;
    int m_made = 0;
    int m_resent = 0;
};

struct Outcome
{
    int kills = 0;
    int acked = 0;
    int lost = 0;
    int doubled = 0;
    int resent = 0;
    bool receiptsDense = false;
    QString failure;
};

QMap<QString, qint64> storedCounts(const QString &stateDir, bool *receiptsDense)
{
    const base::SystemClock clock;
    auto stores = district::StateStores::open(stateDir, u"420303"_s, clock);
    if (!stores)
        return {};
    const auto counts =
            stores->engine
                    ->read<QMap<QString, qint64>>([&](district::StoreReader &reader)
                                                          -> base::Result<QMap<QString, qint64>> {
                        QMap<QString, qint64> found;
                        const auto rows = reader.exec(
                                u"SELECT event, sum(n) FROM usage_count GROUP BY event"_s);
                        if (!rows)
                            return rows.error();
                        while ((*rows)->next())
                            found.insert((*rows)->value(0).toString(),
                                         (*rows)->value(1).toLongLong());
                        const auto dense = reader.exec(
                                u"SELECT count(*) = max(r.seq) AND max(r.seq) = max(h.seq) FROM receipt r, bucket_head h WHERE h.bucket = 'r'"_s);
                        if (!dense)
                            return dense.error();
                        *receiptsDense = (*dense)->next() && (*dense)->value(0).toInt() == 1;
                        return found;
                    })
                    .result();
    return counts ? *counts : QMap<QString, qint64>();
}

/// Kills the server `kills` times at random moments under load, then lets all outboxes drain.
Outcome killRun(int kills, bool receipts)
{
    Outcome outcome;
    test::DistrictProcess server;
    if (!receipts)
        server.environment.insert(u"RIDERPORT_TEST_NO_RECEIPTS"_s, u"1"_s);
    if (!server.start()) {
        outcome.failure = QString::fromUtf8(server.errors());
        return outcome;
    }
    std::vector<std::unique_ptr<Sender>> senders;
    for (int i = 0; i < kKiosks; ++i) {
        senders.push_back(std::make_unique<Sender>(server.port(), i));
        const auto code = server.enrolCode(u"ST0%1"_s.arg(i + 1));
        if (senders.back()->kiosk.enrol(code).status != 200)
            outcome.failure = u"enrolment"_s;
        senders.back()->kiosk.client.disconnect();
    }
    std::atomic<bool> stop = false;
    std::vector<std::unique_ptr<QThread>> threads;
    for (auto &sender : senders) {
        threads.emplace_back(QThread::create([&sender, &stop] { sender->run(stop); }));
        threads.back()->start();
    }
    QRandomGenerator random(kSeed);
    for (; outcome.kills < kills && outcome.failure.isEmpty(); ++outcome.kills) {
        QThread::msleep(random.bounded(5, 120));
        server.kill();
        if (!server.start())
            outcome.failure = QString::fromUtf8(server.errors().right(2000));
    }
    stop = true;
    for (auto &thread : threads)
        thread->wait();
    server.terminate();
    const auto counts = storedCounts(server.stateDir(), &outcome.receiptsDense);
    for (const auto &sender : senders) {
        outcome.resent += sender->resent();
        for (const QString &event : sender->acked()) {
            ++outcome.acked;
            outcome.lost += counts.value(event) == 0 ? 1 : 0;
        }
    }
    for (const qint64 n : counts)
        outcome.doubled += n > 1 ? 1 : 0;
    qInfo("seed %u: %d kills, %d operations acknowledged, %d batches sent again, %d lost, %d "
          "doubled",
          kSeed, outcome.kills, outcome.acked, outcome.resent, outcome.lost, outcome.doubled);
    return outcome;
}

} // namespace

/// SIGKILL at random moments: what was acknowledged is there, once.
class TestDistrictKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingAcknowledgedIsLostOrDoubled()
    {
        const Outcome outcome = killRun(200, true);
        QCOMPARE(outcome.failure, QString());
        QCOMPARE(outcome.kills, 200);
        QVERIFY(outcome.acked > 200);
        QVERIFY(outcome.resent > 0);
        QCOMPARE(outcome.lost, 0);
        QCOMPARE(outcome.doubled, 0);
        QVERIFY(outcome.receiptsDense);
    }

    /// The control: the same run without receipts must double something, or the run above proves
    /// nothing.
    void withoutReceiptsOperationsDouble()
    {
        const Outcome outcome = killRun(10, false);
        QCOMPARE(outcome.failure, QString());
        QCOMPARE(outcome.lost, 0);
        QVERIFY(outcome.doubled > 0);
    }
};

QTEST_GUILESS_MAIN(TestDistrictKill)
#include "tst_district_kill.moc"
