// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/servicecatalogue.h"
#include "services/serviceports.h"
#include "support/pending.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>
#include <deque>

namespace riderport::test {

using namespace Qt::StringLiterals;

[[nodiscard]] inline domain::WorkerIdentity worker()
{
    domain::WorkerIdentity worker;
    worker.id = base::WorkerId(u"W42"_s);
    worker.maskedName = u"张*军"_s;
    worker.authLevel = 2;
    worker.session = base::SessionId(u"5e55"_s);
    return worker;
}

class FakeCatalogue final : public services::ServiceCatalogue
{
    Q_OBJECT
public:
    FakeCatalogue()
    {
        using Descriptor = domain::ServiceDescriptor;
        Descriptor lookup;
        lookup.id = base::ServiceId(u"S02"_s);
        lookup.title = {u"社保"_s, u"Insurance"_s};
        lookup.available = true;
        lookup.consent = Descriptor::Consent{u"social_insurance"_s, 1, {u"同意"_s, u"Agree"_s}};
        Descriptor::Input types;
        types.key = u"types"_s;
        types.type = Descriptor::Input::Type::ChoiceSet;
        Descriptor::Input from;
        from.key = u"from"_s;
        from.type = Descriptor::Input::Type::Month;
        Descriptor::Input to = from;
        to.key = u"to"_s;
        lookup.inputs = {types, from, to};
        list.append(lookup);
        Descriptor plain;
        plain.id = base::ServiceId(u"S03"_s);
        plain.available = true;
        list.append(plain);
    }
    [[nodiscard]] const QList<domain::ServiceDescriptor> &services() const override { return list; }
    [[nodiscard]] const domain::ServiceDescriptor *find(const base::ServiceId &id) const override
    {
        const auto found = std::find_if(list.cbegin(), list.cend(),
                                        [&id](const auto &service) { return service.id == id; });
        return found == list.cend() ? nullptr : &*found;
    }
    QList<domain::ServiceDescriptor> list;
};

class FakeGateway final : public services::GatewayClient
{
public:
    QFuture<base::Result<QJsonObject>> query(const services::GatewayQuery &query,
                                             const transport::HttpCancellation &given) override
    {
        queries.append(query);
        cancellation = given;
        return answers.emplace_back().future();
    }
    QFuture<base::Result<QString>> handoff(const base::SessionId &, const base::ServiceId &,
                                           const QString &) override
    {
        return handoffs.emplace_back().future();
    }
    QList<services::GatewayQuery> queries;
    transport::HttpCancellation cancellation;
    std::deque<Pending<base::Result<QJsonObject>>> answers;
    std::deque<Pending<base::Result<QString>>> handoffs;
};

class FakeConsents final : public services::ConsentLedger
{
public:
    QFuture<base::Result<bool>> isGiven(const base::WorkerId &worker, const QString &group,
                                        int version) override
    {
        return readyNow<base::Result<bool>>(given.contains(keyOf(worker, group, version)));
    }
    QFuture<base::Result<void>> give(const base::WorkerId &worker, const QString &group,
                                     int version) override
    {
        if (failure)
            return readyNow<base::Result<void>>(*failure);
        recorded.append(keyOf(worker, group, version));
        given.insert(recorded.constLast());
        return readyNow<base::Result<void>>({});
    }
    QFuture<base::Result<void>> delivered(const base::WorkerId &, const QString &) override
    {
        return deliveries.emplace_back().future();
    }
    QFuture<base::Result<void>> queue(const base::WorkerId &worker, const base::ServiceId &service,
                                      const QJsonObject &) override
    {
        queued.append(worker.toString() + u'/' + service.toString());
        return readyNow<base::Result<void>>({});
    }

    QSet<QString> given;
    QStringList recorded;
    QStringList queued;
    std::optional<base::Error> failure;
    std::deque<Pending<base::Result<void>>> deliveries;

private:
    static QString keyOf(const base::WorkerId &worker, const QString &group, int version)
    {
        return worker.toString() + u'/' + group + u'/' + QString::number(version);
    }
};

/// Rules that are easy to predict: "bad" is wrong, "OK" is a result.
[[nodiscard]] inline services::ServiceRules fakeRules()
{
    services::ServiceRules rules;
    rules.defaults = [](const domain::ServiceDescriptor &, QDate) {
        return QMap<QString, QString>{
                {u"types"_s, u"110"_s}, {u"from"_s, u"202411"_s}, {u"to"_s, u"202611"_s}};
    };
    rules.check = [](const domain::ServiceDescriptor &, const QMap<QString, QString> &values,
                     QDate) {
        QMap<QString, domain::LocalText> errors;
        for (auto it = values.cbegin(); it != values.cend(); ++it) {
            if (it.value() == "bad"_L1)
                errors.insert(it.key(), {u"不对"_s, u"Wrong"_s});
        }
        return errors;
    };
    rules.render = [](const domain::ServiceDescriptor &,
                      const QJsonObject &answer) -> base::Result<services::ServiceResult> {
        const QString code = answer.value(u"code"_s).toString();
        if (code != "OK"_L1)
            return base::Error{base::ErrorKind::Unavailable, code, {}};
        services::ServiceResult result;
        result.traceId = answer.value(u"trace_id"_s).toString();
        return result;
    };
    return rules;
}

} // namespace riderport::test
