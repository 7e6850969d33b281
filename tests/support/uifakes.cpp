// SPDX-License-Identifier: Apache-2.0
#include "support/uifakes.h"

using namespace Qt::StringLiterals;

namespace riderport::test {

namespace {

using Descriptor = domain::ServiceDescriptor;
using Step = services::ServiceState::Step;

domain::LocalText both(const QString &zh, const QString &en)
{
    return {zh, en};
}

services::ResultValue value(const QString &key, const domain::LocalText &label,
                            const domain::LocalText &text, bool hidden = false,
                            bool attention = false)
{
    return {key, label, text, hidden, attention};
}

services::ServiceResult sampleResult(const QDateTime &asOf)
{
    services::ResultSection pension;
    pension.title = both(u"企业职工养老保险"_s, u"Employee pension"_s);
    pension.fields = {
            value(u"status"_s, both(u"参保状态"_s, u"Status"_s), both(u"正常缴费"_s, u"paying"_s)),
            value(u"first"_s, both(u"首次参保"_s, u"First month"_s),
                  both(u"2015年3月"_s, u"Mar 2015"_s)),
            value(u"months"_s, both(u"累计缴费"_s, u"Months paid"_s),
                  both(u"134 个月"_s, u"134 months"_s)),
            value(u"arrears"_s, both(u"欠费月份"_s, u"Months in arrears"_s),
                  both(u"2026年4月"_s, u"Apr 2026"_s), false, true),
            value(u"balance"_s, both(u"个人账户余额"_s, u"Account balance"_s),
                  both(u"48,123.60 元"_s, u"CNY 48,123.60"_s), true),
    };
    services::ResultSection months;
    months.kind = Descriptor::Section::Kind::Table;
    months.title = both(u"逐月缴费"_s, u"By month"_s);
    for (int i = 0; i < 12; ++i) {
        const QString month = QString::number(12 - i);
        months.rows.append({value(u"month"_s, both(u"月份"_s, u"Month"_s),
                                  both(u"2026年%1月"_s.arg(month), u"2026-%1"_s.arg(month))),
                            value(u"base"_s, both(u"缴费基数"_s, u"Base"_s),
                                  both(u"4,500.00 元"_s, u"CNY 4,500.00"_s), true),
                            value(u"personal"_s, both(u"个人缴"_s, u"Own part"_s),
                                  both(u"360.00 元"_s, u"CNY 360.00"_s), true),
                            value(u"paid"_s, both(u"到账"_s, u"Received"_s),
                                  i == 8 ? both(u"未到账"_s, u"no"_s) : both(u"已到账"_s, u"yes"_s),
                                  false, i == 8)});
    }
    services::ServiceResult result;
    result.sections = {pension, months};
    result.dataAsOf = asOf;
    result.sourceSystem = u"hb-hrss-sim"_s;
    result.traceId = u"t-0001"_s;
    result.noticeCode = u"ARREARS"_s;
    return result;
}

} // namespace

UiFakes::UiFakes()
    : clock(QDateTime::fromString(u"2026-09-30T06:26:00Z"_s, Qt::ISODate).toMSecsSinceEpoch())
{
    station::StationState place;
    place.id = base::StationId(u"ST01"_s);
    place.name = both(u"车城骑士港驿站"_s, u"Checheng Riderport"_s);
    place.address = both(u"张湾区车城路街道公园路 18 号"_s, u"18 Gongyuan Road, Zhangwan"_s);
    place.openFrom = u"06:00"_s;
    place.openUntil = u"23:00"_s;
    place.phone = u"0719-8000001"_s;
    place.capabilities = {u"B1"_s, u"B4"_s, u"B5"_s, u"B6"_s, u"N1"_s,  u"N2"_s,
                          u"N3"_s, u"N7"_s, u"N8"_s, u"N9"_s, u"N11"_s, u"N12"_s};
    place.notices = {
            {u"n1"_s, both(u"今晚暴雨，请慢行"_s, u"Heavy rain tonight: ride slowly"_s),
             both(u"20 时起有暴雨，三堰桥下请绕行。驿站有雨衣可借。"_s,
                  u"From 20:00. Avoid the Sanyan underpass. Raincoats can be borrowed here."_s),
             true},
            {u"n2"_s, both(u"周三下午免费修车"_s, u"Free bike check on Wednesday"_s),
             both(u"14:00 到 17:00，在驿站门口。"_s, u"14:00 to 17:00, at the door."_s), false},
    };
    place.loaded = true;
    station.set(place);

    sync::ConnectivityState link;
    link.link = sync::ConnectivityState::Link::Online;
    link.lastSync = clock.now().addSecs(-60);
    link.firstLoadComplete = true;
    connectivity.set(link);

    catalogue.set({socialInsurance()});
    service.catalogue = &catalogue;

    identity::LoginState state;
    state.ticket = identity::LoginState::Ticket::Showing;
    state.ticketUrl = u"https://example.invalid/t/0123456789abcdef"_s;
    state.matchCode = u"47"_s;
    state.ticketSecondsLeft = 101;
    state.stationUrl = u"https://example.invalid/s/ST01"_s;
    state.camera = identity::LoginState::CameraView::Live;
    state.scannerReady = true;
    login.set(state);
}

domain::WorkerIdentity UiFakes::worker()
{
    domain::WorkerIdentity who;
    who.id = base::WorkerId(u"W17"_s);
    who.maskedName = u"Z*J"_s;
    who.authLevel = 2;
    who.session = base::SessionId(u"0123456789abcdef0123456789abcdef"_s);
    return who;
}

domain::ServiceDescriptor UiFakes::socialInsurance()
{
    Descriptor s;
    s.id = base::ServiceId(u"S02"_s);
    s.title = both(u"社保参保与缴费记录查询"_s, u"Social-insurance record"_s);
    s.shortTitle = both(u"社保记录"_s, u"Insurance record"_s);
    s.subtitle = both(u"参保与缴费"_s, u"Look up"_s);
    s.icon = u"id-card"_s;
    s.group = u"government"_s;
    s.agency = both(u"十堰市人力资源和社会保障局"_s, u"Shiyan HR and Social Security Bureau"_s);
    s.consent = Descriptor::Consent{
            u"social_insurance"_s, 1,
            both(u"我们会用您的姓名和证件号，向人社部门查询您的参保和缴费记录，只用于这次显示。"
                 u"结果不在本机保存，结束后立即清除。"_s,
                 u"We use your name and ID number to ask the HR bureau for your insurance and "
                 u"payment record, for this display only. Nothing is kept on this terminal."_s)};
    Descriptor::Input types;
    types.key = u"types"_s;
    types.type = Descriptor::Input::Type::ChoiceSet;
    types.label = both(u"要查哪些保险？"_s, u"Which insurances?"_s);
    types.hint = both(u"可以选几样"_s, u"You may choose several"_s);
    types.options = {{u"110"_s, both(u"职工养老"_s, u"Employee pension"_s)},
                     {u"210"_s, both(u"失业"_s, u"Unemployment"_s)},
                     {u"310"_s, both(u"职工医疗"_s, u"Employee medical"_s)},
                     {u"410"_s, both(u"工伤"_s, u"Work injury"_s)},
                     {u"170"_s, both(u"居民养老"_s, u"Resident pension"_s)}};
    Descriptor::Input from;
    from.key = u"from"_s;
    from.type = Descriptor::Input::Type::Month;
    from.label = both(u"从哪个月开始查？"_s, u"From which month?"_s);
    from.hint = both(u"最多查五年"_s, u"At most five years"_s);
    Descriptor::Input to = from;
    to.key = u"to"_s;
    to.label = both(u"查到哪个月？"_s, u"Until which month?"_s);
    s.inputs = {types, from, to};
    const Descriptor::NextStep hotline{Descriptor::NextStep::Action::Hotline, u"12333"_s,
                                       both(u"打 12333 问问"_s, u"Ask at 12333"_s)};
    const Descriptor::NextStep window{
            Descriptor::NextStep::Action::Window,
            {},
            both(u"带身份证到人社窗口"_s, u"Take your ID card to the bureau's counter"_s)};
    s.errors = {{u"ARREARS"_s,
                 {both(u"有 1 个月没有缴上，请看下面标红的月份。"_s,
                       u"One month was not paid; see the red line below."_s),
                  {hotline}}},
                {u"NOT_ENROLLED"_s,
                 {both(u"没有查到您在十堰的参保记录。可能是在别的城市参保，或单位还没办。"_s,
                       u"No record of yours in Shiyan. You may be insured in another city, or your "
                       u"employer has not enrolled you yet."_s),
                  {hotline, window}}}};
    s.guide = {both(u"用手机扫码登录"_s, u"Sign in with your phone"_s),
               both(u"同意查询"_s, u"Agree to the look-up"_s),
               both(u"选时间，马上看到"_s, u"Choose the months and see the answer"_s)};
    s.materials = {both(u"不用带材料，实名登录就行"_s, u"Nothing; a verified sign-in is enough"_s)};
    s.law = {both(u"《社会保险法》第七十四条"_s, u"Social Insurance Law, art. 74"_s)};
    s.hotline = u"12333"_s;
    s.window = both(u"全年，每天 7:00 – 22:00"_s, u"All year, 7:00 – 22:00"_s);
    s.promised = both(u"马上"_s, u"At once"_s);
    s.available = true;
    return s;
}

services::ServiceState UiFakes::stateAt(Step step) const
{
    services::ServiceState state;
    state.step = step;
    state.descriptor = socialInsurance();
    state.inputs = {{u"types"_s, u"110,310"_s}, {u"from"_s, u"202410"_s}, {u"to"_s, u"202609"_s}};
    if (step == Step::Result)
        state.result = sampleResult(clock.now().addSecs(-900));
    return state;
}

} // namespace riderport::test
