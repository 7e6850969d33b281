// SPDX-License-Identifier: Apache-2.0
#include "portal/sqliteaudit.h"

#include "crypto/digest.h"
#include "sqliterun.h"

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

/// Fields are hashed with their lengths: no value can pretend to be two.
QByteArray chained(qint64 seq, qint64 atMs, const AuditEntry &entry, const QByteArray &previous)
{
    QByteArray text = QByteArray::number(seq) + ' ' + QByteArray::number(atMs);
    for (const QString &field : {entry.actor, entry.action, entry.subject, entry.fields,
                                 entry.purpose, entry.result, entry.trace}) {
        const QByteArray bytes = field.toUtf8();
        text += '\n' + QByteArray::number(bytes.size()) + ':' + bytes;
    }
    return crypto::sha256(text + '\n' + previous);
}

} // namespace

std::optional<base::Error> appendAudit(StoreTransaction &tx, const AuditEntry &entry)
{
    SqliteRun sql(tx);
    if (!sql.run(u"SELECT seq, hash FROM audit WHERE district_id = ? ORDER BY seq DESC LIMIT 1"_s))
        return sql.error();
    qint64 seq = 1;
    QByteArray previous("");
    if (sql.next()) {
        seq = sql.number(0) + 1;
        previous = sql.bytes(1);
    }
    const QByteArray hash = chained(seq, tx.nowMs(), entry, previous);
    if (!sql.run(u"INSERT INTO audit (district_id, seq, at_ms, actor, action, subject, fields, "
                 "purpose, result, trace, previous, hash) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {seq, tx.nowMs(), entry.actor, entry.action, entry.subject, entry.fields,
                  entry.purpose, entry.result, entry.trace, previous, hash}))
        return sql.error();
    return {};
}

base::Result<qint64> firstBrokenAudit(StoreReader &reader)
{
    SqliteRun sql(reader);
    if (!sql.run(u"SELECT seq, at_ms, actor, action, subject, fields, purpose, result, trace, "
                 "previous, hash FROM audit WHERE district_id = ? ORDER BY seq"_s))
        return sql.error();
    QByteArray previous;
    for (qint64 seq = 1; sql.next(); ++seq) {
        const AuditEntry entry{sql.text(2), sql.text(3), sql.text(4), sql.text(5),
                               sql.text(6), sql.text(7), sql.text(8)};
        if (sql.number(0) != seq || sql.bytes(9) != previous ||
            sql.bytes(10) != chained(seq, sql.number(1), entry, previous))
            return seq;
        previous = sql.bytes(10);
    }
    return qint64(0);
}

} // namespace riderport::district
