// SPDX-License-Identifier: Apache-2.0
#include "gateway/resultcache.h"

#include "crypto/digest.h"

#include <QJsonDocument>

#include <algorithm>

namespace riderport::district {

ResultCache::ResultCache(const base::Clock &clock)
    : m_clock(&clock)
    , m_key(crypto::SealKey::generate())
{}

QByteArray ResultCache::keyOf(const base::SessionId &session, const QByteArray &request)
{
    return crypto::sha256(session.toString().toLatin1() + '\n' + request);
}

bool ResultCache::isFresh(const Entry &entry) const
{
    return m_clock->monotonicMs() - entry.insertedMs < kLifeMs;
}

void ResultCache::insert(const base::SessionId &session, const QByteArray &request,
                         const QString &service, const QString &trace, const QJsonObject &answer)
{
    const QByteArray plain = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    const QByteArray key = keyOf(session, request);
    if (auto it = m_entries.find(key); it != m_entries.end())
        remove(it);
    if (plain.size() > kMaxEntryBytes)
        return;
    prune();
    Entry entry{session, service, {trace}, m_clock->monotonicMs(), {}};
    entry.sealed = crypto::seal(m_key, plain, key);
    m_bytes += entry.sealed.size();
    m_entries.insert(key, std::move(entry));
}

std::optional<QJsonObject> ResultCache::opened(const QByteArray &key, const Entry &entry) const
{
    if (!isFresh(entry))
        return std::nullopt;
    const auto plain = crypto::open(m_key, entry.sealed, key);
    if (!plain)
        return std::nullopt;
    return QJsonDocument::fromJson(*plain).object();
}

std::optional<QJsonObject> ResultCache::find(const base::SessionId &session,
                                             const QByteArray &request) const
{
    const QByteArray key = keyOf(session, request);
    const auto it = m_entries.constFind(key);
    return it == m_entries.constEnd() ? std::nullopt : opened(key, *it);
}

std::optional<QJsonObject> ResultCache::findByTrace(const base::SessionId &session,
                                                    const QString &service,
                                                    const QString &trace) const
{
    for (auto it = m_entries.constBegin(); it != m_entries.constEnd(); ++it) {
        if (it->session == session && it->service == service && it->traces.contains(trace))
            return opened(it.key(), *it);
    }
    return std::nullopt;
}

void ResultCache::addTrace(const base::SessionId &session, const QByteArray &request,
                           const QString &trace)
{
    constexpr qsizetype kMaxTraces = 8;
    const auto it = m_entries.find(keyOf(session, request));
    if (it == m_entries.end())
        return;
    it->traces.append(trace);
    if (it->traces.size() > kMaxTraces)
        it->traces.removeFirst();
}

void ResultCache::drop(const base::SessionId &session)
{
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        if (it->session == session)
            remove(it);
        else
            ++it;
    }
}

void ResultCache::remove(QHash<QByteArray, Entry>::iterator &it)
{
    m_bytes -= it->sealed.size();
    it = m_entries.erase(it);
}

void ResultCache::prune()
{
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        if (isFresh(*it))
            ++it;
        else
            remove(it);
    }
    while (m_entries.size() >= kMaxEntries || m_bytes > kMaxBytes - kMaxEntryBytes) {
        auto oldest = std::min_element(
                m_entries.begin(), m_entries.end(),
                [](const Entry &a, const Entry &b) { return a.insertedMs < b.insertedMs; });
        remove(oldest);
    }
}

} // namespace riderport::district
