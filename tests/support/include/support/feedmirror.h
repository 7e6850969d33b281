// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol/rowsum.h"
#include "protocol/syncmessages.h"

#include <QMap>
#include <QString>

#include <utility>

namespace riderport::test {

/// What a correct client holds of one bucket. It applies pages and snapshots by the rules of
/// app/docs/WIRE.md 2 and says in words what was wrong; a slow and plain second implementation, so
/// that server and kiosk are not compared with themselves.
class FeedMirror
{
public:
    protocol::Cursor cursor;

    void reset()
    {
        m_rows.clear();
        cursor = {};
    }

    [[nodiscard]] QString apply(const protocol::SyncPage &page, qint64 epoch)
    {
        if (page.from != cursor.seq + 1)
            return QStringLiteral("gap: page from %1 after %2").arg(page.from).arg(cursor.seq);
        if (page.sha256 != page.computedSha256())
            return QStringLiteral("page hash");
        qint64 last = page.from - 1;
        for (const protocol::FeedOp &op : page.ops) {
            if (op.seq <= last || op.seq > page.to)
                return QStringLiteral("order: %1 after %2").arg(op.seq).arg(last);
            last = op.seq;
            put(op);
        }
        cursor = {epoch, page.to};
        return {};
    }

    [[nodiscard]] QString apply(const protocol::SnapshotPage &page)
    {
        if (page.sha256 != page.computedSha256())
            return QStringLiteral("snapshot hash");
        for (const protocol::SnapshotRow &row : page.rows) {
            const auto key = std::make_pair(row.table, row.id);
            if (key <= m_after)
                return QStringLiteral("snapshot order");
            m_after = key;
            m_rows.insert(key, {row.version, row.body});
        }
        if (page.done) {
            cursor = {page.epoch, page.head};
            m_after = {};
        }
        return {};
    }

    /// Where the next snapshot page begins.
    [[nodiscard]] std::pair<QString, QString> after() const { return m_after; }

    [[nodiscard]] protocol::BucketSum sum() const
    {
        protocol::BucketSum total;
        for (auto it = m_rows.begin(); it != m_rows.end(); ++it)
            total.add(protocol::rowDigest(it.key().first, it.key().second, it->first, it->second));
        return total;
    }

    [[nodiscard]] qsizetype rows() const { return m_rows.size(); }
    [[nodiscard]] QByteArray body(const QString &table, const QString &id) const
    {
        return m_rows.value({table, id}).second;
    }

private:
    void put(const protocol::FeedOp &op)
    {
        const auto key = std::make_pair(op.table, op.id);
        if (m_rows.value(key).first >= op.version)
            return;
        if (op.isDelete)
            m_rows.remove(key);
        else
            m_rows.insert(key, {op.version, op.body});
    }

    QMap<std::pair<QString, QString>, std::pair<qint64, QByteArray>> m_rows;
    std::pair<QString, QString> m_after;
};

} // namespace riderport::test
