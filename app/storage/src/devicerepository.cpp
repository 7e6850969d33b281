// SPDX-License-Identifier: Apache-2.0
#include "storage/devicerepository.h"

#include "sqlconnection.h"

#include "base/boundedjson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr auto kSecretsPlace = "device|1|secrets|1";
constexpr qsizetype kMaxJson = 64 * 1024;

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

} // namespace

DeviceRepository::DeviceRepository(SqlConnection &ledger, crypto::SealKey key)
    : m_ledger(ledger)
    , m_key(std::move(key))
{}

Result<std::optional<DeviceIdentity>> DeviceRepository::load()
{
    QByteArray identityText;
    QByteArray sealed;
    const auto found = m_ledger.select(u"SELECT identity, secrets FROM device WHERE id = 1"_s, {},
                                       [&](QSqlQuery &row) -> Result<void> {
                                           identityText = row.value(0).toString().toUtf8();
                                           sealed = row.value(1).toByteArray();
                                           return {};
                                       });
    if (!found)
        return found.error();
    if (sealed.isEmpty())
        return std::optional<DeviceIdentity>();
    const auto opened = crypto::open(m_key, sealed, kSecretsPlace);
    if (!opened)
        return Error{ErrorKind::Corrupt, u"storage.keys-lost"_s, u"device row"_s};
    const auto clear = base::parseJsonObject(identityText, kMaxJson);
    const auto secrets = base::parseJsonObject(*opened, kMaxJson);
    if (!clear || !secrets)
        return Error{ErrorKind::Corrupt, u"storage.ledger-damaged"_s, u"device row"_s};
    base::JsonReader in(*clear);
    base::JsonReader hidden(*secrets);
    DeviceIdentity identity;
    identity.device = base::DeviceId(in.string(u"device"_s, 64));
    identity.station = base::StationId(in.string(u"station"_s, 64));
    identity.district = quint32(in.int64(u"district"_s, 0, 999'999));
    identity.gatewayAppKey = in.string(u"gateway_app_key"_s, 200);
    identity.gatewaySecret = hidden.base64(u"gateway_secret"_s, 4096);
    identity.cacheKey = hidden.base64(u"cache_key"_s, 4096);
    const QJsonArray issuers = in.array(u"issuer_keys"_s, 64);
    for (const auto &value : issuers) {
        base::JsonReader issuer(value.toObject());
        identity.issuerKeys.append(
                {issuer.base64(u"kid"_s, 4), issuer.base64(u"public_key"_s, 32)});
    }
    if (in.error() || hidden.error())
        return Error{ErrorKind::Corrupt, u"storage.ledger-damaged"_s, u"device row"_s};
    return std::optional<DeviceIdentity>(std::move(identity));
}

Result<void> DeviceRepository::store(const DeviceIdentity &identity)
{
    QJsonArray issuers;
    for (const IssuerKey &issuer : identity.issuerKeys) {
        issuers.append(QJsonObject{{u"kid"_s, base64(issuer.kid)},
                                   {u"public_key"_s, base64(issuer.publicKey)}});
    }
    const QByteArray clear = compact({{u"device"_s, identity.device.toString()},
                                      {u"station"_s, identity.station.toString()},
                                      {u"district"_s, qint64(identity.district)},
                                      {u"gateway_app_key"_s, identity.gatewayAppKey},
                                      {u"issuer_keys"_s, issuers}});
    const QByteArray secrets = compact({{u"gateway_secret"_s, base64(identity.gatewaySecret)},
                                        {u"cache_key"_s, base64(identity.cacheKey)}});
    return m_ledger.run(u"INSERT OR REPLACE INTO device (id, identity, secrets) VALUES (1, ?, ?)"_s,
                        {QString::fromUtf8(clear), crypto::seal(m_key, secrets, kSecretsPlace)});
}

} // namespace riderport::storage
