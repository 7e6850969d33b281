// SPDX-License-Identifier: Apache-2.0
#include "portal/consentchain.h"

#include "crypto/digest.h"

namespace riderport::district {

QByteArray consentHash(const ConsentEntry &entry)
{
    // Fields cannot contain a line feed: identifiers, numbers and hex only.
    QByteArray text;
    for (const QByteArray &field :
         {QByteArray::number(entry.seq), entry.worker.toString().toUtf8(), entry.group.toUtf8(),
          QByteArray::number(entry.version), QByteArray(entry.given ? "given" : "withdrawn"),
          QByteArray::number(entry.atMs), entry.channel.toUtf8(), entry.device.toUtf8(),
          entry.textSha256.toUtf8(), entry.previous.toHex()})
        text += field + '\n';
    return crypto::sha256(text);
}

std::optional<qint64> firstBrokenConsent(const QList<ConsentEntry> &chain)
{
    QByteArray previous;
    qint64 seq = 0;
    for (const ConsentEntry &entry : chain) {
        if (entry.seq != ++seq || entry.previous != previous || entry.hash != consentHash(entry))
            return seq;
        previous = entry.hash;
    }
    return std::nullopt;
}

} // namespace riderport::district
