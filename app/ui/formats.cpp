// SPDX-License-Identifier: Apache-2.0
#include "formats.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace riderport::ui {

namespace {

constexpr int kStationOffsetS = 8 * 3600;

QDateTime atStation(const QDateTime &utc)
{
    return utc.toOffsetFromUtc(kStationOffsetS);
}

QLocale localeOf(domain::Language language)
{
    return language == domain::Language::English ? QLocale(QLocale::English, QLocale::UnitedKingdom)
                                                 : QLocale(QLocale::Chinese, QLocale::China);
}

QString pick(domain::Language language, const QString &zh, const QString &en)
{
    return language == domain::Language::English ? en : zh;
}

} // namespace

QString clockText(const QDateTime &utc)
{
    return atStation(utc).toString(u"HH:mm"_s);
}

QString dayText(const QDateTime &utc, domain::Language language)
{
    return localeOf(language).toString(atStation(utc).date(),
                                       pick(language, u"M月d日 ddd"_s, u"ddd d MMM"_s));
}

QString momentText(const QDateTime &utc, const QDateTime &now, domain::Language language)
{
    const QDateTime local = atStation(utc);
    if (local.date() == atStation(now).date())
        return clockText(utc);
    const bool sameYear = local.date().year() == atStation(now).date().year();
    const QString format = sameYear
                                   ? pick(language, u"M月d日 HH:mm"_s, u"d MMM HH:mm"_s)
                                   : pick(language, u"yyyy年M月d日 HH:mm"_s, u"d MMM yyyy HH:mm"_s);
    return localeOf(language).toString(local, format);
}

QString monthText(const QString &yyyymm, domain::Language language)
{
    const QDate month = QDate::fromString(yyyymm + u"01"_s, u"yyyyMMdd"_s);
    if (yyyymm.size() != 6 || !month.isValid())
        return yyyymm;
    return localeOf(language).toString(month, pick(language, u"yyyy年M月"_s, u"MMM yyyy"_s));
}

} // namespace riderport::ui
