// SPDX-License-Identifier: Apache-2.0
#include "bureauquery.h"
#include "crypto/digest.h"
#include "crypto/smcrypto.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>

namespace riderport::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kWindowS = 180;
constexpr size_t kMaxNonces = 10'000;

QJsonObject kindJson(const InsuranceFile &file, const RegionFile &region, const RecordQuery &query,
                     const Fault &fault)
{
    const bool unknown = fault.error == "UNKNOWN_CODES"_L1;
    const bool omit = fault.error == "OMIT_FIELDS"_L1;
    QJsonArray bills;
    for (const ContributionRecord &record : file.records) {
        if (!inRange(query, record))
            continue;
        QJsonObject bill{{u"month"_s, record.month}};
        if (!omit) {
            bill.insert(u"unit"_s, region.employer);
            bill.insert(u"base_fen"_s, record.baseFen);
            bill.insert(u"self_fen"_s, record.personalFen);
            bill.insert(u"unit_fen"_s, record.employerFen);
            bill.insert(u"arrived"_s, unknown ? 9 : int(record.received));
        }
        bills.append(bill);
    }
    QJsonArray owed;
    for (const int month : file.arrears)
        owed.append(month);
    QJsonObject json{{u"kind"_s, file.type},
                     {u"state"_s, unknown ? u"77"_s : file.status},
                     {u"bills"_s, bills}};
    if (omit)
        return json;
    json.insert(u"first"_s, file.firstMonth);
    json.insert(u"last"_s, file.lastMonth);
    json.insert(u"total"_s, file.monthsTotal);
    json.insert(u"paid"_s, file.monthsActual);
    json.insert(u"owed"_s, owed);
    if (file.type == "110"_L1)
        json.insert(u"balance_fen"_s, file.accountFen);
    return json;
}

} // namespace

QJsonObject TifBureau::refusal(const httpd::HttpRequest &request)
{
    const SimCredentials own = simCredentials(u"B"_s);
    const QByteArray time = request.header("x-tif-timestamp");
    const QByteArray nonce = request.header("x-tif-nonce");
    const QJsonObject refused{{u"status"_s, 40101}, {u"msg"_s, u"鉴权失败"_s}};
    if (request.header("x-tif-paasid") != own.caller.toLatin1() || nonce.size() < 8 ||
        request.header("x-tif-serviceid") != "hrss-record" ||
        std::abs(time.toLongLong() - m_clock.wallMs() / 1000) > kWindowS ||
        !crypto::constantTimeEqual(request.header("x-tif-signature"),
                                   crypto::tifSignature(time, own.key, nonce)))
        return refused;
    if (std::find(m_nonces.begin(), m_nonces.end(), nonce) != m_nonces.end())
        return refused;
    m_nonces.push_back(nonce);
    if (m_nonces.size() > kMaxNonces)
        m_nonces.pop_front();
    return {};
}

RecordQuery TifBureau::read(const QJsonObject &body) const
{
    return queryOf(body.value(u"idcard"_s).toString(), body.value(u"name"_s).toString(),
                   body.value(u"kinds"_s).toString(), body.value(u"begin"_s).toString(),
                   body.value(u"end"_s).toString());
}

QJsonObject TifBureau::records(const RecordQuery &query, const Fault &fault) const
{
    const domain::SamplePerson person = personFor(query, fault);
    QJsonArray people;
    for (const RegionFile &region : socialInsuranceFiles(person, currentMonth())) {
        QJsonArray kinds;
        for (const InsuranceFile &file : region.insurances) {
            if (query.types.contains(file.type))
                kinds.append(kindJson(file, region, query, fault));
        }
        people.append(QJsonObject{{u"idcard"_s, person.idNumber},
                                  {u"name"_s, person.name},
                                  {u"area"_s, region.region},
                                  {u"kinds"_s, kinds}});
    }
    return {{u"status"_s, 0},
            {u"msg"_s, u"成功"_s},
            {u"result"_s,
             QJsonObject{{u"asof"_s, asOf(chinaTime(), fault).toString(u"yyyy-MM-dd HH:mm:ss"_s)},
                         {u"people"_s, people}}}};
}

QJsonObject TifBureau::error(const QString &code) const
{
    static const QHash<QString, std::pair<int, QString>> words{
            {u"NOT_ENROLLED"_s, {40401, u"未查询到参保信息"_s}},
            {u"ARREARS"_s, {40201, u"存在欠费月份"_s}},
            {u"MULTI_ACCOUNT"_s, {40902, u"存在多个账户"_s}},
            {u"IDENTITY_MISMATCH"_s, {40901, u"姓名与证件号不一致"_s}},
            {u"DUPLICATE_APPLICATION"_s, {40903, u"已有在办业务"_s}},
            {u"OUT_OF_WINDOW"_s, {40301, u"不在受理期"_s}},
            {u"NOT_ELIGIBLE"_s, {40302, u"不符合条件"_s}},
            {u"MATERIAL_MISSING"_s, {40001, u"材料不全"_s}},
            {u"UPSTREAM_DOWN"_s, {50301, u"系统维护中"_s}},
            {u"RATE_LIMITED"_s, {42901, u"访问频繁"_s}}};
    const auto [status, message] = words.value(code, {59999, u"未知错误"_s});
    return {{u"status"_s, status}, {u"msg"_s, message}};
}

} // namespace riderport::sim
