// SPDX-License-Identifier: Apache-2.0
// Log-in with the cable out, on the real store and the real outbox: keys that an earlier sync
// brought, a code from a scanner, a replay after a restart, and nothing readable left on the disk.
#include "identity/kioskloginflow.h"
#include "outboxconsents.h"
#include "protocol/phonekeycertificate.h"
#include "session/kiosksession.h"
#include "sessionchores.h"
#include "signeddistrictlogin.h"
#include "storage/database.h"
#include "storage/feedrepository.h"
#include "storage/outboxrepository.h"
#include "storedlogin.h"
#include "support/fakeclock.h"
#include "sync/kioskdata.h"
#include "sync/outbox.h"
#include "transport/qthttptransport.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

constexpr protocol::Audience kHere{420303, 1};

class HandScanner final : public devices::CodeSource
{
    Q_OBJECT
public:
    explicit HandScanner(const base::Clock *clock)
        : CodeSource(clock, nullptr)
    {}
    void start() override { setState(State::Ready); }
    void stop() override { setState(State::Stopped); }
    [[nodiscard]] Kind kind() const override { return Kind::Serial; }
    void show(const QString &text) { publish(text); }
};

/// One run of the program, as far as a log-in needs it; nobody answers on its network.
struct Run
{
    Run(const QString &state, const base::Clock &clock)
        : transport(*transport::QtHttpTransport::create(QUrl(u"http://127.0.0.1:9"_s)))
        , data({state, {}}, *transport, clock)
        , district(data.client())
        , keys(data.database())
        , used(data.usedTokens())
        , journal(data.outbox())
        , session(clock)
        , chores(session, data, clock)
        , scanner(&clock)
        , flow({&clock, &keys, &used, &district, &journal, nullptr, {&scanner}}, {kHere, {}})
    {
        QObject::connect(&flow, &identity::LoginFlow::loggedIn, &session,
                         [this](const domain::WorkerIdentity &worker) { session.begin(worker); });
        flow.setOnline(false);
    }

    std::unique_ptr<transport::QtHttpTransport> transport;
    sync::KioskData data;
    terminal::SignedDistrictLogin district;
    terminal::StoredKeys keys;
    terminal::StoredUsedTokens used;
    terminal::OutboxLoginJournal journal;
    session::KioskSession session;
    terminal::SessionChores chores;
    HandScanner scanner;
    identity::KioskLoginFlow flow;
};

template<typename T>
T await(const QFuture<T> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000))
        qFatal("no answer");
    return future.result();
}

} // namespace

class TestOfflineLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void logsInAndRefusesTheReplayAfterARestart();
    void forgedKeyInTheFeedLetsNobodyIn();
    void tellsTheDistrictInOrder();
    void leavesNothingReadable();

private:
    void open(Run &run);
    [[nodiscard]] QString code(const QByteArray &nonce) const;
    [[nodiscard]] QList<storage::OutboxRow> waiting(Run &run) const;

    QTemporaryDir m_state;
    test::FakeClock m_clock;
    crypto::KeyPair m_issuer = crypto::generateKeyPair();
    crypto::KeyPair m_phone = crypto::generateKeyPair();
    QString m_shown;
};

QString TestOfflineLogin::code(const QByteArray &nonce) const
{
    protocol::LoginToken token;
    token.kid = protocol::keyIdOf(m_phone.publicKey);
    token.subject = 4242;
    token.audience = kHere;
    token.issued = quint32(m_clock.wallMs() / 1000);
    token.nonce = nonce;
    return protocol::encodeLoginToken(protocol::signLoginToken(token, m_phone.secretKey));
}

void TestOfflineLogin::open(Run &run)
{
    const auto opened = await(run.data.open());
    QVERIFY2(opened.ok(), qPrintable(opened.ok() ? QString() : opened.error().code));
    run.keys.setIssuers({{protocol::keyIdOf(m_issuer.publicKey), m_issuer.publicKey}});
}

QList<storage::OutboxRow> TestOfflineLogin::waiting(Run &run) const
{
    const auto rows = await(run.data.database().run([](storage::StorageSession &session) {
        return session.outbox().nextBatch(64, 262'144);
    }));
    return rows ? *rows : QList<storage::OutboxRow>();
}

void TestOfflineLogin::initTestCase()
{
    QVERIFY(m_state.isValid());
    protocol::PhoneKeyCertificate certificate;
    certificate.publicKey = m_phone.publicKey;
    certificate.subject = 4242;
    certificate.notBefore = quint32(m_clock.wallMs() / 1000 - 86'400);
    certificate.notAfter = quint32(m_clock.wallMs() / 1000 + 86'400);
    certificate.authLevel = 2;
    const QByteArray bytes = protocol::encodePhoneKey(
            protocol::signPhoneKey(certificate, m_issuer.publicKey, m_issuer.secretKey));
    Run run(m_state.path(), m_clock);
    open(run);
    // What an earlier sync left behind.
    protocol::SnapshotPage page;
    page.epoch = 1;
    page.bucket = u"d"_s;
    page.head = 1;
    page.done = true;
    page.rows = {
            {u"phone_key"_s, QString::fromLatin1(protocol::keyIdOf(m_phone.publicKey).toHex()), 1,
             QJsonDocument(QJsonObject{{u"certificate"_s, QString::fromLatin1(bytes.toBase64())}})
                     .toJson(QJsonDocument::Compact)}};
    page.sha256 = page.computedSha256();
    const auto staged = await(run.data.database().run([page](storage::StorageSession &session) {
        return session.inCache([&]() -> base::Result<void> {
            if (const auto state = session.feed().state(u"d"_s); !state)
                return state.error();
            return session.feed().stage(page);
        });
    }));
    QVERIFY2(staged.ok(), qPrintable(staged.ok() ? QString() : staged.error().code));
}

void TestOfflineLogin::logsInAndRefusesTheReplayAfterARestart()
{
    m_shown = code("once");
    {
        Run run(m_state.path(), m_clock);
        open(run);
        run.flow.start();
        QCOMPARE(run.flow.state().ticket, identity::LoginState::Ticket::Offline);
        run.scanner.show(m_shown);
        QTRY_VERIFY(run.session.state().worker.has_value());
        QCOMPARE(run.session.state().worker->id.toString(), u"W4242"_s);
        QCOMPARE(run.session.state().worker->authLevel, 2);
        QVERIFY(run.session.state().worker->verifiedOffline);
        run.session.end(session::EndReason::LoggedOut);
    }
    Run run(m_state.path(), m_clock);
    open(run);
    run.flow.start();
    run.scanner.show(m_shown);
    QTRY_VERIFY(run.flow.state().refusal.has_value());
    QCOMPARE(run.flow.state().refusal->code, u"token.replayed"_s);
    QVERIFY(!run.session.state().worker);
    m_clock.advance(3'000);
    run.scanner.show(code("next"));
    QTRY_VERIFY(run.session.state().worker.has_value());
    run.session.end(session::EndReason::LoggedOut);
}

void TestOfflineLogin::forgedKeyInTheFeedLetsNobodyIn()
{
    Run run(m_state.path(), m_clock);
    open(run);
    // The issuers of another district: the certificate in the feed proves nothing any more.
    run.keys.setIssuers({});
    run.flow.start();
    m_clock.advance(3'000);
    run.scanner.show(code("fake"));
    QTRY_VERIFY(run.flow.state().refusal.has_value());
    QCOMPARE(run.flow.state().refusal->code, u"token.key-forged"_s);
    QVERIFY(!run.session.state().worker);
}

void TestOfflineLogin::tellsTheDistrictInOrder()
{
    Run run(m_state.path(), m_clock);
    open(run);
    const auto rows = waiting(run);
    QStringList kinds;
    for (const storage::OutboxRow &row : rows) {
        QCOMPARE(row.operation.lane, u"W4242"_s);
        kinds.append(row.operation.kind);
    }
    QCOMPARE(kinds, (QStringList{u"session.opened"_s, u"session.closed"_s, u"session.opened"_s,
                                 u"session.closed"_s}));
    const auto body = QJsonDocument::fromJson(rows[0].operation.body).object();
    QCOMPARE(body.value(u"token"_s).toString(), m_shown);
}

void TestOfflineLogin::leavesNothingReadable()
{
    int files = 0;
    QDirIterator all(m_state.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        ++files;
        for (const QByteArray &trace : {QByteArray("W4242"), m_shown.toLatin1()})
            QVERIFY2(!bytes.contains(trace), qPrintable(file.fileName()));
    }
    QVERIFY(files >= 3);
}

QTEST_GUILESS_MAIN(TestOfflineLogin)
#include "tst_offlinelogin.moc"
