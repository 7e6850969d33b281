// SPDX-License-Identifier: Apache-2.0
// What a bureau sends, down to what leaves for the kiosk: whatever it says, a record
// that gets through is about the person asked about, and masked.
#include "gateway/answermapper.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace riderport::district;
using namespace Qt::StringLiterals;

namespace {

const UpstreamOperation &operation()
{
    static const UpstreamOperation parsed = [] {
        const QByteArray json = R"({"operations":{"q":{
            "notices":[{"code":"ARREARS","non_empty":"persons.rows.owed"},{"code":"MULTI","several":"persons"}],
            "empty":{"list":"persons.rows","to":"NOT_ENROLLED"},
            "sources":[{"family":"A","system":"s","service":"x","path":"/p","request":{"a":"subject.id_number"},
              "answer":{"code":"code","ok":["200"],"message":"message","as_of":"at","errors":[{"code":"300","contains":"x","to":"Y"}],
              "data":{"persons":{"list":"data","max":4,"of":{
                "id":{"from":"id","as":"text","mask":"id_number","same":"subject.id_number","required":true},
                "name":{"from":"name","as":"text","mask":"name","same":"subject.name"},
                "rows":{"list":"rows","max":4,"of":{
                  "type":{"from":"type","as":"code","required":true,"among":"types"},
                  "month":{"from":"month","as":"month","within":["from","to"]},
                  "owed":{"from":"owed","as":"months"},"day":{"from":"day","as":"date"},
                  "count":{"from":"count","as":"count"},"fen":{"from":"fen","as":"fen"},
                  "yuan":{"from":"yuan","as":"yuan"},"flag":{"from":"flag","as":"flag"},
                  "unit":{"from":"unit","as":"text","mask":"employer"}}}}}}}}]}}})";
        const auto operations = parseUpstream(QJsonDocument::fromJson(json).object());
        if (!operations)
            std::abort();
        return operations->value(u"q"_s);
    }();
    return parsed;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const char *type : {"application/json", "application/json;charset=GBK"}) {
        const auto json = readUpstreamJson(bytes, type);
        if (!json)
            continue;
        const AskedFor asked{
                u"张小军"_s,
                u"429999199003070011"_s,
                {{u"types"_s, u"110"_s}, {u"from"_s, u"202601"_s}, {u"to"_s, u"202612"_s}},
                QDateTime(QDate(2026, 11, 23), QTime(4, 0), Qt::UTC)};
        const auto mapped = mapAnswer(operation(), operation().sources.constFirst(), *json, asked);
        if (!mapped)
            continue;
        if (mapped->code.isEmpty() || !(mapped->code == "OK"_L1 || mapped->data.isEmpty()))
            std::abort();
        const QJsonArray persons = mapped->data.value(u"persons"_s).toArray();
        for (const QJsonValue &person : persons) {
            if (person.toObject().value(u"id"_s).toString() != "429***********0011"_L1)
                std::abort();
        }
    }
    return 0;
}
