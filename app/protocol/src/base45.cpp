// SPDX-License-Identifier: Apache-2.0
#include "protocol/base45.h"

#include <array>
#include <string_view>

namespace riderport::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
static_assert(kAlphabet.size() == 45);

constexpr std::array<qint8, 128> makeValues()
{
    std::array<qint8, 128> values{};
    values.fill(-1);
    for (size_t i = 0; i < kAlphabet.size(); ++i)
        values[size_t(kAlphabet[i])] = qint8(i);
    return values;
}

constexpr auto kValues = makeValues();

int valueOf(QChar c)
{
    return c.unicode() < kValues.size() ? kValues[c.unicode()] : -1;
}

QChar characterOf(int value)
{
    return QLatin1Char(kAlphabet[size_t(value)]);
}

} // namespace

QString base45Encode(const QByteArray &bytes)
{
    QString text;
    text.reserve(bytes.size() / 2 * 3 + 2);
    for (qsizetype i = 0; i < bytes.size(); i += 2) {
        const bool pair = i + 1 < bytes.size();
        int value = uchar(bytes[i]);
        if (pair)
            value = value * 256 + uchar(bytes[i + 1]);
        text += characterOf(value % 45);
        text += characterOf(value / 45 % 45);
        if (pair)
            text += characterOf(value / (45 * 45));
    }
    return text;
}

base::Result<QByteArray> base45Decode(QStringView text)
{
    const base::Error failure{base::ErrorKind::Invalid, u"base45.invalid"_s, {}};
    if (text.size() % 3 == 1)
        return failure;
    QByteArray bytes;
    bytes.reserve(text.size() / 3 * 2 + 1);
    for (qsizetype i = 0; i < text.size(); i += 3) {
        const bool triple = i + 2 < text.size();
        const int a = valueOf(text[i]);
        const int b = valueOf(text[i + 1]);
        const int c = triple ? valueOf(text[i + 2]) : 0;
        if (a < 0 || b < 0 || c < 0)
            return failure;
        const int value = a + 45 * b + 45 * 45 * c;
        if (value > (triple ? 0xffff : 0xff))
            return failure;
        if (triple)
            bytes += char(value >> 8);
        bytes += char(value & 0xff);
    }
    return bytes;
}

} // namespace riderport::protocol
