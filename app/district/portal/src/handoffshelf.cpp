// SPDX-License-Identifier: Apache-2.0
#include "handoffshelf.h"

#include "crypto/random.h"
#include "domain/servicedescriptor.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace riderport::district {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kMaxShelf = 5000;
constexpr auto kAlphabet = "23456789abcdefghjkmnpqrstuvwxyz"_L1;
} // namespace

QString HandoffShelf::put(quint64 subject, const QString &service, const QJsonObject &answer,
                          qint64 nowMs)
{
    dropExpired(nowMs);
    if (m_handoffs.size() >= kMaxShelf)
        m_handoffs.erase(m_handoffs.begin());
    const QString id = crypto::randomText(12, kAlphabet);
    m_handoffs.insert(id, {subject, service, answer, nowMs + kHandoffLifeMs});
    return id;
}

std::optional<Handoff> HandoffShelf::find(const QString &id, quint64 subject, qint64 nowMs) const
{
    const auto found = m_handoffs.constFind(id);
    if (found == m_handoffs.constEnd() || found->subject != subject || found->expiresMs <= nowMs)
        return std::nullopt;
    return *found;
}

void HandoffShelf::dropExpired(qint64 nowMs)
{
    m_handoffs.removeIf(
            [&](QHash<QString, Handoff>::iterator it) { return it->expiresMs <= nowMs; });
}

base::Result<QHash<QString, QJsonObject>> loadPublicDescriptors(const QString &resourcesDir)
{
    QHash<QString, QJsonObject> descriptors;
    const QDir services(QDir(resourcesDir).filePath(u"services"_s));
    const QStringList names = services.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(services.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return base::Error{base::ErrorKind::NotFound, u"descriptor.file"_s, name};
        const auto json = domain::publicDescriptorJson(file.readAll());
        if (!json)
            return json.error();
        const QJsonObject object = QJsonDocument::fromJson(*json).object();
        descriptors.insert(object["id"_L1].toString(), object);
    }
    return descriptors;
}

} // namespace riderport::district
