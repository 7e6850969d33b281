// SPDX-License-Identifier: Apache-2.0
#include "portal/sqliteportalstore.h"

#include "district/sqliteengine.h"
#include "district/statekeys.h"
#include "protocol/phonekeycertificate.h"
#include "sqliteeffects.h"
#include "sqliteportal.h"

#include <QJsonDocument>

namespace riderport::district {

using namespace Qt::StringLiterals;

/// Shared with callbacks that may still be queued when the store goes.
struct SqlitePortalStore::LiveSessions
{
    QHash<base::SessionId, KioskSession> open;
    QList<std::function<void(const base::SessionId &)>> onClosed;

    void note(const KioskSession &session, bool isOpen)
    {
        if (isOpen) {
            open.insert(session.id, session);
            return;
        }
        open.remove(session.id);
        for (const auto &callback : onClosed)
            callback(session.id);
    }
};

namespace {

base::Result<Ticket> outcomeOf(const base::Result<TicketStep> &step)
{
    if (!step)
        return step.error();
    if (step->error)
        return *step->error;
    return step->ticket;
}

/// What every statement works with, derived once.
std::shared_ptr<const PortalContext> makeContext(const StateKeys &keys, ConsentCatalogue catalogue,
                                                 quint32 districtCode)
{
    auto context = std::make_shared<PortalContext>();
    context->columns = keys.derive("worker.columns");
    context->mobileIndex = keys.derive("worker.mobile-index");
    context->smsHash = keys.derive("portal.sms-code");
    context->auditIndex = keys.derive("audit.subject");
    context->issuer = keys.issuer();
    context->catalogue = std::move(catalogue);
    context->district = districtCode;
    return context;
}

} // namespace

SqlitePortalStore::SqlitePortalStore(SqliteEngine &engine, const base::Clock &clock,
                                     const StateKeys &keys, ConsentCatalogue catalogue,
                                     quint32 districtCode)
    : m_engine(engine)
    , m_clock(clock)
    , m_context(makeContext(keys, std::move(catalogue), districtCode))
    , m_live(std::make_shared<LiveSessions>())
{}

SqlitePortalStore::~SqlitePortalStore() = default;

template<typename T, typename Task>
PortalStore::Future<T> SqlitePortalStore::write(Task task)
{
    const SessionSink sink = [live = m_live](const KioskSession &session, bool open) {
        live->note(session, open);
    };
    return m_engine.write<T>(
            [context = m_context, sink, task = std::move(task)](StoreTransaction &tx) {
                return base::Result<T>(task(*context, tx, sink));
            });
}

template<typename Rule>
PortalStore::Future<Ticket> SqlitePortalStore::stepTicket(const base::TicketId &id, Rule rule)
{
    return m_engine
            .write<TicketStep>([id, rule](StoreTransaction &tx) {
                return sqliteportal::stepTicket(
                        tx, id, [&](const Ticket &ticket) { return rule(ticket, tx.nowMs()); });
            })
            .then(outcomeOf);
}

PortalStore::Future<bool> SqlitePortalStore::prepare()
{
    auto live = m_live;
    return write<bool>([live](const PortalContext &context, StoreTransaction &tx,
                              const SessionSink &sink) -> base::Result<bool> {
        const QString kid =
                QString::fromLatin1(protocol::keyIdOf(context.issuer.publicKey).toHex());
        const QJsonObject row{
                {u"public_key"_s, QString::fromLatin1(context.issuer.publicKey.toBase64())}};
        tx.feed().put(u"d"_s, u"issuer_key"_s, kid,
                      QJsonDocument(row).toJson(QJsonDocument::Compact));
        if (const auto closed = sqliteportal::closeExpired(context, tx, sink); !closed)
            return closed.error();
        const auto open = sqliteportal::openSessions(context, tx);
        if (!open)
            return open.error();
        tx.afterCommit([live, sessions = *open] {
            for (const KioskSession &session : sessions)
                live->note(session, true);
        });
        return true;
    });
}

PortalStore::Future<qint64> SqlitePortalStore::workerCount()
{
    return m_engine.read<qint64>([](StoreReader &reader) -> base::Result<qint64> {
        SqliteRun sql(reader);
        if (!sql.run(u"SELECT count(*) FROM worker WHERE district_id = ?"_s) || !sql.next())
            return sql.error();
        return sql.number(0);
    });
}

std::unique_ptr<OpEffect> SqlitePortalStore::makeOpEffect()
{
    return std::make_unique<SqlitePortalEffects>(
            m_context,
            [live = m_live](const KioskSession &session, bool open) { live->note(session, open); });
}

PortalStore::Future<QueryPerson> SqlitePortalStore::admitQuery(const QueryAccess &access)
{
    return write<QueryPerson>(
            [access](const PortalContext &context, StoreTransaction &tx, const auto &) {
                return sqliteportal::admitQuery(context, tx, access);
            });
}

PortalStore::Future<bool> SqlitePortalStore::concludeQuery(const QueryAccess &access,
                                                           const QString &outcome)
{
    return write<bool>([=](const PortalContext &context, StoreTransaction &tx, const auto &) {
        return sqliteportal::concludeQuery(context, tx, access, outcome);
    });
}

PortalStore::Future<QList<ConsentEntry>> SqlitePortalStore::consentChain()
{
    return m_engine.read<QList<ConsentEntry>>(sqliteportal::consentChain);
}

PortalStore::Future<qint64> SqlitePortalStore::firstBrokenAudit()
{
    return m_engine.read<qint64>(district::firstBrokenAudit);
}

PortalStore::Future<qint64> SqlitePortalStore::importWorkers(const QList<WorkerRecord> &workers)
{
    return write<qint64>(
            [workers](const PortalContext &context, StoreTransaction &tx, const auto &) {
                return sqliteportal::importWorkers(context, tx, workers);
            });
}

PortalStore::Future<WorkerProfile> SqlitePortalStore::profile(quint64 subject)
{
    return write<WorkerProfile>(
            [subject](const PortalContext &context, StoreTransaction &tx, const auto &) {
                return sqliteportal::profile(context, tx, subject);
            });
}

PortalStore::Future<QJsonObject> SqlitePortalStore::exportData(quint64 subject)
{
    return write<QJsonObject>(
            [subject](const PortalContext &context, StoreTransaction &tx, const auto &) {
                return sqliteportal::exportData(context, tx, subject);
            });
}

PortalStore::Future<qint64> SqlitePortalStore::requestDeletion(quint64 subject)
{
    return write<qint64>(
            [subject](const PortalContext &context, StoreTransaction &tx, const auto &) {
                return sqliteportal::requestDeletion(context, tx, subject);
            });
}

PortalStore::Future<SmsGrant> SqlitePortalStore::requestSms(const QString &mobile,
                                                            const QString &code)
{
    return write<SmsGrant>([=](const PortalContext &context, StoreTransaction &tx, const auto &) {
        return sqliteportal::requestSms(context, tx, mobile, code);
    });
}

PortalStore::Future<SmsLogin> SqlitePortalStore::loginBySms(const QString &mobile,
                                                            const QString &code,
                                                            const QByteArray &tokenHash)
{
    return write<SmsLogin>([=](const PortalContext &context, StoreTransaction &tx, const auto &) {
        return sqliteportal::loginBySms(context, tx, mobile, code, tokenHash);
    });
}

PortalStore::Future<std::optional<quint64>>
SqlitePortalStore::phoneSession(const QByteArray &tokenHash)
{
    return m_engine.read<std::optional<quint64>>([tokenHash](StoreReader &reader) {
        return sqliteportal::phoneSession(reader, tokenHash);
    });
}

PortalStore::Future<bool> SqlitePortalStore::endPhoneSession(const QByteArray &tokenHash)
{
    return write<bool>([=](const PortalContext &context, StoreTransaction &tx, const auto &) {
        return sqliteportal::endPhoneSession(context, tx, tokenHash);
    });
}

PortalStore::Future<PhoneKeyGrant> SqlitePortalStore::registerKey(quint64 subject,
                                                                  const QByteArray &tokenHash,
                                                                  const QByteArray &publicKey)
{
    return write<PhoneKeyGrant>(
            [=](const PortalContext &context, StoreTransaction &tx, const auto &) {
                return sqliteportal::registerKey(context, tx, subject, tokenHash, publicKey);
            });
}

PortalStore::Future<bool> SqlitePortalStore::revokeKey(quint64 subject, const QString &kid)
{
    return write<bool>([=](const PortalContext &context, StoreTransaction &tx, const auto &) {
        return sqliteportal::revokeKey(context, tx, subject, kid);
    });
}

PortalStore::Future<Ticket> SqlitePortalStore::createTicket(const KioskCaller &kiosk)
{
    return m_engine.write<Ticket>(
            [kiosk](StoreTransaction &tx) { return sqliteportal::createTicket(tx, kiosk); });
}

PortalStore::Future<Ticket> SqlitePortalStore::scanTicket(const base::TicketId &id, quint64 subject)
{
    return stepTicket(id, [subject](const Ticket &ticket, qint64 nowMs) {
        return district::scanTicket(ticket, subject, nowMs);
    });
}

PortalStore::Future<Ticket> SqlitePortalStore::confirmTicket(const base::TicketId &id,
                                                             quint64 subject,
                                                             const QString &matchCode)
{
    return write<TicketStep>([=](const PortalContext &context, StoreTransaction &tx, const auto &) {
               return sqliteportal::confirmTicket(context, tx, id, subject, matchCode);
           })
            .then(outcomeOf);
}

PortalStore::Future<Ticket> SqlitePortalStore::cancelTicketByPhone(const base::TicketId &id,
                                                                   quint64 subject)
{
    return stepTicket(id, [subject](const Ticket &ticket, qint64 nowMs) {
        return district::cancelTicketByPhone(ticket, subject, nowMs);
    });
}

PortalStore::Future<Ticket> SqlitePortalStore::cancelTicketByKiosk(const base::TicketId &id,
                                                                   const KioskCaller &kiosk)
{
    return stepTicket(id, [kiosk](const Ticket &ticket, qint64 nowMs) {
        return district::cancelTicketByKiosk(ticket, kiosk.device, nowMs);
    });
}

PortalStore::Future<PortalStore::TicketReading>
SqlitePortalStore::readTicket(const base::TicketId &id, const KioskCaller &kiosk)
{
    return write<TicketReading>(
            [=](const PortalContext &context, StoreTransaction &tx, const SessionSink &sink) {
                return sqliteportal::readTicket(context, tx, id, kiosk, sink);
            });
}

PortalStore::Future<KioskSession> SqlitePortalStore::openSession(const protocol::LoginToken &token,
                                                                 const KioskCaller &kiosk)
{
    return write<KioskSession>([=](const PortalContext &context, StoreTransaction &tx,
                                   const SessionSink &sink) {
        return sqliteportal::openByToken(context, tx, token, kiosk, false, tx.nowMs(), sink);
    });
}

PortalStore::Future<bool> SqlitePortalStore::closeSession(const base::SessionId &id,
                                                          const KioskCaller &kiosk,
                                                          const QString &reason)
{
    return write<bool>([=](const PortalContext &context, StoreTransaction &tx,
                           const SessionSink &sink) {
        return sqliteportal::closeSession(context, tx, id, kiosk.device.toString(), reason, sink);
    });
}

PortalStore::Future<qint64> SqlitePortalStore::closeExpiredSessions()
{
    return write<qint64>(
            [](const PortalContext &context, StoreTransaction &tx, const SessionSink &sink) {
                return sqliteportal::closeExpired(context, tx, sink);
            });
}

PortalStore::Future<QList<ConsentState>> SqlitePortalStore::consents(quint64 subject)
{
    return m_engine.read<QList<ConsentState>>(
            [subject](StoreReader &reader) { return sqliteportal::consents(reader, subject); });
}

PortalStore::Future<ConsentEntry>
SqlitePortalStore::decideConsent(quint64 subject, const QString &group, int version, bool given)
{
    return write<ConsentEntry>([=](const PortalContext &context, StoreTransaction &tx,
                                   const SessionSink &sink) {
        return sqliteportal::decideConsent(context, tx, subject, group, version, given, sink);
    });
}

PortalStore::Future<QList<StationEntry>> SqlitePortalStore::stations()
{
    return m_engine.read<QList<StationEntry>>(sqliteportal::stations);
}

std::optional<KioskSession> SqlitePortalStore::find(const base::SessionId &id,
                                                    const base::DeviceId &device) const
{
    const auto found = m_live->open.constFind(id);
    if (found == m_live->open.constEnd() || found->device != device ||
        found->expiresMs <= m_clock.wallMs())
        return std::nullopt;
    return *found;
}

bool SqlitePortalStore::isOpen(const base::WorkerId &worker, const base::DeviceId &device) const
{
    const quint64 subject = subjectOf(worker);
    for (const KioskSession &session : std::as_const(m_live->open))
        if (session.subject == subject && session.device == device &&
            session.expiresMs > m_clock.wallMs())
            return true;
    return false;
}

void SqlitePortalStore::onSessionClosed(std::function<void(const base::SessionId &)> callback)
{
    m_live->onClosed.append(std::move(callback));
}

} // namespace riderport::district
