// SPDX-License-Identifier: Apache-2.0
#include "sim/faultscript.h"

#include <QStringList>

namespace riderport::sim {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kMaxOrders = 100;
constexpr int kMaxCount = 10'000;
constexpr int kMaxLatencyMs = 60'000;

bool isError(const QString &word)
{
    static const QStringList words{u"NOT_ENROLLED"_s,
                                   u"ARREARS"_s,
                                   u"MULTI_ACCOUNT"_s,
                                   u"IDENTITY_MISMATCH"_s,
                                   u"DUPLICATE_APPLICATION"_s,
                                   u"OUT_OF_WINDOW"_s,
                                   u"NOT_ELIGIBLE"_s,
                                   u"MATERIAL_MISSING"_s,
                                   u"UPSTREAM_DOWN"_s,
                                   u"RATE_LIMITED"_s,
                                   u"HTTP_500"_s,
                                   u"SECRET_EXPIRED"_s,
                                   u"FOREIGN_PERSON"_s,
                                   u"UNKNOWN_CODES"_s,
                                   u"OMIT_FIELDS"_s,
                                   u"STALE"_s,
                                   u"UNKNOWN_ERROR"_s};
    return words.contains(word);
}

} // namespace

base::Result<void> FaultScript::add(const QJsonObject &order)
{
    if (m_orders.size() >= kMaxOrders)
        return Error{ErrorKind::TooLarge, u"script.full"_s, {}};
    const Error invalid{ErrorKind::Invalid, u"script.invalid"_s, {}};
    Order entry;
    entry.upstream = u"*"_s;
    for (auto it = order.begin(); it != order.end(); ++it) {
        const QString &key = it.key();
        const QJsonValue &value = it.value();
        bool good = true;
        if (key == "upstream"_L1) {
            entry.upstream = value.toString();
            good = QStringList{u"A"_s, u"B"_s, u"*"_s}.contains(entry.upstream);
        } else if (key == "error"_L1) {
            entry.fault.error = value.toString();
            good = isError(entry.fault.error);
        } else if (key == "latency_ms"_L1) {
            entry.fault.latencyMs = value.toInt(-1);
            good = entry.fault.latencyMs >= 0 && entry.fault.latencyMs <= kMaxLatencyMs;
        } else if (key == "count"_L1) {
            entry.count = value.toInt(-1);
            good = entry.count >= 1 && entry.count <= kMaxCount;
        } else if (key == "subject"_L1) {
            entry.subject = quint64(value.toInteger(0));
            good = entry.subject > 0;
        } else if (key == "hang"_L1 || key == "garbage"_L1 || key == "gbk"_L1 || key == "drop"_L1) {
            good = value.isBool();
            bool &flag = key == "hang"_L1      ? entry.fault.hang
                         : key == "garbage"_L1 ? entry.fault.garbage
                         : key == "gbk"_L1     ? entry.fault.gbk
                                               : entry.fault.drop;
            flag = value.toBool();
        } else {
            good = false;
        }
        if (!good)
            return Error{invalid.kind, invalid.code, key.left(40)};
    }
    m_orders.append(entry);
    return {};
}

Fault FaultScript::take(const QString &upstream, quint64 subject)
{
    for (auto it = m_orders.begin(); it != m_orders.end(); ++it) {
        if (it->upstream != "*"_L1 && it->upstream != upstream)
            continue;
        if (it->subject != 0 && it->subject != subject)
            continue;
        const Fault fault = it->fault;
        if (--it->count == 0)
            m_orders.erase(it);
        return fault;
    }
    return {};
}

} // namespace riderport::sim
