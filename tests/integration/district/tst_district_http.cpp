// SPDX-License-Identifier: Apache-2.0
#include "support/districtprocess.h"
#include "support/rawsocket.h"
#include "support/testkiosk.h"

#include <QRandomGenerator>
#include <QTest>

#include <vector>

using namespace riderport;
using namespace Qt::StringLiterals;

/// Impolite clients against the real process: it must go on answering, and give back what it took.
class TestDistrictHttp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(), m_server.errors().constData());
        m_kiosk = std::make_unique<test::TestKiosk>(m_server.port());
        QCOMPARE(m_kiosk->enrol(m_server.enrolCode(u"ST01"_s)).status, 200);
    }

    void sixteenThousandAborts()
    {
        QRandomGenerator random(20261123);
        const QByteArray health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
        const QByteArray unsignedSync =
                "POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
        const QByteArray halfBody =
                "POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n{\"a";
        const qint64 memory = test::residentKiB(m_server.pid());
        const qsizetype descriptors = test::descriptorCount(m_server.pid());
        for (int i = 0; i < 16'000; ++i) {
            test::RawSocket socket(m_server.port());
            QVERIFY(socket.isOpen());
            // Every sixteenth dies while its signed request waits for the store or is held.
            if (i % 16 == 0) {
                socket.send(m_kiosk->signedRequest("POST", "/v1/sync",
                                                   i % 32 == 0 ? pullBody("d", 0)
                                                               : pullBody("s:ST01", 20'000)));
            } else {
                const QByteArray &request = i % 3 == 0   ? health
                                            : i % 3 == 1 ? unsignedSync
                                                         : halfBody;
                socket.send(request.first(1 + random.bounded(quint32(request.size()))));
            }
            socket.reset();
        }
        QCOMPARE(m_kiosk->call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(test::descriptorCount(m_server.pid()) <= descriptors + 2, 30'000);
        // One megabyte for every thousand aborts would already be a leak.
        QVERIFY(test::residentKiB(m_server.pid()) - memory < 16'000);
    }

    void requestLineOf64Megabytes()
    {
        const qint64 memory = test::residentKiB(m_server.pid());
        test::RawSocket socket(m_server.port());
        const QByteArray chunk(64 * 1024, 'x');
        socket.send("GET /");
        int sent = 0;
        while (sent < 1024 && socket.send(chunk))
            ++sent;
        QVERIFY(sent < 1024);
        QVERIFY(test::residentKiB(m_server.pid()) - memory < 4'000);
        QCOMPARE(m_kiosk->call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
    }

    void slowBodiesDoNotStopOthers()
    {
        std::vector<test::RawSocket> slow;
        for (int i = 0; i < 200; ++i) {
            slow.emplace_back(m_server.port());
            QVERIFY(slow.back().send(
                    "POST /v1/ops HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"));
        }
        for (int round = 0; round < 20; ++round) {
            for (const auto &socket : slow)
                QVERIFY(socket.send("x"));
            QCOMPARE(m_kiosk->call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
        }
    }

    void doubtfulLengthsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("negative") << "Content-Length: -1\r\n"_ba
                                  << "400"_ba;
        QTest::newRow("twice") << "Content-Length: 2\r\nContent-Length: 2\r\n"_ba
                               << "400"_ba;
        QTest::newRow("twice, differently") << "Content-Length: 2\r\nContent-Length: 30\r\n"_ba
                                            << "400"_ba;
        QTest::newRow("with coding") << "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"_ba
                                     << "400"_ba;
        QTest::newRow("coding first") << "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n"_ba
                                      << "400"_ba;
        QTest::newRow("chunked") << "Transfer-Encoding: chunked\r\n"_ba
                                 << "411"_ba;
        QTest::newRow("too long") << "Content-Length: 8388609\r\n"_ba
                                  << "413"_ba;
    }
    void doubtfulLengthsAreRefused()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, status);
        test::RawClient client(m_server.port());
        client.send("POST /v1/ops HTTP/1.1\r\nHost: a\r\n" + headers +
                    "\r\n{}GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto reply = client.receive();
        QCOMPARE(reply.head.sliced(9, 3), status);
        QVERIFY(client.closed());
        QVERIFY(!reply.body.contains("\"ok\""));
    }

    void pipelinedAnswersComeInOrder()
    {
        test::RawClient client(m_server.port());
        const QByteArray health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
        const QByteArray nowhere = "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int round = 0; round < 20; ++round) {
            // The pull goes through the storage thread, its neighbours are answered at once.
            client.send(m_kiosk->signedRequest("POST", "/v1/sync", pullBody("d", 0)) + health +
                        m_kiosk->signedRequest("POST", "/v1/sync", pullBody("d", 0)) + nowhere +
                        m_kiosk->signedRequest("POST", "/v1/heartbeat", "{}"));
            QVERIFY(client.receive().json().contains("pages"_L1));
            QCOMPARE(client.receive().body, R"({"status":"ok"})"_ba);
            QVERIFY(client.receive().json().contains("pages"_L1));
            QCOMPARE(client.receive().status, 404);
            QVERIFY(client.receive().json().contains("server_time"_L1));
        }
    }

    void fourThousandIdleConnections()
    {
        if (!test::allowDescriptors(5000))
            QSKIP("this machine allows too few open files");
        const qint64 memory = test::residentKiB(m_server.pid());
        std::vector<test::RawSocket> idle;
        for (int i = 0; i < 4000; ++i) {
            idle.emplace_back(m_server.port());
            QVERIFY(idle.back().isOpen());
        }
        test::TestKiosk holder(m_server.port());
        QCOMPARE(holder.enrol(m_server.enrolCode(u"ST02"_s)).status, 200);
        holder.client.send(holder.signedRequest("POST", "/v1/sync", pullBody("s:ST02", 700)));
        for (int i = 0; i < 200; ++i)
            QCOMPARE(m_kiosk->call("POST", "/v1/heartbeat", QByteArray("{}")).status, 200);
        // The held pull ends at its time and any idle connection still works.
        QCOMPARE(holder.client.receive().status, 200);
        QVERIFY(idle[3999].send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(idle[3999].receive().startsWith("HTTP/1.1 200"));
        QVERIFY(test::residentKiB(m_server.pid()) - memory < 4000 * 16);
    }

private:
    static QByteArray pullBody(const QByteArray &bucket, int waitMs)
    {
        return "{\"proto\":1,\"schema\":1,\"cursors\":{\"" + bucket +
               "\":[0,0]},\"max_bytes\":1024,\"wait_ms\":" + QByteArray::number(waitMs) + "}";
    }

    test::DistrictProcess m_server;
    std::unique_ptr<test::TestKiosk> m_kiosk;
};

QTEST_GUILESS_MAIN(TestDistrictHttp)
#include "tst_district_http.moc"
