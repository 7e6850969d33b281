// SPDX-License-Identifier: Apache-2.0
#include "serviceviewmodel.h"

#include "formats.h"
#include "servicerows.h"

#include "base/clock.h"
#include "sync/connectivity.h"

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {

using FlowStep = services::ServiceState::Step;
using Descriptor = domain::ServiceDescriptor;

static_assert(int(FlowStep::Queued) == ServiceViewModel::Queued);

constexpr qint64 kOldDataS = 24 * 3600;

ServiceViewModel::LoadingStage stageOf(const services::ServiceState &state)
{
    if (state.step != FlowStep::Loading || state.loadingSeconds < 2)
        return ServiceViewModel::Quiet;
    if (state.loadingSeconds < 8)
        return ServiceViewModel::Explained;
    return state.loadingSeconds < 20 ? ServiceViewModel::Cancellable : ServiceViewModel::Slow;
}

} // namespace

ServiceViewModel::ServiceViewModel(const UiPorts &ports, AccessSettings &access, Router &router,
                                   QObject *parent)
    : QObject(parent)
    , m_ports(ports)
    , m_access(access)
    , m_router(router)
{
    connect(&m_ports.service, &services::ServiceFlow::stateChanged, this,
            &ServiceViewModel::onFlowChanged);
    connect(&m_ports.connectivity, &sync::Connectivity::stateChanged, this,
            &ServiceViewModel::offlineChanged);
    connect(&m_access, &AccessSettings::languageChanged, this,
            &ServiceViewModel::onLanguageChanged);
    onFlowChanged();
}

const Descriptor *ServiceViewModel::descriptor() const
{
    const auto &held = m_ports.service.state().descriptor;
    return held ? &*held : nullptr;
}

QString ServiceViewModel::local(const domain::LocalText &text) const
{
    return text.in(m_access.language());
}

QString ServiceViewModel::local(domain::LocalText Descriptor::*member) const
{
    const Descriptor *held = descriptor();
    return held ? local(held->*member) : QString();
}

QStringList ServiceViewModel::local(const QList<domain::LocalText> &texts) const
{
    QStringList lines;
    for (const domain::LocalText &text : texts)
        lines.append(local(text));
    return lines;
}

ServiceViewModel::Step ServiceViewModel::step() const
{
    return Step(int(m_ports.service.state().step));
}

QString ServiceViewModel::serviceKey() const
{
    return descriptor() ? descriptor()->id.toString() : QString();
}

QString ServiceViewModel::title() const
{
    return local(&Descriptor::title);
}

QString ServiceViewModel::subtitle() const
{
    return local(&Descriptor::subtitle);
}

QString ServiceViewModel::iconName() const
{
    return descriptor() ? descriptor()->icon : QString();
}

QString ServiceViewModel::agency() const
{
    return local(&Descriptor::agency);
}

QString ServiceViewModel::hotline() const
{
    return descriptor() ? descriptor()->hotline : QString();
}

QString ServiceViewModel::window() const
{
    return local(&Descriptor::window);
}

QString ServiceViewModel::promised() const
{
    return local(&Descriptor::promised);
}

QStringList ServiceViewModel::guide() const
{
    return descriptor() ? local(descriptor()->guide) : QStringList();
}

QStringList ServiceViewModel::materials() const
{
    return descriptor() ? local(descriptor()->materials) : QStringList();
}

QStringList ServiceViewModel::law() const
{
    return descriptor() ? local(descriptor()->law) : QStringList();
}

QString ServiceViewModel::consentText() const
{
    return descriptor() && descriptor()->consent ? local(descriptor()->consent->text) : QString();
}

bool ServiceViewModel::available() const
{
    return descriptor() && descriptor()->available;
}

bool ServiceViewModel::transaction() const
{
    return descriptor() && descriptor()->kind == Descriptor::Kind::Transaction;
}

bool ServiceViewModel::queueable() const
{
    return descriptor() && descriptor()->offline == Descriptor::Offline::Queue;
}

bool ServiceViewModel::offline() const
{
    return m_ports.connectivity.state().link == sync::ConnectivityState::Link::Offline;
}

int ServiceViewModel::problemCount() const
{
    int count = 0;
    for (const InputRow &row : m_inputs.rows())
        count += row.problem.isEmpty() ? 0 : 1;
    return count;
}

InputRow ServiceViewModel::currentInput() const
{
    return m_inputs.rows().value(m_formIndex);
}

bool ServiceViewModel::currentComplete() const
{
    const InputRow row = currentInput();
    return !row.mandatory || !row.value.isEmpty();
}

bool ServiceViewModel::formComplete() const
{
    for (const InputRow &row : m_inputs.rows()) {
        if (row.mandatory && row.value.isEmpty())
            return false;
    }
    return true;
}

QString ServiceViewModel::latestMonth() const
{
    return m_ports.clock.now().toOffsetFromUtc(8 * 3600).toString(u"yyyyMM"_s);
}

bool ServiceViewModel::resultEmpty() const
{
    for (const ResultRow &row : m_result.rows()) {
        if (row.rowKind == UiEnums::FieldRow || row.rowKind == UiEnums::TableRow)
            return false;
    }
    return true;
}

bool ServiceViewModel::hasHidden() const
{
    for (const ResultRow &row : m_result.rows()) {
        if (row.hideable)
            return true;
    }
    return false;
}

QString ServiceViewModel::dataAsOf() const
{
    const auto &result = m_ports.service.state().result;
    return result && result->dataAsOf.isValid()
                   ? momentText(result->dataAsOf, m_ports.clock.now(), m_access.language())
                   : QString();
}

bool ServiceViewModel::dataOld() const
{
    const auto &result = m_ports.service.state().result;
    return result && result->dataAsOf.isValid() &&
           result->dataAsOf.secsTo(m_ports.clock.now()) > kOldDataS;
}

bool ServiceViewModel::demo() const
{
    const auto &result = m_ports.service.state().result;
    return result && result->demo;
}

QString ServiceViewModel::noticeText() const
{
    const auto &result = m_ports.service.state().result;
    if (!result || result->noticeCode.isEmpty() || !descriptor())
        return {};
    return local(descriptor()->errors.value(result->noticeCode).text);
}

QString ServiceViewModel::traceId() const
{
    const auto &result = m_ports.service.state().result;
    return result ? result->traceId : QString();
}

QString ServiceViewModel::errorCode() const
{
    const auto &error = m_ports.service.state().error;
    return error ? error->code : QString();
}

QString ServiceViewModel::errorKind() const
{
    const auto &error = m_ports.service.state().error;
    return error ? base::errorKindName(error->kind) : QString();
}

QString ServiceViewModel::errorText() const
{
    const auto &error = m_ports.service.state().error;
    if (!error || !descriptor())
        return {};
    return local(descriptor()->errors.value(error->code).text);
}

bool ServiceViewModel::phonePending() const
{
    return m_ports.service.state().phoneUrlPending;
}

void ServiceViewModel::tick()
{
    if (m_revealedUntil.isEmpty())
        return;
    const qint64 now = m_ports.clock.monotonicMs();
    if (m_revealedUntil.removeIf([now](auto it) { return it.value() <= now; }) > 0)
        refreshResult();
}

void ServiceViewModel::wipe()
{
    m_ports.service.close();
    m_revealedUntil.clear();
    m_phoneSheetOpen = false;
    m_inputs.setRows({});
    m_result.setRows({});
    m_next.setRows({});
    m_phoneUrl.clear();
    m_phoneQr = {};
    m_formIndex = kCheckPage;
    Q_EMIT formChanged();
    Q_EMIT resultChanged();
    Q_EMIT phoneChanged();
}

void ServiceViewModel::onFlowChanged()
{
    const services::ServiceState &state = m_ports.service.state();
    const base::ServiceId id = state.descriptor ? state.descriptor->id : base::ServiceId();
    const bool otherService = id != m_openService;
    const FlowStep before = m_step;
    m_openService = id;
    m_step = state.step;
    if (otherService)
        Q_EMIT descriptorChanged();
    if (state.step != FlowStep::Result) {
        m_revealedUntil.clear();
        m_phoneSheetOpen = false;
    }
    refreshInputs();
    if (state.step == FlowStep::Form && (before != FlowStep::Form || otherService))
        enterForm();
    refreshResult();
    refreshNextSteps();
    refreshPhone();
    if (const LoadingStage stage = stageOf(state); stage != m_loadingStage) {
        m_loadingStage = stage;
        Q_EMIT loadingStageChanged();
    }
    Q_EMIT errorChanged();
    if (before != m_step || otherService)
        Q_EMIT stepChanged();
}

void ServiceViewModel::onLanguageChanged()
{
    Q_EMIT descriptorChanged();
    refreshInputs();
    refreshResult();
    refreshNextSteps();
    Q_EMIT errorChanged();
}

void ServiceViewModel::enterForm()
{
    // Answers that are there already (defaults, or a run before this one) need not be asked again:
    // straight to the check page, where each can be changed.
    m_formIndex = kCheckPage;
    const QList<InputRow> &rows = m_inputs.rows();
    for (int i = 0; i < rows.size(); ++i) {
        if (rows.at(i).mandatory && rows.at(i).value.isEmpty()) {
            m_formIndex = i;
            break;
        }
    }
    Q_EMIT formChanged();
}

void ServiceViewModel::refreshInputs()
{
    m_inputs.setRows(ui::inputRows(m_ports.service.state(), m_access.language()));
    Q_EMIT formChanged();
}

void ServiceViewModel::refreshResult()
{
    const auto &result = m_ports.service.state().result;
    const QList<QString> keys = m_revealedUntil.keys();
    m_result.setRows(result ? ui::resultRows(*result, m_access.language(),
                                             QSet<QString>(keys.cbegin(), keys.cend()))
                            : QList<ResultRow>());
    Q_EMIT resultChanged();
}

void ServiceViewModel::refreshNextSteps()
{
    m_next.setRows(ui::nextStepRows(m_ports.service.state(), m_access.language()));
}

void ServiceViewModel::refreshPhone()
{
    const services::ServiceState &state = m_ports.service.state();
    if (state.phoneUrl != m_phoneUrl) {
        m_phoneUrl = state.phoneUrl;
        m_phoneQr =
                m_phoneUrl.isEmpty() || !m_ports.encodeQr ? QImage() : m_ports.encodeQr(m_phoneUrl);
    }
    Q_EMIT phoneChanged();
}

} // namespace riderport::ui
