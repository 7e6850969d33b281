// SPDX-License-Identifier: Apache-2.0
#include "district/noncejournal.h"

#include "crypto/digest.h"

#include <QDataStream>
#include <QDir>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kEntrySize = 16;
constexpr qsizetype kHeaderSize = 8;

Error storageError(const QString &detail)
{
    return {ErrorKind::Storage, u"nonces.storage"_s, detail};
}

} // namespace

NonceJournal::NonceJournal(const base::Clock &clock)
    : m_clock(clock)
{}

base::Result<void> NonceJournal::load(const QString &path, QSet<QByteArray> *into,
                                      qint64 *firstMs) const
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly))
        return storageError(file.errorString());
    const QByteArray bytes = file.readAll();
    QDataStream header(bytes);
    header >> *firstMs;
    // A torn last entry belongs to a request that was never served.
    for (qsizetype at = kHeaderSize; at + kEntrySize <= bytes.size(); at += kEntrySize)
        into->insert(bytes.sliced(at, kEntrySize));
    return {};
}

base::Result<void> NonceJournal::open(const QString &directory)
{
    m_directory = directory;
    qint64 oldStart = 0;
    if (auto loaded = load(directory + u"/nonces.1"_s, &m_old, &oldStart); !loaded)
        return loaded;
    if (auto loaded = load(directory + u"/nonces.0"_s, &m_young, &m_startedMs); !loaded)
        return loaded;
    if (m_startedMs == 0)
        return rotate(m_clock.wallMs());
    m_file.setFileName(directory + u"/nonces.0"_s);
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return storageError(m_file.errorString());
    // Continue behind the last whole entry.
    const qint64 whole = m_file.size() - (m_file.size() - kHeaderSize) % kEntrySize;
    if (!m_file.resize(whole) || !m_file.seek(whole))
        return storageError(m_file.errorString());
    return {};
}

base::Result<void> NonceJournal::rotate(qint64 nowMs)
{
    const QString young = m_directory + u"/nonces.0"_s;
    const QString old = m_directory + u"/nonces.1"_s;
    m_file.close();
    if (QFile::exists(young)) {
        QFile::remove(old);
        if (!QFile::rename(young, old))
            return storageError(u"rename"_s);
    }
    m_old = std::exchange(m_young, {});
    m_file.setFileName(young);
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Truncate | QIODevice::Unbuffered))
        return storageError(m_file.errorString());
    QByteArray header;
    QDataStream(&header, QIODevice::WriteOnly) << nowMs;
    if (m_file.write(header) != header.size())
        return storageError(m_file.errorString());
    m_startedMs = nowMs;
    return {};
}

base::Result<bool> NonceJournal::use(const QByteArray &keyId, const QByteArray &nonce)
{
    const qint64 now = m_clock.wallMs();
    // A clock set back must not keep a generation for ever, nor drop one early: both directions
    // rotate only after a full window's distance.
    if (qAbs(now - m_startedMs) > kWindowMs) {
        if (auto rotated = rotate(now); !rotated)
            return rotated.error();
    }
    const QByteArray entry = crypto::sha256(keyId + '\n' + nonce).first(kEntrySize);
    if (m_young.contains(entry) || m_old.contains(entry))
        return false;
    if (m_file.write(entry) != entry.size())
        return storageError(m_file.errorString());
    m_young.insert(entry);
    return true;
}

} // namespace riderport::district
