// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "base/strongid.h"
#include "crypto/seal.h"

#include <QHash>
#include <QJsonObject>

#include <optional>

namespace riderport::district {

/// Look-up results of the last minutes, in memory, sealed with a key that exists in this process
/// only. Each belongs to one kiosk session, and so to one person, and goes with it. Bounded in
/// time, number and size; one thread.
class ResultCache
{
public:
    /// `clock` must outlive the cache.
    explicit ResultCache(const base::Clock &clock);

    /// `request` is the canonical form of service, operation and parameters. Results above 512 KiB
    /// are not kept.
    void insert(const base::SessionId &session, const QByteArray &request, const QString &service,
                const QString &trace, const QJsonObject &answer);
    [[nodiscard]] std::optional<QJsonObject> find(const base::SessionId &session,
                                                  const QByteArray &request) const;
    /// The answer a kiosk received under that trace id, for handing it over to the worker's phone.
    [[nodiscard]] std::optional<QJsonObject>
    findByTrace(const base::SessionId &session, const QString &service, const QString &trace) const;
    /// Adds a trace id under which the entry was handed out once more.
    void addTrace(const base::SessionId &session, const QByteArray &request, const QString &trace);
    /// The session has ended.
    void drop(const base::SessionId &session);
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }

    static constexpr qint64 kLifeMs = 10 * 60'000;
    static constexpr qsizetype kMaxEntries = 2000;
    static constexpr qsizetype kMaxEntryBytes = 512 * 1024;
    static constexpr qsizetype kMaxBytes = 64 * 1024 * 1024;

private:
    struct Entry
    {
        base::SessionId session;
        QString service;
        QStringList traces;
        qint64 insertedMs = 0; ///< monotonic
        QByteArray sealed;
    };

    [[nodiscard]] static QByteArray keyOf(const base::SessionId &session,
                                          const QByteArray &request);
    [[nodiscard]] std::optional<QJsonObject> opened(const QByteArray &key,
                                                    const Entry &entry) const;
    [[nodiscard]] bool isFresh(const Entry &entry) const;
    void prune();
    void remove(QHash<QByteArray, Entry>::iterator &it);

    const base::Clock *m_clock;
    crypto::SealKey m_key;
    QHash<QByteArray, Entry> m_entries;
    qsizetype m_bytes = 0;
};

} // namespace riderport::district
