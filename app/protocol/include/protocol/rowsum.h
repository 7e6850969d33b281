// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace riderport::protocol {

/// One row's share of its bucket sum: the first 8 bytes, big endian, of SHA-256(tbl LF id LF ver LF
/// body).
[[nodiscard]] quint64 rowDigest(const QString &table, const QString &id, qint64 version,
                                const QByteArray &body);

/// Order-independent check of a whole bucket, kept incrementally on both sides (mod 2^64 wraps by
/// design).
struct BucketSum
{
    qint64 rows = 0;
    quint64 sum = 0;

    void add(quint64 digest)
    {
        ++rows;
        sum += digest;
    }
    void remove(quint64 digest)
    {
        --rows;
        sum -= digest;
    }
    friend bool operator==(const BucketSum &, const BucketSum &) = default;
};

/// 16 lower-case hex digits: JSON numbers cannot carry 64 unsigned bits.
[[nodiscard]] QString sumToHex(quint64 sum);
/// 0 and ok=false unless exactly 16 hex digits.
[[nodiscard]] quint64 sumFromHex(const QString &hex, bool *ok);

} // namespace riderport::protocol
