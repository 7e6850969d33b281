// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHostAddress>
#include <QMap>
#include <QString>
#include <QUrl>

namespace riderport::district {

/// The command line of riderport-district.
struct DistrictOptions
{
    QHostAddress listenAddress = QHostAddress(QHostAddress::LocalHost);
    quint16 listenPort = 0;
    QString stateDir;
    QString resourcesDir;
    QString sampleDir;             ///< empty: no sample data
    QMap<QString, QUrl> upstreams; ///< bureau family → base URL
    QUrl upstreamControl;          ///< a simulator that names the families itself
    QUrl smsUrl;                   ///< empty: no text messages can be sent
    QUrl publicUrl;                ///< what phones use; empty = the listening address
    QString districtId = QStringLiteral("420303"); ///< GB/T 2260
};

/// Error code options.invalid; detail says what is wrong, in words for the terminal.
[[nodiscard]] base::Result<DistrictOptions> parseDistrictOptions(const QStringList &arguments);

} // namespace riderport::district
