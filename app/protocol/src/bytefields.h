// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QtEndian>

namespace riderport::protocol {

template<typename T>
void appendBigEndian(QByteArray &bytes, T value)
{
    const T swapped = qToBigEndian(value);
    bytes.append(reinterpret_cast<const char *>(&swapped), sizeof(T));
}

/// Walks a byte string of known, already checked length.
class ByteCursor
{
public:
    explicit ByteCursor(const QByteArray &bytes)
        : m_bytes(bytes)
    {}

    template<typename T>
    [[nodiscard]] T take()
    {
        const T value = qFromBigEndian<T>(m_bytes.constData() + m_at);
        m_at += sizeof(T);
        return value;
    }
    [[nodiscard]] QByteArray take(qsizetype count)
    {
        QByteArray part = m_bytes.mid(m_at, count);
        m_at += count;
        return part;
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_at = 0;
};

} // namespace riderport::protocol
