// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace riderport::devices {

/// Makes codes of a stream of characters from an untrusted device: printable ASCII up to a limit,
/// ended by CR or LF. A line that breaks a rule is dropped up to its end, never handed out in part;
/// half a line is dropped after a pause.
class LineAssembler
{
public:
    static constexpr qint64 kPauseMs = 500;

    explicit LineAssembler(qsizetype limit)
        : m_limit(limit)
    {}

    /// A finished line, once its end arrives. `nowMs` must not go back.
    [[nodiscard]] std::optional<QString> feed(char c, qint64 nowMs);
    /// The device lost something: the line under way is worthless.
    void spoil() { m_spoiled = true; }
    void reset();

private:
    qsizetype m_limit;
    QByteArray m_line;
    bool m_spoiled = false;
    qint64 m_lastMs = 0;
};

} // namespace riderport::devices
