// SPDX-License-Identifier: Apache-2.0
#include "store/sqliteopsstore.h"

#include "base/boundedjson.h"
#include "base/uuidv7.h"
#include "district/sqliteengine.h"
#include "store/sqlitefeedstore.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSqlQuery>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using protocol::Operation;
using protocol::OpResult;

Q_LOGGING_CATEGORY(lcOps, "riderport.district.ops")

namespace {

constexpr qint64 kTolerableSkewMs = 120'000;
constexpr qsizetype kMaxOpBody = 64 * 1024;

#ifdef RIDERPORT_TEST_HOOKS
// Negative control of the kill tests: without receipts a repeated operation must show up as a
// doubled effect. The build option exists for tests only.
bool receiptsDisabled()
{
    static const bool disabled = qEnvironmentVariableIsSet("RIDERPORT_TEST_NO_RECEIPTS");
    return disabled;
}
#else
constexpr bool receiptsDisabled()
{
    return false;
}
#endif

OpContext contextFor(const QString &deviceId, const base::StationId &station, const Operation &op,
                     qint64 nowMs)
{
    OpContext context{deviceId, station, nowMs, op.wallMs, false};
    if (op.ageMs >= 0 && qAbs(nowMs - op.ageMs - op.wallMs) > kTolerableSkewMs) {
        context.occurredMs = nowMs - op.ageMs;
        context.clockSuspect = true;
    }
    return context;
}

/// The stored answer of an operation, if it was seen before.
base::Result<std::optional<OpResult>> findReceipt(StoreTransaction &tx, const Operation &op)
{
    const auto row = tx.exec(
            u"SELECT hash, status, code, answer, seq FROM receipt WHERE district_id = ? AND op_id = ?"_s,
            {tx.districtId(), base::uuidV7FromString(op.opId)});
    if (!row)
        return row.error();
    if (!(*row)->next())
        return std::optional<OpResult>();
    OpResult result;
    result.opId = op.opId;
    result.seq = (*row)->value(4).toLongLong();
    result.replayed = true;
    if ((*row)->value(0).toByteArray() != QByteArray::fromHex(op.hash().toLatin1())) {
        result.status = OpResult::Status::Rejected;
        result.code = u"op.hash-mismatch"_s;
    } else {
        result.status = OpResult::Status((*row)->value(1).toInt());
        result.code = (*row)->value(2).toString();
        result.answer = QJsonDocument::fromJson((*row)->value(3).toByteArray()).object();
    }
    (*row)->finish();
    return std::optional(result);
}

std::optional<Error> storeReceipt(StoreTransaction &tx, const Operation &op,
                                  const QString &deviceId, OpResult *result)
{
    const auto seq = tx.countReceipt();
    if (!seq)
        return seq.error();
    result->seq = *seq;
    if (receiptsDisabled())
        return {};
    const auto stored = tx.exec(
            u"INSERT INTO receipt (district_id, op_id, hash, device_id, kind, status, code, answer, seq, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {tx.districtId(), base::uuidV7FromString(op.opId),
             QByteArray::fromHex(op.hash().toLatin1()), deviceId, op.kind, int(result->status),
             result->code, QJsonDocument(result->answer).toJson(QJsonDocument::Compact),
             result->seq, tx.nowMs()});
    return stored ? std::nullopt : std::optional(stored.error());
}

OpResult applyOne(StoreTransaction &tx, OpEffect *effect, const Operation &op,
                  const OpContext &context)
{
    OpResult result;
    result.opId = op.opId;
    const auto known = findReceipt(tx, op);
    if (!known) {
        result.code = known.error().code;
        return result;
    }
    if (*known)
        return **known;
    OpOutcome outcome = OpOutcome::rejected(u"op.unknown-kind"_s);
    const auto failed = tx.nested([&]() -> std::optional<Error> {
        if (effect) {
            // A rejection takes back what the effect wrote before it noticed, the receipt stays.
            const auto undone = tx.nested([&]() -> std::optional<Error> {
                outcome = effect->apply(tx, op, context);
                if (outcome.status == OpResult::Status::Applied)
                    return {};
                return Error{ErrorKind::Invalid, outcome.code, {}};
            });
            if (undone && outcome.status == OpResult::Status::Applied)
                return undone;
        }
        result.status = outcome.status;
        result.code = outcome.code;
        result.answer = outcome.answer;
        if (outcome.status == OpResult::Status::Retry)
            return {};
        return storeReceipt(tx, op, context.deviceId, &result);
    });
    if (failed) {
        qCWarning(lcOps).noquote()
                << "operation failed" << op.kind << failed->code << failed->detail;
        return {op.opId, OpResult::Status::Retry, failed->code, {}, 0, false};
    }
    return result;
}

} // namespace

SqliteOpsStore::SqliteOpsStore(SqliteEngine &engine)
    : m_engine(engine)
    , m_effects(std::make_shared<Effects>())
{
    registerEffect(std::make_unique<SqliteUsageEffect>());
}

void SqliteOpsStore::registerEffect(std::unique_ptr<OpEffect> effect)
{
    for (const QString &kind : effect->kinds()) {
        Q_ASSERT_X(!m_effects->byKind.contains(kind), "registerEffect", "two effects for one kind");
        m_effects->byKind.insert(kind, effect.get());
    }
    m_effects->owned.push_back(std::move(effect));
}

QFuture<base::Result<protocol::OpsReply>> SqliteOpsStore::apply(const QString &deviceId,
                                                                const base::StationId &station,
                                                                const protocol::OpsRequest &request)
{
    return m_engine.write<protocol::OpsReply>(
            [effects = m_effects, deviceId, station,
             request](StoreTransaction &tx) -> base::Result<protocol::OpsReply> {
                protocol::OpsReply reply;
                const auto epoch = ensureEpoch(tx);
                if (!epoch)
                    return epoch.error();
                reply.epoch = *epoch;
                for (const Operation &op : request.ops) {
                    const OpResult result = applyOne(tx, effects->byKind.value(op.kind), op,
                                                     contextFor(deviceId, station, op, tx.nowMs()));
                    reply.durable.insert(u"r"_s, std::max(reply.durable.value(u"r"_s), result.seq));
                    reply.results.append(result);
                }
                return reply;
            });
}

QStringList SqliteUsageEffect::kinds() const
{
    return {u"usage.event"_s};
}

OpOutcome SqliteUsageEffect::apply(StoreTransaction &tx, const Operation &op,
                                   const OpContext &context)
{
    const auto object = base::parseJsonObject(op.body, kMaxOpBody);
    if (!object)
        return OpOutcome::rejected(object.error().code);
    base::JsonReader in(*object);
    const QString event = in.string(u"event"_s, 60);
    const QString service = in.optionalString(u"service"_s, 20);
    if (in.error())
        return OpOutcome::rejected(in.error()->code);
    const QString day = QDateTime::fromMSecsSinceEpoch(context.occurredMs, Qt::UTC)
                                .date()
                                .toString(Qt::ISODate);
    const auto counted = tx.exec(
            u"INSERT INTO usage_count (district_id, day, station, event, service, n) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (district_id, day, station, event, service) DO UPDATE SET n = n + 1"_s,
            {tx.districtId(), day, context.station.toString(), event, service});
    return counted ? OpOutcome::applied() : OpOutcome::retry(counted.error().code);
}

} // namespace riderport::district
