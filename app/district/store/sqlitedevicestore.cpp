// SPDX-License-Identifier: Apache-2.0
#include "store/sqlitedevicestore.h"

#include "crypto/random.h"
#include "crypto/signing.h"
#include "district/sqliteengine.h"
#include "district/statekeys.h"

#include <QSqlQuery>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

// No 0, 1, I, O: read aloud and typed by hand.
constexpr QLatin1String kCodeAlphabet("23456789ABCDEFGHJKMNPQRSTUVWXYZ");
constexpr qsizetype kCodeLength = 8;
constexpr qint64 kCodeLifetimeMs = 24LL * 3600 * 1000;
constexpr qsizetype kSecretSize = 32;

QByteArray placeOf(const QString &deviceId, const char *column)
{
    return "device|" + deviceId.toUtf8() + "|" + column + "|v1";
}

struct CodeRow
{
    base::StationId station;
    bool used = false;
    bool expired = false;
};

base::Result<CodeRow> findCode(StoreTransaction &tx, const QByteArray &hash)
{
    const auto row = tx.exec(
            u"SELECT station, expires_ms, used_ms FROM enrol_code WHERE district_id = ? AND code_hash = ?"_s,
            {tx.districtId(), hash});
    if (!row)
        return row.error();
    if (!(*row)->next())
        return Error{ErrorKind::Forbidden, u"enrol.code-invalid"_s, {}};
    CodeRow code;
    code.station = base::StationId((*row)->value(0).toString());
    code.expired = (*row)->value(1).toLongLong() < tx.nowMs();
    code.used = !(*row)->value(2).isNull();
    (*row)->finish();
    return code;
}

std::optional<Error> checkCode(const CodeRow &code)
{
    if (code.used)
        return Error{ErrorKind::Conflict, u"enrol.code-used"_s, {}};
    if (code.expired)
        return Error{ErrorKind::Forbidden, u"enrol.code-expired"_s, {}};
    return {};
}

std::optional<Error> closeEarlierKeys(StoreTransaction &tx, const base::StationId &station)
{
    const auto closed = tx.exec(
            u"UPDATE device SET revoked_ms = ?, revoked_why = 'enrolled again' WHERE district_id = ? AND station = ? AND revoked_ms IS NULL"_s,
            {tx.nowMs(), tx.districtId(), station.toString()});
    return closed ? std::nullopt : std::optional(closed.error());
}

std::optional<Error> refuseKnownKey(StoreTransaction &tx, const QByteArray &publicKey)
{
    const auto same =
            tx.exec(u"SELECT count(*) FROM device WHERE district_id = ? AND public_key = ?"_s,
                    {tx.districtId(), publicKey});
    if (!same)
        return same.error();
    const bool known = (*same)->next() && (*same)->value(0).toLongLong() > 0;
    (*same)->finish();
    if (known)
        return Error{ErrorKind::Conflict, u"enrol.key-used"_s, {}};
    return {};
}

} // namespace

SqliteDeviceStore::SqliteDeviceStore(SqliteEngine &engine, const StateKeys &keys)
    : m_engine(engine)
{
    auto own = std::make_shared<Keys>();
    own->codes = keys.derive("enrol.code-index");
    own->secrets = keys.derive("device.columns");
    m_keys = std::move(own);
}

QFuture<base::Result<QString>> SqliteDeviceStore::createEnrolCode(const base::StationId &station)
{
    return m_engine.write<QString>([keys = m_keys,
                                    station](StoreTransaction &tx) -> base::Result<QString> {
        const auto known = tx.exec(
                u"SELECT count(*) FROM row_current WHERE district_id = ? AND bucket = 'd' AND tbl = 'station' AND row_id = ?"_s,
                {tx.districtId(), station.toString()});
        if (!known)
            return known.error();
        const bool exists = (*known)->next() && (*known)->value(0).toLongLong() == 1;
        (*known)->finish();
        if (!exists)
            return Error{ErrorKind::NotFound, u"station.unknown"_s, {}};
        const QString code = crypto::randomText(kCodeLength, kCodeAlphabet);
        const auto stored = tx.exec(
                u"INSERT INTO enrol_code (district_id, code_hash, station, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?)"_s,
                {tx.districtId(), crypto::blindIndex(keys->codes, code.toUtf8()),
                 station.toString(), tx.nowMs(), tx.nowMs() + kCodeLifetimeMs});
        if (!stored)
            return stored.error();
        return code;
    });
}

QFuture<base::Result<Enrolment>>
SqliteDeviceStore::enrol(const QString &code, const QByteArray &publicKey, const QString &version)
{
    return m_engine.write<Enrolment>([=, keys = m_keys](
                                             StoreTransaction &tx) -> base::Result<Enrolment> {
        const QByteArray hash = crypto::blindIndex(keys->codes, code.toUpper().toUtf8());
        const auto found = findCode(tx, hash);
        if (!found)
            return found.error();
        if (auto error = checkCode(*found))
            return *error;
        if (auto error = refuseKnownKey(tx, publicKey))
            return *error;
        if (auto error = closeEarlierKeys(tx, found->station))
            return *error;
        Enrolment result;
        result.device = {u"K-"_s + crypto::randomHex(8), found->station, publicKey, false,
                         u"AK"_s + crypto::randomHex(8)};
        const QByteArray secret = crypto::randomBytes(kSecretSize);
        const QByteArray cacheKey = crypto::randomBytes(kSecretSize);
        const auto sealedSecret = crypto::sealTo(publicKey, secret);
        const auto sealedCache = crypto::sealTo(publicKey, cacheKey);
        if (!sealedSecret || !sealedCache)
            return Error{ErrorKind::Invalid, u"enrol.key"_s, {}};
        result.gatewaySecretSealed = *sealedSecret;
        result.cacheKeySealed = *sealedCache;
        const QString &id = result.device.id;
        const auto stored = tx.exec(
                u"INSERT INTO device (district_id, device_id, station, public_key, version, app_key, gateway_secret, cache_key, enrolled_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                {tx.districtId(), id, found->station.toString(), publicKey, version,
                 result.device.appKey,
                 crypto::seal(keys->secrets, secret, placeOf(id, "gateway_secret")),
                 crypto::seal(keys->secrets, cacheKey, placeOf(id, "cache_key")), tx.nowMs()});
        if (!stored)
            return stored.error();
        const auto used = tx.exec(
                u"UPDATE enrol_code SET used_ms = ?, device_id = ? WHERE district_id = ? AND code_hash = ?"_s,
                {tx.nowMs(), id, tx.districtId(), hash});
        if (!used)
            return used.error();
        return result;
    });
}

QFuture<base::Result<QList<Device>>> SqliteDeviceStore::devices()
{
    return m_engine.read<QList<Device>>([](StoreReader &reader) -> base::Result<QList<Device>> {
        const auto rows = reader.exec(
                u"SELECT device_id, station, public_key, revoked_ms, app_key FROM device WHERE district_id = ?"_s,
                {reader.districtId()});
        if (!rows)
            return rows.error();
        QList<Device> all;
        while ((*rows)->next()) {
            all.append({(*rows)->value(0).toString(), base::StationId((*rows)->value(1).toString()),
                        (*rows)->value(2).toByteArray(), !(*rows)->value(3).isNull(),
                        (*rows)->value(4).toString()});
        }
        return all;
    });
}

QFuture<base::Result<void>> SqliteDeviceStore::revoke(const QString &deviceId,
                                                      const QString &reason)
{
    return m_engine.write<void>([=](StoreTransaction &tx) -> base::Result<void> {
        const auto done = tx.exec(
                u"UPDATE device SET revoked_ms = coalesce(revoked_ms, ?), revoked_why = ? WHERE district_id = ? AND device_id = ?"_s,
                {tx.nowMs(), reason, tx.districtId(), deviceId});
        if (!done)
            return done.error();
        if ((*done)->numRowsAffected() != 1)
            return Error{ErrorKind::NotFound, u"device.unknown"_s, {}};
        return {};
    });
}

QFuture<base::Result<QByteArray>> SqliteDeviceStore::gatewaySecret(const QString &appKey)
{
    return m_engine.read<QByteArray>([keys = m_keys,
                                      appKey](StoreReader &reader) -> base::Result<QByteArray> {
        const auto row = reader.exec(
                u"SELECT device_id, gateway_secret FROM device WHERE district_id = ? AND app_key = ? AND revoked_ms IS NULL"_s,
                {reader.districtId(), appKey});
        if (!row)
            return row.error();
        if (!(*row)->next())
            return Error{ErrorKind::NotFound, u"device.unknown"_s, {}};
        const QString id = (*row)->value(0).toString();
        return crypto::open(keys->secrets, (*row)->value(1).toByteArray(),
                            placeOf(id, "gateway_secret"));
    });
}

} // namespace riderport::district
