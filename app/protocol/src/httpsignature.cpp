// SPDX-License-Identifier: Apache-2.0
#include "protocol/httpsignature.h"

#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/signing.h"

#include <QRegularExpression>

namespace riderport::protocol {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qint64 kLifetimeSeconds = 60;
constexpr qsizetype kMaxHeader = 512;
constexpr auto kComponents = R"(("@method" "@authority" "@path" "@query" "content-digest"))";

QByteArray parametersText(const SignatureParameters &p)
{
    return QByteArray(kComponents) + ";created=" + QByteArray::number(p.created) +
           ";expires=" + QByteArray::number(p.expires) + ";nonce=\"" + p.nonce + "\";keyid=\"" +
           p.keyId + "\";alg=\"ed25519\"";
}

// RFC 9421 2.5: one line per component, then the parameters, no trailing line feed.
QByteArray signatureBase(const SignedMessage &message, const QByteArray &contentDigest,
                         const QByteArray &parameters)
{
    return "\"@method\": " + message.method + "\n\"@authority\": " + message.authority.toLower() +
           "\n\"@path\": " + message.path + "\n\"@query\": ?" + message.query +
           "\n\"content-digest\": " + contentDigest + "\n\"@signature-params\": " + parameters;
}

} // namespace

QByteArray contentDigestOf(const QByteArray &body)
{
    return "sha-256=:" + crypto::sha256(body).toBase64() + ":";
}

SignatureHeaders signMessage(const SignedMessage &message, const QByteArray &keyId,
                             const QByteArray &secretKey, qint64 nowSeconds)
{
    SignatureParameters parameters;
    parameters.created = nowSeconds;
    parameters.expires = nowSeconds + kLifetimeSeconds;
    parameters.nonce = crypto::randomBytes(16).toBase64(QByteArray::Base64UrlEncoding |
                                                        QByteArray::OmitTrailingEquals);
    parameters.keyId = keyId;
    const QByteArray text = parametersText(parameters);
    SignatureHeaders headers;
    headers.contentDigest = contentDigestOf(message.body);
    headers.signatureInput = "rp=" + text;
    headers.signature = "rp=:" +
                        crypto::sign(secretKey, signatureBase(message, headers.contentDigest, text))
                                .toBase64() +
                        ":";
    return headers;
}

base::Result<SignatureParameters> parseSignatureInput(const QByteArray &signatureInput)
{
    if (signatureInput.isEmpty())
        return Error{ErrorKind::Unauthorized, u"signature.missing"_s, {}};
    static const QRegularExpression shape(
            u"\\Arp=%1;created=(\\d{1,11});expires=(\\d{1,11});nonce=\"([A-Za-z0-9_-]{22})\";keyid=\"([A-Za-z0-9-]{1,40})\";alg=\"ed25519\"\\z"_s
                    .arg(QRegularExpression::escape(QString::fromLatin1(kComponents))));
    const Error invalid{ErrorKind::Unauthorized, u"signature.invalid"_s, {}};
    if (signatureInput.size() > kMaxHeader)
        return invalid;
    const auto match = shape.match(QString::fromLatin1(signatureInput));
    if (!match.hasMatch())
        return invalid;
    return SignatureParameters{match.captured(1).toLongLong(), match.captured(2).toLongLong(),
                               match.captured(3).toLatin1(), match.captured(4).toLatin1()};
}

base::Result<SignatureParameters> verifyMessage(const SignedMessage &message,
                                                const SignatureHeaders &headers,
                                                const QByteArray &publicKey)
{
    const auto parameters = parseSignatureInput(headers.signatureInput);
    if (!parameters)
        return parameters.error();
    if (headers.contentDigest != contentDigestOf(message.body))
        return Error{ErrorKind::Unauthorized, u"signature.digest"_s, {}};
    const Error invalid{ErrorKind::Unauthorized, u"signature.invalid"_s, {}};
    if (!headers.signature.startsWith("rp=:") || !headers.signature.endsWith(':') ||
        headers.signature.size() > kMaxHeader)
        return invalid;
    const auto signature = QByteArray::fromBase64Encoding(headers.signature.sliced(4).chopped(1),
                                                          QByteArray::AbortOnBase64DecodingErrors);
    if (!signature)
        return invalid;
    // Rebuilding the parameters from their parsed form admits exactly one spelling of each.
    const QByteArray base =
            signatureBase(message, headers.contentDigest, parametersText(*parameters));
    if (!crypto::verify(publicKey, base, signature.decoded))
        return invalid;
    return parameters;
}

} // namespace riderport::protocol
