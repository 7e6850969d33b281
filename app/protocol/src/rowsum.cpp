// SPDX-License-Identifier: Apache-2.0
#include "protocol/rowsum.h"

#include "crypto/digest.h"

#include <QtEndian>

namespace riderport::protocol {

quint64 rowDigest(const QString &table, const QString &id, qint64 version, const QByteArray &body)
{
    const QByteArray bytes =
            table.toUtf8() + '\n' + id.toUtf8() + '\n' + QByteArray::number(version) + '\n' + body;
    return qFromBigEndian<quint64>(crypto::sha256(bytes).constData());
}

QString sumToHex(quint64 sum)
{
    return QString::number(sum, 16).rightJustified(16, u'0');
}

quint64 sumFromHex(const QString &hex, bool *ok)
{
    *ok = false;
    return hex.size() == 16 ? hex.toULongLong(ok, 16) : 0;
}

} // namespace riderport::protocol
