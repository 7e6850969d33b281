// SPDX-License-Identifier: Apache-2.0
#include "storage/devicekeys.h"

#include "storageopener.h"

#include "base/boundedjson.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

namespace riderport::storage {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr qsizetype kMaxFile = 4096;

Error damaged(const QString &detail)
{
    return Error{ErrorKind::Corrupt, u"storage.keys-damaged"_s, detail};
}

} // namespace

Result<std::optional<DeviceKeys>> DeviceKeys::load(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return std::optional<DeviceKeys>();
    const auto wide = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                      QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    if ((file.permissions() & wide) && !file.setPermissions(kOwnerOnly))
        return systemError(u"key file is readable by others"_s);
    if (!file.open(QIODevice::ReadOnly))
        return systemError(u"key file"_s);
    const auto object = base::parseJsonObject(file.read(kMaxFile + 1), kMaxFile);
    if (!object)
        return damaged(object.error().code);
    base::JsonReader in(*object);
    DeviceKeys keys;
    keys.signing.publicKey = in.base64(u"public"_s, crypto::kPublicKeySize);
    keys.signing.secretKey = in.base64(u"secret"_s, crypto::kSecretKeySize);
    auto data = crypto::SealKey::fromBytes(in.base64(u"data"_s, 32));
    // Signing once proves that the three belong together.
    if (in.error() || !data || keys.signing.secretKey.size() != crypto::kSecretKeySize ||
        !crypto::verify(keys.signing.publicKey, "self-check",
                        crypto::sign(keys.signing.secretKey, "self-check"))) {
        return damaged(u"fields"_s);
    }
    keys.data = std::move(*data);
    return std::optional<DeviceKeys>(std::move(keys));
}

Result<DeviceKeys> DeviceKeys::create(const QString &path)
{
    DeviceKeys keys{crypto::generateKeyPair(), crypto::SealKey::generate()};
    const auto text = [](const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); };
    const QByteArray json = QJsonDocument(QJsonObject{{u"public"_s, text(keys.signing.publicKey)},
                                                      {u"secret"_s, text(keys.signing.secretKey)},
                                                      {u"data"_s, text(keys.data.bytes())}})
                                    .toJson(QJsonDocument::Compact);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(kOwnerOnly) ||
        file.write(json) != json.size() || !file.commit()) {
        return systemError(u"key file: "_s + file.errorString());
    }
    return keys;
}

} // namespace riderport::storage
