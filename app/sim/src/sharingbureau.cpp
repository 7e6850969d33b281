// SPDX-License-Identifier: Apache-2.0
#include "bureauquery.h"
#include "crypto/aescbc.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/smcrypto.h"

#include <QHash>
#include <QJsonArray>

namespace riderport::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kSkewMs = 300'000;

// This family writes amounts as decimal yuan.
QString yuan(qint64 fen)
{
    return u"%1.%2"_s.arg(fen / 100).arg(fen % 100, 2, 10, QLatin1Char('0'));
}

QJsonObject insuranceJson(const InsuranceFile &file, const RegionFile &region,
                          const RecordQuery &query, const Fault &fault)
{
    const bool unknown = fault.error == "UNKNOWN_CODES"_L1;
    const bool omit = fault.error == "OMIT_FIELDS"_L1;
    QJsonArray details;
    for (const ContributionRecord &record : file.records) {
        if (!inRange(query, record))
            continue;
        QJsonObject detail{{u"aae003"_s, QString::number(record.month)}};
        if (!omit) {
            detail.insert(u"aab004"_s, region.employer);
            detail.insert(u"aae180"_s, yuan(record.baseFen));
            detail.insert(u"aae020"_s, yuan(record.personalFen));
            detail.insert(u"aae022"_s, yuan(record.employerFen));
            detail.insert(u"aae078"_s, record.received ? u"1"_s : u"0"_s);
        }
        if (unknown)
            detail.insert(u"aae078"_s, u"9"_s);
        details.append(detail);
    }
    QStringList arrears;
    for (const int month : file.arrears)
        arrears.append(QString::number(month));
    QJsonObject json{{u"aae140"_s, file.type},
                     {u"aac008"_s, unknown ? u"77"_s : file.status},
                     {u"details"_s, details}};
    if (omit)
        return json;
    json.insert(u"aac049"_s, QString::number(file.firstMonth));
    json.insert(u"aae042"_s, QString::number(file.lastMonth));
    json.insert(u"aae201"_s, file.monthsTotal);
    json.insert(u"aae202"_s, file.monthsActual);
    json.insert(u"arrears"_s, arrears.join(u','));
    if (file.type == "110"_L1)
        json.insert(u"aae240"_s, yuan(file.accountFen));
    return json;
}

} // namespace

QJsonObject SharingBureau::freshSecret(const httpd::HttpRequest &request)
{
    const SimCredentials own = simCredentials(u"A"_s);
    const QByteArray rid = request.header("gjzwfwpt_rid");
    const QByteArray time = request.header("gjzwfwpt_rtime");
    const QByteArray sign = crypto::sharingSignature(own.key, {}, rid, time);
    if (rid != own.caller.toLatin1() || std::abs(time.toLongLong() - m_clock.wallMs()) > kSkewMs ||
        !crypto::constantTimeEqual(request.header("gjzwfwpt_sign"), sign))
        return {{u"code"_s, u"api-403"_s}, {u"message"_s, u"签名错误"_s}};
    m_secret = crypto::randomHex(16).toLatin1();
    m_secretUntilMs = m_clock.monotonicMs() + kSecretLifeS * 1000LL;
    const QByteArray sealed =
            crypto::aesCbcEncrypt(crypto::sha256(own.key).left(16), m_secret).toBase64();
    return {{u"code"_s, u"200"_s},
            {u"message"_s, u"成功"_s},
            {u"data"_s, QJsonObject{{u"secret"_s, QString::fromLatin1(sealed)},
                                    {u"expires_in"_s, kSecretLifeS}}}};
}

QJsonObject SharingBureau::refusal(const httpd::HttpRequest &request)
{
    const QByteArray rid = request.header("gjzwfwpt_rid");
    const QByteArray sid = request.header("gjzwfwpt_sid");
    const QByteArray time = request.header("gjzwfwpt_rtime");
    if (m_secret.isEmpty() || m_clock.monotonicMs() >= m_secretUntilMs)
        return {{u"code"_s, u"api-401"_s}, {u"message"_s, u"密钥已过期"_s}};
    const QByteArray sign = crypto::sharingSignature(m_secret, sid, rid, time);
    if (rid != simCredentials(u"A"_s).caller.toLatin1() || sid != "s_420000_hrss_record" ||
        std::abs(time.toLongLong() - m_clock.wallMs()) > kSkewMs)
        return {{u"code"_s, u"api-403"_s}, {u"message"_s, u"无权访问"_s}};
    // A wrong signature and an old secret look the same to the real platform.
    if (!crypto::constantTimeEqual(request.header("gjzwfwpt_sign"), sign))
        return {{u"code"_s, u"api-401"_s}, {u"message"_s, u"签名错误"_s}};
    return {};
}

RecordQuery SharingBureau::read(const QJsonObject &body) const
{
    return queryOf(body.value(u"aac002"_s).toString(), body.value(u"aac003"_s).toString(),
                   body.value(u"aae140"_s).toString(), body.value(u"aae041"_s).toString(),
                   body.value(u"aae042"_s).toString());
}

QJsonObject SharingBureau::records(const RecordQuery &query, const Fault &fault) const
{
    const domain::SamplePerson person = personFor(query, fault);
    QJsonArray persons;
    for (const RegionFile &region : socialInsuranceFiles(person, currentMonth())) {
        QJsonArray insured;
        for (const InsuranceFile &file : region.insurances) {
            if (query.types.contains(file.type))
                insured.append(insuranceJson(file, region, query, fault));
        }
        QJsonObject json{{u"aac001"_s, u"42%1"_s.arg(person.subject, 8, 10, QLatin1Char('0'))},
                         {u"aac002"_s, person.idNumber},
                         {u"aac003"_s, person.name},
                         {u"aab301"_s, region.region},
                         {u"insured"_s, insured}};
        persons.append(json);
    }
    return {{u"code"_s, u"200"_s},
            {u"message"_s, u"成功"_s},
            {u"data"_s,
             QJsonObject{{u"aae036"_s, asOf(chinaTime(), fault).toString(u"yyyyMMddHHmmss"_s)},
                         {u"persons"_s, persons}}}};
}

QJsonObject SharingBureau::error(const QString &code) const
{
    static const QHash<QString, std::pair<QString, QString>> words{
            {u"NOT_ENROLLED"_s, {u"300"_s, u"未查询到参保信息"_s}},
            {u"ARREARS"_s, {u"300"_s, u"存在欠费月份"_s}},
            {u"MULTI_ACCOUNT"_s, {u"300"_s, u"存在多个账户或重复参保"_s}},
            {u"IDENTITY_MISMATCH"_s, {u"300"_s, u"姓名与证件号不一致"_s}},
            {u"DUPLICATE_APPLICATION"_s, {u"300"_s, u"已有在办业务"_s}},
            {u"OUT_OF_WINDOW"_s, {u"300"_s, u"不在受理期"_s}},
            {u"NOT_ELIGIBLE"_s, {u"300"_s, u"不符合条件"_s}},
            {u"MATERIAL_MISSING"_s, {u"300"_s, u"材料不全"_s}},
            {u"UPSTREAM_DOWN"_s, {u"300"_s, u"系统维护中"_s}},
            {u"RATE_LIMITED"_s, {u"api-429"_s, u"访问频繁"_s}},
            {u"SECRET_EXPIRED"_s, {u"api-401"_s, u"密钥已过期"_s}}};
    const auto [theirs, message] = words.value(code, {u"catalog-999"_s, u"未知错误"_s});
    return {{u"code"_s, theirs}, {u"message"_s, message}};
}

} // namespace riderport::sim
