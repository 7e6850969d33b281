// SPDX-License-Identifier: Apache-2.0
#include "sync/enrolment.h"

#include "base/boundedjson.h"
#include "base/whendone.h"
#include "protocol/phonekeycertificate.h"
#include "storage/database.h"
#include "storage/devicerepository.h"
#include "transport/signedclient.h"

#include <QJsonDocument>
#include <QPromise>
#include <QRegularExpression>

namespace riderport::sync {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;
using storage::DeviceIdentity;

namespace {

constexpr qsizetype kMaxReply = 64 * 1024;

Error unreadable(const QString &detail)
{
    return Error{ErrorKind::Invalid, u"enrol.reply"_s, detail};
}

// The district code travels as a number or as its six digits; both mean the same.
quint32 districtOf(const QJsonValue &value)
{
    return value.isString() ? value.toString().toUInt() : quint32(value.toInteger());
}

} // namespace

Enrolment::Enrolment(storage::Database &database, transport::HttpTransport &transport,
                     const base::Clock &clock, crypto::KeyPair deviceKey, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_deviceKey(std::move(deviceKey))
    , m_client(std::make_unique<transport::SignedClient>(transport, clock))
{
    m_client->setIdentity("enrol", m_deviceKey);
}

Enrolment::~Enrolment() = default;

Result<DeviceIdentity> Enrolment::readReply(const QByteArray &body,
                                            const crypto::KeyPair &deviceKey)
{
    const auto object = base::parseJsonObject(body, kMaxReply);
    if (!object)
        return unreadable(object.error().code);
    base::JsonReader in(*object);
    base::JsonReader gateway(object->value(u"gateway"_s).toObject());
    DeviceIdentity identity;
    identity.device = base::DeviceId(in.string(u"device_id"_s, 40));
    identity.station = base::StationId(in.string(u"station"_s, 30));
    identity.district = districtOf(object->value(u"district"_s));
    identity.gatewayAppKey = gateway.string(u"app_key"_s, 200);
    const auto secret =
            crypto::openSealed(deviceKey, gateway.base64(u"secret_sealed"_s, kMaxReply));
    const auto cacheKey =
            crypto::openSealed(deviceKey, in.base64(u"cache_key_sealed"_s, kMaxReply));
    const QJsonArray issuers = in.array(u"issuer_keys"_s, 64);
    for (const auto &value : issuers) {
        base::JsonReader issuer(value.toObject());
        const QByteArray key = issuer.base64(u"public_key"_s, crypto::kPublicKeySize);
        if (issuer.error() || key.size() != crypto::kPublicKeySize)
            return unreadable(u"issuer_keys"_s);
        identity.issuerKeys.append({protocol::keyIdOf(key), key});
    }
    if (in.error() || gateway.error())
        return unreadable((in.error() ? in.error() : gateway.error())->detail);
    if (!secret || !cacheKey)
        return unreadable(u"sealed for another key"_s);
    if (identity.device.isEmpty() || identity.station.isEmpty() || identity.district == 0 ||
        identity.issuerKeys.isEmpty()) {
        return unreadable(u"empty field"_s);
    }
    identity.gatewaySecret = *secret;
    identity.cacheKey = *cacheKey;
    return identity;
}

QFuture<Result<DeviceIdentity>> Enrolment::enrol(const QString &code, const QString &version)
{
    auto promise = std::make_shared<QPromise<Result<DeviceIdentity>>>();
    promise->start();
    const auto finish = [promise](const Result<DeviceIdentity> &result) {
        promise->addResult(result);
        promise->finish();
    };
    static const QRegularExpression shape(u"\\A[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{8}\\z"_s);
    const QString typed = QString(code).remove(u' ').remove(u'-').toUpper();
    if (!shape.match(typed).hasMatch()) {
        finish(Error{ErrorKind::Invalid, u"enrol.code-malformed"_s, {}});
        return promise->future();
    }
    transport::ApiRequest request;
    request.path = "/v1/enrol";
    request.body =
            QJsonDocument(QJsonObject{{u"code"_s, typed},
                                      {u"public_key"_s,
                                       QString::fromLatin1(m_deviceKey.publicKey.toBase64())},
                                      {u"version"_s, version}})
                    .toJson(QJsonDocument::Compact);
    base::whenDone(m_client->call(request), this, [this, finish](const Result<QByteArray> &body) {
        if (!body) {
            finish(body.error());
            return;
        }
        const auto identity = readReply(*body, m_deviceKey);
        if (!identity) {
            finish(identity);
            return;
        }
        const auto stored =
                m_database.run([identity = *identity](storage::StorageSession &session) {
                    return session.device().store(identity);
                });
        base::whenDone(stored, this, [finish, identity](const Result<void> &done) {
            finish(done ? identity : Result<DeviceIdentity>(done.error()));
        });
    });
    return promise->future();
}

} // namespace riderport::sync
