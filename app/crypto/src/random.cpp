// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"

#include "sodiuminit.h"

namespace riderport::crypto {

QByteArray randomBytes(qsizetype count)
{
    ensureSodium();
    QByteArray bytes(count, Qt::Uninitialized);
    randombytes_buf(bytes.data(), size_t(count));
    return bytes;
}

QString randomHex(qsizetype count)
{
    return QString::fromLatin1(randomBytes(count).toHex());
}

quint32 randomBelow(quint32 bound)
{
    ensureSodium();
    return randombytes_uniform(bound);
}

QString randomText(qsizetype length, QLatin1String alphabet)
{
    QString text;
    text.reserve(length);
    for (qsizetype i = 0; i < length; ++i)
        text += QChar(alphabet.at(qsizetype(randomBelow(quint32(alphabet.size())))));
    return text;
}

} // namespace riderport::crypto
