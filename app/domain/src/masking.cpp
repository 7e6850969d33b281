// SPDX-License-Identifier: Apache-2.0
#include "domain/masking.h"

#include <QList>

namespace riderport::domain {

using namespace Qt::StringLiterals;

namespace {

QString stars(qsizetype count)
{
    return QString(count, u'*');
}

QString keepEnds(const QString &text, qsizetype head, const QString &middle, qsizetype tail)
{
    if (text.size() < head + tail + 1)
        return stars(text.size());
    return text.left(head) + middle + text.right(tail);
}

} // namespace

QString maskName(const QString &name)
{
    const QList<uint> points = name.toUcs4();
    if (points.isEmpty())
        return {};
    const auto at = [&points](qsizetype i) {
        return QString::fromUcs4(reinterpret_cast<const char32_t *>(&points[i]), 1);
    };
    if (points.size() == 1)
        return stars(1);
    if (points.size() == 2)
        return at(0) + stars(1);
    return at(0) + stars(points.size() - 2) + at(points.size() - 1);
}

QString maskIdNumber(const QString &idNumber)
{
    if (idNumber.size() == 18)
        return keepEnds(idNumber, 3, stars(11), 4);
    if (idNumber.size() < 3)
        return stars(idNumber.size());
    return stars(idNumber.size() - 2) + idNumber.right(2);
}

QString maskMobile(const QString &mobile)
{
    return mobile.size() == 11 ? keepEnds(mobile, 3, stars(4), 4) : stars(mobile.size());
}

QString maskBankCard(const QString &card)
{
    return card.size() < 8 ? stars(card.size()) : u"**** **** **** "_s + card.right(4);
}

QString maskAccount(const QString &account)
{
    return keepEnds(account, 2, stars(3), 3);
}

QString maskPlate(const QString &plate)
{
    return keepEnds(plate, 2, stars(3), 1);
}

} // namespace riderport::domain
