// SPDX-License-Identifier: Apache-2.0
// The half of the phone's API that deals with the worker's own keys, data and consents.
#include "base/boundedjson.h"
#include "httpd/httperrors.h"
#include "phoneapi.h"
#include "portalshared.h"

#include <QJsonArray>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kMaxBody = 4096;

QJsonObject textJson(const domain::LocalText &text)
{
    return {{u"zh"_s, text.zh}, {u"en"_s, text.en}};
}

QJsonObject offerJson(const ConsentOffer &offer)
{
    return {{u"group"_s, offer.group},
            {u"version"_s, offer.version},
            {u"title"_s, textJson(offer.title)},
            {u"text"_s, textJson(offer.text)}};
}

QJsonValue timeJson(qint64 ms)
{
    return ms == 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(ms);
}

} // namespace

void PhoneApi::me(const Call &call)
{
    if (call.subject == 0)
        return send(call, {{u"signed_in"_s, false}, {u"demo"_s, m_shared.options.demo}});
    m_shared.store.profile(call.subject)
            .then(this, [=, this](const base::Result<WorkerProfile> &profile) {
                if (!profile)
                    return fail(call, profile.error());
                m_shared.store.consents(call.subject)
                        .then(this, [=, this](const base::Result<QList<ConsentState>> &states) {
                            if (!states)
                                return fail(call, states.error());
                            sendMe(call, *profile, *states);
                        });
            });
}

void PhoneApi::sendMe(const Call &call, const WorkerProfile &profile,
                      const QList<ConsentState> &states)
{
    QJsonArray keys;
    for (const PhoneKeyInfo &key : profile.keys)
        keys.append(QJsonObject{{u"kid"_s, key.kid},
                                {u"created_at"_s, key.createdMs},
                                {u"not_after"_s, key.notAfterS}});
    QJsonArray visits;
    for (const KioskVisit &visit : profile.visits)
        visits.append(QJsonObject{{u"station"_s, visit.station},
                                  {u"opened_at"_s, visit.openedMs},
                                  {u"closed_at"_s, timeJson(visit.closedMs)}});
    const ConsentOffer *login = m_shared.catalogue.find(QLatin1String(kLoginConsentGroup));
    bool agreed = false;
    for (const ConsentState &state : states)
        agreed |= login != nullptr && state.group == login->group && state.given &&
                  state.version == login->version;
    const QJsonObject worker{{u"id"_s, profile.id.toString()},
                             {u"name_masked"_s, profile.maskedName},
                             {u"mobile_masked"_s, profile.maskedMobile},
                             {u"id_number_masked"_s, profile.maskedIdNumber},
                             {u"category"_s, profile.category},
                             {u"auth_level"_s, profile.authLevel},
                             {u"registered_at"_s, profile.registeredMs}};
    send(call, {{u"signed_in"_s, true},
                {u"demo"_s, m_shared.options.demo},
                {u"worker"_s, worker},
                {u"keys"_s, keys},
                {u"sessions"_s, visits},
                {u"deletion_requested_at"_s, timeJson(profile.deletionRequestedMs)},
                {u"login_consent"_s,
                 agreed || login == nullptr ? QJsonValue() : QJsonValue(offerJson(*login))}});
}

void PhoneApi::registerKey(const Call &call)
{
    const auto body = base::parseJsonObject(call.request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const QByteArray publicKey = in.base64(u"public_key"_s, 64);
    if (in.error())
        return fail(call, {ErrorKind::Invalid, u"key.invalid"_s, {}});
    m_shared.store.registerKey(call.subject, call.tokenHash, publicKey)
            .then(this, [=, this](const base::Result<PhoneKeyGrant> &grant) {
                if (!grant)
                    return fail(call, grant.error());
                // A JSON number is exact to 2^53 in a browser; subjects are text for that reason.
                send(call, {{u"certificate"_s, QString::fromLatin1(grant->certificate.toBase64())},
                            {u"kid"_s, grant->kid},
                            {u"subject"_s, QString::number(grant->subject)},
                            {u"district"_s, qint64(m_shared.options.district)},
                            {u"not_after"_s, grant->notAfterS}});
            });
}

void PhoneApi::revokeKey(const Call &call)
{
    const QString kid = QString::fromUtf8(call.request.parameters.value("kid"));
    m_shared.store.revokeKey(call.subject, kid)
            .then(this, [=, this](const base::Result<bool> &revoked) {
                if (!revoked)
                    return fail(call, revoked.error());
                send(call, {{u"revoked"_s, true}});
            });
}

void PhoneApi::stations(const Call &call)
{
    m_shared.store.stations().then(
            this, [=, this](const base::Result<QList<StationEntry>> &stations) {
                if (!stations)
                    return fail(call, stations.error());
                QJsonArray list;
                for (const StationEntry &station : *stations)
                    list.append(QJsonObject{{u"id"_s, station.id.toString()},
                                            {u"number"_s, stationNumberOf(station.id)},
                                            {u"name"_s, textJson(station.name)}});
                send(call, {{u"stations"_s, list}});
            });
}

void PhoneApi::consents(const Call &call)
{
    m_shared.store.consents(call.subject)
            .then(this, [=, this](const base::Result<QList<ConsentState>> &states) {
                if (!states)
                    return fail(call, states.error());
                QJsonArray list;
                for (const ConsentOffer &offer : m_shared.catalogue.offers()) {
                    QJsonObject item = offerJson(offer);
                    item.insert(u"given"_s, false);
                    for (const ConsentState &state : *states) {
                        if (state.group != offer.group)
                            continue;
                        item.insert(u"given"_s, state.given);
                        item.insert(u"given_version"_s, state.version);
                        item.insert(u"at"_s, state.atMs);
                        item.insert(u"channel"_s, state.channel);
                    }
                    list.append(item);
                }
                send(call, {{u"consents"_s, list}});
            });
}

void PhoneApi::decide(const Call &call)
{
    const auto body = base::parseJsonObject(call.request.body, kMaxBody);
    base::JsonReader in(body ? *body : QJsonObject());
    const QString group = in.string(u"group"_s, 40);
    const int version = int(in.int64(u"version"_s, 1, 1'000'000));
    const bool given = in.boolean(u"given"_s);
    if (in.error())
        return fail(call, *in.error());
    m_shared.store.decideConsent(call.subject, group, version, given)
            .then(this, [=, this](const base::Result<ConsentEntry> &entry) {
                if (!entry)
                    return fail(call, entry.error());
                send(call, {{u"group"_s, entry->group},
                            {u"version"_s, entry->version},
                            {u"given"_s, entry->given},
                            {u"at"_s, entry->atMs},
                            {u"hash"_s, QString::fromLatin1(entry->hash.toHex())}});
            });
}

void PhoneApi::handoff(const Call &call)
{
    const QString id = QString::fromUtf8(call.request.parameters.value("id"));
    const qint64 now = m_shared.clock.wallMs();
    const auto handoff = m_shared.shelf.find(id, call.subject, now);
    if (!handoff)
        return fail(call, {ErrorKind::NotFound, u"handoff.gone"_s, {}});
    send(call, {{u"service"_s, handoff->service},
                {u"descriptor"_s, m_shared.descriptors.value(handoff->service)},
                {u"result"_s, handoff->answer},
                {u"expires_in_ms"_s, handoff->expiresMs - now}});
}

void PhoneApi::data(const Call &call)
{
    m_shared.store.exportData(call.subject)
            .then(this, [=, this](const base::Result<QJsonObject> &data) {
                if (!data)
                    return fail(call, data.error());
                send(call, *data);
            });
}

void PhoneApi::deletion(const Call &call)
{
    m_shared.store.requestDeletion(call.subject)
            .then(this, [=, this](const base::Result<qint64> &requested) {
                if (!requested)
                    return fail(call, requested.error());
                send(call, {{u"requested_at"_s, *requested}});
            });
}

} // namespace riderport::district
