// SPDX-License-Identifier: Apache-2.0
#include "sqliteportal.h"

namespace riderport::district::sqliteportal {

using namespace Qt::StringLiterals;

namespace {

std::optional<base::Error> record(const PortalContext &context, StoreTransaction &tx,
                                  const QueryAccess &access, const QString &action,
                                  const QString &result)
{
    const QString purpose =
            u"%1 %2 v%3"_s.arg(access.what, access.consentGroup).arg(access.consentVersion);
    return appendAudit(tx, {u"device:"_s + access.device.toString(), action,
                            context.auditSubject(access.subject), access.fields, purpose, result,
                            access.trace});
}

} // namespace

Result<QueryPerson> admitQuery(const PortalContext &context, StoreTransaction &tx,
                               const QueryAccess &access)
{
    const auto states = consents(tx, access.subject);
    if (!states)
        return states.error();
    const ConsentOffer *offer = context.catalogue.find(access.consentGroup);
    QueryPerson person;
    for (const ConsentState &state : *states)
        person.consentCurrent |= offer != nullptr && state.group == access.consentGroup &&
                                 state.given && state.version == access.consentVersion &&
                                 state.version == offer->version;
    if (auto error = record(context, tx, access, u"query.admit"_s,
                            person.consentCurrent ? u"ok"_s : u"gateway.consent"_s))
        return *error;
    if (!person.consentCurrent)
        return person;
    const auto worker = findWorker(context, tx, access.subject);
    if (!worker)
        return worker.error();
    if (!*worker)
        return base::Error{base::ErrorKind::NotFound, u"worker.unknown"_s, {}};
    person.name = (*worker)->record.name;
    person.idNumber = (*worker)->record.idNumber;
    return person;
}

Result<bool> concludeQuery(const PortalContext &context, StoreTransaction &tx,
                           const QueryAccess &access, const QString &outcome)
{
    if (auto error = record(context, tx, access, u"query.conclude"_s, outcome))
        return *error;
    return true;
}

} // namespace riderport::district::sqliteportal
