// SPDX-License-Identifier: Apache-2.0
#include "base/uuidv7.h"

#include <QRandomGenerator>
#include <QUuid>

namespace riderport::base {

QByteArray makeUuidV7(qint64 wallMs)
{
    QByteArray bytes(16, Qt::Uninitialized);
    auto *out = reinterpret_cast<uchar *>(bytes.data());
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), 4);
    for (int i = 0; i < 6; ++i)
        out[i] = uchar(quint64(wallMs) >> (40 - 8 * i));
    out[6] = uchar((out[6] & 0x0f) | 0x70);
    out[8] = uchar((out[8] & 0x3f) | 0x80);
    return bytes;
}

QString uuidToString(const QByteArray &bytes)
{
    if (bytes.size() != 16)
        return {};
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

QByteArray uuidV7FromString(const QString &text)
{
    if (text.size() != 36)
        return {};
    const QUuid uuid = QUuid::fromString(text);
    const QByteArray bytes = uuid.toRfc4122();
    const bool isVersion7 = (uchar(bytes[6]) >> 4) == 7 && (uchar(bytes[8]) >> 6) == 2;
    return !uuid.isNull() && isVersion7 ? bytes : QByteArray();
}

} // namespace riderport::base
