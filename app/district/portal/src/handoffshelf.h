// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/strongid.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace riderport::district {

inline constexpr qint64 kHandoffLifeMs = 10 * 60'000;

/// A result on its way from a kiosk to the phone of the same worker.
struct Handoff
{
    quint64 subject = 0;
    QString service;
    QJsonObject answer;
    qint64 expiresMs = 0;
};

/// Results sent to phones, in memory only: look-up results are never stored. A restart loses them,
/// which the phone shows as expired.
class HandoffShelf
{
public:
    /// A short id nobody can guess within ten minutes.
    [[nodiscard]] QString put(quint64 subject, const QString &service, const QJsonObject &answer,
                              qint64 nowMs);
    /// Nothing when expired, unknown or another worker's: the three look the same.
    [[nodiscard]] std::optional<Handoff> find(const QString &id, quint64 subject,
                                              qint64 nowMs) const;
    void dropExpired(qint64 nowMs);

private:
    QHash<QString, Handoff> m_handoffs;
};

/// The services' public descriptors by id, as the phone gets them with a result.
[[nodiscard]] base::Result<QHash<QString, QJsonObject>>
loadPublicDescriptors(const QString &resourcesDir);

} // namespace riderport::district
