// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

#include <utility>

namespace riderport::base {

/// A text identifier that cannot be mixed up with another kind of identifier.
template<typename Tag>
class StrongId
{
public:
    StrongId() = default;
    explicit StrongId(QString value)
        : m_value(std::move(value))
    {}

    [[nodiscard]] const QString &toString() const { return m_value; }
    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }

    friend bool operator==(const StrongId &, const StrongId &) = default;
    friend bool operator<(const StrongId &a, const StrongId &b) { return a.m_value < b.m_value; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) { return ::qHash(id.m_value, seed); }

private:
    QString m_value;
};

using StationId = StrongId<struct StationIdTag>; ///< "ST01" … "ST28"
using DeviceId = StrongId<struct DeviceIdTag>;   ///< "K-" + 16 hex digits, given at enrolment
using WorkerId =
        StrongId<struct WorkerIdTag>; ///< "W" + decimal subject number; a pseudonym, never a name
using SessionId = StrongId<struct SessionIdTag>; ///< 32 hex digits, made by the district server
using ServiceId = StrongId<struct ServiceIdTag>; ///< "S01" …
using TicketId = StrongId<struct TicketIdTag>;   ///< 32 hex digits (128 random bits)

} // namespace riderport::base
