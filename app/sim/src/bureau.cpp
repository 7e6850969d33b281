// SPDX-License-Identifier: Apache-2.0
#include "sim/bureaus.h"

#include <QDateTime>

namespace riderport::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr int kChinaOffset = 8 * 3600;

} // namespace

SimCredentials simCredentials(const QString &family)
{
    if (family == "A"_L1)
        return {u"rid-riderport-demo"_s, "demo-sharing-key-of-the-simulator"};
    return {u"paas-riderport-demo"_s, "demo-tif-token-of-the-simulator"};
}

QDateTime Bureau::chinaTime() const
{
    return m_clock.now().toOffsetFromUtc(kChinaOffset);
}

int Bureau::currentMonth() const
{
    const QDate today = chinaTime().date();
    return today.year() * 100 + today.month();
}

} // namespace riderport::sim
