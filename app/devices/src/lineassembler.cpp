// SPDX-License-Identifier: Apache-2.0
#include "lineassembler.h"

#include <utility>

namespace riderport::devices {

void LineAssembler::reset()
{
    m_line.clear();
    m_spoiled = false;
}

std::optional<QString> LineAssembler::feed(char c, qint64 nowMs)
{
    if (nowMs - m_lastMs > kPauseMs)
        reset();
    m_lastMs = nowMs;
    if (c == '\r' || c == '\n') {
        const QByteArray line = std::exchange(m_line, {});
        if (std::exchange(m_spoiled, false) || line.isEmpty())
            return std::nullopt;
        return QString::fromLatin1(line);
    }
    if (c < 0x20 || c > 0x7e || m_line.size() >= m_limit)
        m_spoiled = true;
    if (m_spoiled)
        m_line.clear();
    else
        m_line += c;
    return std::nullopt;
}

} // namespace riderport::devices
