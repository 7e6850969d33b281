// SPDX-License-Identifier: Apache-2.0
#include "portal/consentcatalogue.h"

#include "base/boundedjson.h"
#include "crypto/digest.h"
#include "domain/servicedescriptor.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

#include <algorithm>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxFile = 256 * 1024;

base::Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::Error{base::ErrorKind::NotFound, u"consents.file"_s, file.errorString()};
    return file.read(kMaxFile + 1);
}

base::Error syntax(const QString &detail)
{
    return base::Error{base::ErrorKind::Corrupt, u"consents.syntax"_s, detail};
}

base::Result<QList<ConsentOffer>> ownOffers(const QString &path)
{
    const auto bytes = readFile(path);
    if (!bytes)
        return bytes.error();
    const auto object = base::parseJsonObject(*bytes, kMaxFile);
    if (!object)
        return syntax(object.error().code);
    QList<ConsentOffer> offers;
    for (const QJsonValue &item : object->value("consents"_L1).toArray()) {
        base::JsonReader in(item.toObject());
        ConsentOffer offer;
        offer.group = in.string(u"group"_s, 40);
        offer.version = int(in.int64(u"version"_s, 1, 1'000'000));
        const auto title = domain::localTextFromJson(item["title"_L1]);
        const auto text = domain::localTextFromJson(item["text"_L1]);
        if (in.error() || !title || !text)
            return syntax(offer.group);
        offer.title = *title;
        offer.text = *text;
        offers.append(offer);
    }
    return offers;
}

} // namespace

QString ConsentOffer::textSha256() const
{
    return crypto::sha256Hex(text.zh.toUtf8() + '\n' + text.en.toUtf8());
}

const ConsentOffer *ConsentCatalogue::find(const QString &group) const
{
    const auto found = std::find_if(m_offers.begin(), m_offers.end(),
                                    [&](const ConsentOffer &o) { return o.group == group; });
    return found == m_offers.end() ? nullptr : &*found;
}

ConsentCatalogue ConsentCatalogue::fromOffers(const QList<ConsentOffer> &offers)
{
    ConsentCatalogue catalogue;
    catalogue.m_offers = offers;
    return catalogue;
}

base::Result<ConsentCatalogue> ConsentCatalogue::load(const QString &resourcesDir)
{
    const QDir resources(resourcesDir);
    auto own = ownOffers(resources.filePath(u"web/consents.json"_s));
    if (!own)
        return own.error();
    ConsentCatalogue catalogue = fromOffers(*own);
    if (catalogue.find(QLatin1String(kLoginConsentGroup)) == nullptr)
        return syntax(QLatin1String(kLoginConsentGroup));

    const QDir services(resources.filePath(u"services"_s));
    const QStringList names = services.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const auto bytes = readFile(services.filePath(name));
        if (!bytes)
            return bytes.error();
        const auto descriptor = domain::parseServiceDescriptor(*bytes);
        if (!descriptor)
            return descriptor.error();
        if (!descriptor->consent)
            continue;
        const domain::ServiceDescriptor::Consent &asked = *descriptor->consent;
        const ConsentOffer offer{asked.group, asked.version, descriptor->agency, asked.text};
        const ConsentOffer *known = catalogue.find(asked.group);
        if (known == nullptr)
            catalogue.m_offers.append(offer);
        else if (known->version != offer.version || !(known->text == offer.text))
            return base::Error{base::ErrorKind::Conflict, u"consents.conflict"_s, name};
    }
    return catalogue;
}

} // namespace riderport::district
