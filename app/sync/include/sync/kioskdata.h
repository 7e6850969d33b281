// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "crypto/signing.h"
#include "storage/cachereader.h"
#include "storage/deviceidentity.h"
#include "storage/usedtokenstore.h"
#include "sync/connectivity.h"
#include "sync/synctiming.h"

#include <QFuture>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace riderport::base {
class Clock;
}
namespace riderport::storage {
class Database;
}
namespace riderport::transport {
class HttpTransport;
class SignedClient;
} // namespace riderport::transport

namespace riderport::sync {

class Enrolment;
class Outbox;
class SyncEngine;

struct KioskDataSettings
{
    QString stateDirectory; ///< absolute
    SyncTiming timing;
};

/// Store, network and sync of one kiosk, built in order and torn down in reverse. The composition
/// root makes one, calls open(), enrols if identity() is empty, then start():
///
///   KioskData data(settings, transport, clock);
///   base::whenDone(data.open(), this, [&](const base::Result<KioskData::Opened> &opened) {
///       if (opened && data.identity())
///           data.start();
///   });
///
/// GUI thread. `transport` and `clock` must outlive it, and everybody who was handed one of its
/// parts must be gone before it.
class KioskData : public QObject
{
    Q_OBJECT
public:
    struct Opened
    {
        bool enrolled = false;
        QString cacheSetAside; ///< file name of a damaged cache; it will be pulled again
    };

    KioskData(const KioskDataSettings &settings, transport::HttpTransport &transport,
              const base::Clock &clock, QObject *parent = nullptr);
    ~KioskData() override;

    /// Once. Errors are those of storage::Database.
    [[nodiscard]] QFuture<base::Result<Opened>> open();
    /// Trades a code for an identity; then start() may be called. Errors: see Enrolment.
    [[nodiscard]] QFuture<base::Result<storage::DeviceIdentity>> enrol(const QString &code,
                                                                       const QString &version);
    /// Begins to sync. Code sync.not-enrolled without an identity.
    [[nodiscard]] base::Result<void> start();
    void stop();

    [[nodiscard]] const std::optional<storage::DeviceIdentity> &identity() const
    {
        return m_identity;
    }
    /// Usable from construction on; calls before open() fail with storage.closed.
    [[nodiscard]] storage::CacheReader &cache() { return m_cache; }
    [[nodiscard]] storage::UsedTokenStore &usedTokens() { return m_usedTokens; }
    [[nodiscard]] storage::Database &database() { return *m_database; }
    [[nodiscard]] Outbox &outbox() { return *m_outbox; }
    /// Signs as this kiosk once there is an identity.
    [[nodiscard]] transport::SignedClient &client() { return *m_client; }
    /// The link's state; of an engine that does not run before start().
    [[nodiscard]] Connectivity &connectivity();
    /// Null before start().
    [[nodiscard]] SyncEngine *engine() { return m_engine.get(); }

Q_SIGNALS:
    /// Rows of this table have changed in the cache.
    void tableChanged(const QString &table);

private:
    class Link;
    void useIdentity(const storage::DeviceIdentity &identity);

    KioskDataSettings m_settings;
    transport::HttpTransport &m_transport;
    const base::Clock &m_clock;
    std::unique_ptr<storage::Database> m_database;
    storage::CacheReader m_cache;
    storage::UsedTokenStore m_usedTokens;
    std::unique_ptr<transport::SignedClient> m_client;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Enrolment> m_enrolment;
    std::unique_ptr<SyncEngine> m_engine;
    std::unique_ptr<Link> m_link;
    std::optional<storage::DeviceIdentity> m_identity;
    crypto::KeyPair m_deviceKey;
};

} // namespace riderport::sync
