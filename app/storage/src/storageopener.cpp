// SPDX-License-Identifier: Apache-2.0
#include "storageopener.h"

#include "schemamigrator.h"
#include "sqlconnection.h"

#include "base/clock.h"
#include "storage/devicekeys.h"
#include "storage/devicerepository.h"
#include "storage/feedrepository.h"
#include "storage/outboxrepository.h"
#include "storage/usedtokenrepository.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

Q_LOGGING_CATEGORY(lcStorage, "riderport.storage")

// In a static library nothing else would pull the resource in.
static void initSchemaResource()
{
    Q_INIT_RESOURCE(terminalschema);
}

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

// The log and its index belong to the file: separated from it they would be applied to another one.
const QStringList kSuffixes{u""_s, u"-wal"_s, u"-shm"_s};

QString stampOf(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyyMMdd-HHmmss"_s);
}

} // namespace

Error systemError(const QString &what)
{
    const int code = errno;
    const QString detail = what + u", errno "_s + QString::number(code);
    if (code == ENOSPC || code == EDQUOT || code == EFBIG)
        return Error{ErrorKind::Storage, u"storage.full"_s, detail};
    if (code == EROFS || code == EACCES || code == EPERM)
        return Error{ErrorKind::Storage, u"storage.read-only"_s, detail};
    return Error{ErrorKind::Storage, u"storage.io"_s, detail};
}

StorageOpener::StorageOpener(const DatabaseSettings &settings, const base::Clock &clock)
    : m_settings(settings)
    , m_clock(clock)
{}

StorageOpener::~StorageOpener()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

QString StorageOpener::path(const QString &name) const
{
    return m_settings.stateDirectory + u'/' + name;
}

Result<OpenReport> StorageOpener::open(StorageSession &session)
{
    initSchemaResource();
    OpenReport report;
    if (const auto done = prepareDirectory(); !done)
        return done.error();
    if (const auto done = openLedger(session); !done)
        return done.error();
    if (const auto done = openKeys(session, report); !done)
        return done.error();
    if (const auto done = openCache(session, report); !done)
        return done.error();
    return report;
}

Result<void> StorageOpener::prepareDirectory()
{
    const QString directory = m_settings.stateDirectory;
    if (!QFileInfo(directory).isDir()) {
        errno = 0;
        if (!QDir().mkpath(directory))
            return systemError(u"state directory"_s);
        QFile::setPermissions(directory, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                                 QFileDevice::ExeOwner);
    }
    m_lock = ::open(QFile::encodeName(path(u"lock"_s)).constData(), O_RDWR | O_CREAT | O_CLOEXEC,
                    0600);
    if (m_lock < 0)
        return systemError(u"lock file"_s);
    if (::flock(m_lock, LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorKind::Conflict, u"storage.in-use"_s, directory};
    return {};
}

Result<void> StorageOpener::openLedger(StorageSession &session)
{
    session.m_ledger = std::make_unique<SqlConnection>();
    Result<void> opened = session.m_ledger->open(path(u"ledger.db"_s), SqlConnection::Sync::Full);
    if (opened) {
        opened = migrateSchema(*session.m_ledger, m_settings.schemaDirectory + u"/ledger"_s,
                               m_clock.wallMs());
    }
    if (opened || opened.error().kind != ErrorKind::Corrupt)
        return opened;
    // Kept where it is, for a technician, with a copy no later start can touch. The copy carries
    // the damaged file's own time, so that starting again and again makes one copy.
    session.m_ledger->close();
    const QString stamp = stampOf(QFileInfo(path(u"ledger.db"_s)).lastModified());
    for (const QString &suffix : kSuffixes) {
        const QString copy = path(u"ledger.db.damaged-"_s + stamp + suffix);
        if (QFile::exists(path(u"ledger.db"_s + suffix)) && !QFile::exists(copy))
            QFile::copy(path(u"ledger.db"_s + suffix), copy);
    }
    qCCritical(lcStorage) << "storage.ledger-damaged" << opened.error().detail;
    return Error{ErrorKind::Corrupt, u"storage.ledger-damaged"_s, opened.error().detail};
}

Result<bool> StorageOpener::ledgerHoldsSecrets(StorageSession &session)
{
    const auto count = session.m_ledger->value(
            u"SELECT (SELECT count(*) FROM device) + (SELECT count(*) FROM outbox)"_s);
    if (!count)
        return count.error();
    return count->toInt() > 0;
}

Result<void> StorageOpener::openKeys(StorageSession &session, OpenReport &report)
{
    auto found = DeviceKeys::load(path(u"device.keys"_s));
    if (!found)
        return found.error();
    std::optional<DeviceKeys> &keys = *found;
    if (!keys) {
        const auto sealed = ledgerHoldsSecrets(session);
        if (!sealed)
            return sealed.error();
        // A new key would turn unsent work into noise without anybody noticing.
        if (*sealed)
            return Error{ErrorKind::Corrupt, u"storage.keys-lost"_s, u"key file is missing"_s};
        auto made = DeviceKeys::create(path(u"device.keys"_s));
        if (!made)
            return made.error();
        keys = std::move(*made);
    }
    session.m_device =
            std::make_unique<DeviceRepository>(*session.m_ledger, keys->data.derive("device"));
    session.m_outbox = std::make_unique<OutboxRepository>(*session.m_ledger,
                                                          keys->data.derive("outbox"), m_clock);
    session.m_usedTokens = std::make_unique<UsedTokenRepository>(*session.m_ledger);
    const auto identity = session.m_device->load();
    if (!identity)
        return identity.error();
    report.identity = *identity;
    report.deviceKey = keys->signing;
    return session.m_outbox->recover();
}

Result<void> StorageOpener::tryCache(StorageSession &session)
{
    session.m_cache = std::make_unique<SqlConnection>();
    if (const auto opened = session.m_cache->open(path(u"cache.db"_s), SqlConnection::Sync::Normal);
        !opened) {
        return opened;
    }
    if (const auto migrated = migrateSchema(
                *session.m_cache, m_settings.schemaDirectory + u"/cache"_s, m_clock.wallMs());
        !migrated) {
        return migrated;
    }
    session.m_feed = std::make_unique<FeedRepository>(*session.m_cache);
    return session.m_feed->sweep();
}

Result<void> StorageOpener::openCache(StorageSession &session, OpenReport &report)
{
    const auto first = tryCache(session);
    if (first)
        return first;
    const bool replaceable = first.error().kind == ErrorKind::Corrupt ||
                             first.error().code == u"storage.newer-schema";
    if (!replaceable)
        return first;
    session.m_feed.reset();
    session.m_cache->close();
    const QString aside = u"cache.db.damaged-"_s + stampOf(m_clock.now());
    for (const QString &suffix : kSuffixes) {
        QFile::remove(path(aside + suffix));
        errno = 0;
        if (QFile::exists(path(u"cache.db"_s + suffix)) &&
            !QFile::rename(path(u"cache.db"_s + suffix), path(aside + suffix))) {
            return systemError(u"setting the cache aside"_s);
        }
    }
    qCWarning(lcStorage) << "cache set aside as" << aside << first.error().code
                         << first.error().detail;
    report.cacheSetAside = aside;
    return tryCache(session);
}

} // namespace riderport::storage
