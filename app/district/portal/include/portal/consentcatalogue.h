// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "domain/localtext.h"

#include <QHash>
#include <QList>
#include <QString>

namespace riderport::district {

/// The consent to log in at kiosks at all; asked on the phone before the first log-in.
inline constexpr char kLoginConsentGroup[] = "login_profile";

/// One thing a worker can agree to: the words in force.
struct ConsentOffer
{
    QString group;
    int version = 1;
    domain::LocalText title;
    domain::LocalText text;

    /// hex SHA-256 over both languages: proves later which words were shown.
    [[nodiscard]] QString textSha256() const;
};

/// Every consent this district asks for: the log-in consent (resources/web/consents.json) and one
/// per upstream group named by the service descriptors.
class ConsentCatalogue
{
public:
    /// Codes: consents.file, consents.syntax, consents.conflict (two descriptors give one group
    /// different words), descriptor.*.
    [[nodiscard]] static base::Result<ConsentCatalogue> load(const QString &resourcesDir);
    [[nodiscard]] static ConsentCatalogue fromOffers(const QList<ConsentOffer> &offers);

    [[nodiscard]] const QList<ConsentOffer> &offers() const { return m_offers; }
    /// Null when nobody asks for that group.
    [[nodiscard]] const ConsentOffer *find(const QString &group) const;

private:
    QList<ConsentOffer> m_offers;
};

} // namespace riderport::district
