// SPDX-License-Identifier: Apache-2.0
#include "protocol/logintoken.h"

#include "bytefields.h"
#include "crypto/signing.h"
#include "protocol/base45.h"

namespace riderport::protocol {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr char kVersion = 1;
constexpr char kSigningContext[] = "riderport-login-v1"; // its NUL separates context and message
constexpr auto kPrefix = "K1:"_L1;

QByteArray payload(const LoginToken &token)
{
    QByteArray bytes;
    bytes.reserve(kLoginTokenSize);
    bytes += kVersion;
    bytes += token.kid;
    appendBigEndian(bytes, token.subject);
    appendBigEndian(bytes, token.audience.packed());
    appendBigEndian(bytes, token.issued);
    bytes += char(token.ttl);
    bytes += token.nonce;
    return bytes;
}

} // namespace

QByteArray loginTokenSignedBytes(const LoginToken &token)
{
    return QByteArray(kSigningContext, sizeof kSigningContext) + payload(token);
}

QString encodeLoginToken(const LoginToken &token)
{
    return kPrefix + base45Encode(payload(token) + token.signature);
}

base::Result<LoginToken> decodeLoginToken(const QString &text)
{
    const Error malformed{ErrorKind::Invalid, u"token.malformed"_s, {}};
    if (text.size() > kLoginTokenTextSize)
        return Error{ErrorKind::TooLarge, u"token.too-long"_s, QString::number(text.size())};
    if (!text.startsWith(kPrefix)) {
        const bool otherVersion =
                text.size() > 2 && text[0] == u'K' && text[1].isDigit() && text[2] == u':';
        return otherVersion ? Error{ErrorKind::Unsupported, u"token.version"_s, {}} : malformed;
    }
    const auto bytes = base45Decode(QStringView(text).mid(kPrefix.size()));
    if (!bytes || bytes->size() != kLoginTokenSize)
        return malformed;
    ByteCursor in(*bytes);
    if (in.take<quint8>() != kVersion)
        return Error{ErrorKind::Unsupported, u"token.version"_s, {}};
    LoginToken token;
    token.kid = in.take(4);
    token.subject = in.take<quint64>();
    token.audience = Audience::unpack(in.take<quint32>());
    token.issued = in.take<quint32>();
    token.ttl = in.take<quint8>();
    token.nonce = in.take(4);
    token.signature = in.take(crypto::kSignatureSize);
    return token;
}

LoginToken signLoginToken(LoginToken token, const QByteArray &secretKey)
{
    token.signature = crypto::sign(secretKey, loginTokenSignedBytes(token));
    return token;
}

} // namespace riderport::protocol
