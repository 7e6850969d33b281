// SPDX-License-Identifier: Apache-2.0
#include "district/statekeys.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

constexpr qsizetype kMasterSize = 32;
constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

base::Result<QByteArray> readMaster(const QString &path)
{
    QFile file(path);
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                        QFileDevice::WriteOther;
    if (file.permissions() & others)
        return Error{ErrorKind::Forbidden, u"keys.permissions"_s, path};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Storage, u"keys.storage"_s, file.errorString()};
    const QByteArray bytes = file.readAll();
    if (bytes.size() != kMasterSize)
        return Error{ErrorKind::Corrupt, u"keys.damaged"_s, path};
    return bytes;
}

base::Result<QByteArray> createMaster(const QString &path)
{
    const crypto::SealKey fresh = crypto::SealKey::generate();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(kOwnerOnly) ||
        file.write(fresh.bytes()) != kMasterSize || !file.commit())
        return Error{ErrorKind::Storage, u"keys.storage"_s, file.errorString()};
    return fresh.bytes();
}

} // namespace

base::Result<StateKeys> StateKeys::open(const QString &stateDir)
{
    if (!QDir().mkpath(stateDir))
        return Error{ErrorKind::Storage, u"keys.storage"_s, stateDir};
    const QString path = stateDir + u"/master.key"_s;
    const auto bytes = QFileInfo::exists(path) ? readMaster(path) : createMaster(path);
    if (!bytes)
        return bytes.error();
    StateKeys keys;
    auto master = crypto::SealKey::fromBytes(*bytes);
    if (!master)
        return master.error();
    keys.m_master = std::move(*master);
    const auto issuer = crypto::keyPairFromSeed(keys.m_master.derive("issuer.v1").bytes());
    if (!issuer)
        return issuer.error();
    keys.m_issuer = *issuer;
    return keys;
}

} // namespace riderport::district
