// SPDX-License-Identifier: Apache-2.0
#include "district/sampledata.h"

#include "domain/servicedescriptor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

Q_LOGGING_CATEGORY(lcSample, "riderport.district.sample")

namespace {

constexpr qint64 kMaxFile = 8 * 1024 * 1024;
constexpr qsizetype kMaxId = 64;

struct Source
{
    QString file;
    QString table;
};

QList<Source> sources()
{
    return {{u"stations.json"_s, u"station"_s},
            {u"notices.json"_s, u"notice"_s},
            {u"hotlines.json"_s, u"hotline"_s},
            {u"config.json"_s, u"config"_s}};
}

base::Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMaxFile)
        return Error{ErrorKind::NotFound, u"sample.file"_s, path};
    return file.readAll();
}

base::Result<void> appendRows(const Source &source, const QByteArray &bytes, QList<FeedRow> *rows)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isArray())
        return Error{ErrorKind::Invalid, u"sample.file"_s, source.file};
    const QJsonArray array = document.array();
    for (qsizetype i = 0; i < array.size(); ++i) {
        QJsonObject object = array.at(i).toObject();
        const QString id = object.take(u"id"_s).toString();
        if (id.isEmpty() || id.size() > kMaxId || object.isEmpty()) {
            return Error{ErrorKind::Invalid, u"sample.row"_s,
                         source.file + u" row "_s + QString::number(i)};
        }
        rows->append({source.table, id, QJsonDocument(object).toJson(QJsonDocument::Compact)});
    }
    return {};
}

} // namespace

QStringList sampleTables()
{
    QStringList tables;
    for (const Source &source : sources())
        tables.append(source.table);
    return tables;
}

base::Result<QList<FeedRow>> readSampleRows(const QString &directory)
{
    QList<FeedRow> rows;
    for (const Source &source : sources()) {
        const auto bytes = readFile(directory + u'/' + source.file);
        if (!bytes)
            return bytes.error();
        if (auto appended = appendRows(source, *bytes, &rows); !appended)
            return appended.error();
    }
    return rows;
}

ServiceRows readServiceRows(const QString &directory)
{
    ServiceRows result;
    const QStringList names = QDir(directory).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QString id = QFileInfo(name).completeBaseName();
        const auto bytes = readFile(directory + u'/' + name);
        const auto body = bytes ? domain::publicDescriptorJson(*bytes) : bytes;
        if (body) {
            result.rows.append({u"service"_s, id, *body});
            continue;
        }
        result.refused.append(id);
        qCWarning(lcSample).noquote()
                << "descriptor refused" << name << body.error().code << body.error().detail;
    }
    return result;
}

} // namespace riderport::district
