// SPDX-License-Identifier: Apache-2.0
#include "protocol/rowsum.h"

#include "crypto/digest.h"

#include <QtEndian>

#include <algorithm>

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
    // toULongLong() alone would take a sign, white space and "0x".
    const auto isDigit = [](QChar c) {
        return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
    };
    *ok = hex.size() == 16 && std::all_of(hex.begin(), hex.end(), isDigit);
    return *ok ? hex.toULongLong(ok, 16) : 0;
}

} // namespace riderport::protocol
