// SPDX-License-Identifier: Apache-2.0
#include "base/structuredlog.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cstdio>

namespace riderport::base {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxMessageLength = 2000;

QString &processName()
{
    static QString name;
    return name;
}

QString levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return u"debug"_s;
    case QtInfoMsg:
        return u"info"_s;
    case QtWarningMsg:
        return u"warning"_s;
    case QtCriticalMsg:
        return u"error"_s;
    case QtFatalMsg:
        return u"fatal"_s;
    }
    return u"info"_s;
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QJsonObject line{
            {u"t"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
            {u"level"_s, levelName(type)},
            {u"cat"_s, QString::fromLatin1(context.category ? context.category : "default")},
            {u"proc"_s, processName()},
            {u"msg"_s, redacted(message)},
    };
    const QByteArray bytes = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    if (type == QtFatalMsg)
        std::abort();
    // Tests turn every Qt warning into a failure; the installed handler must keep that promise.
    static const bool fatalWarnings = qEnvironmentVariableIsSet("QT_FATAL_WARNINGS");
    if (fatalWarnings && (type == QtWarningMsg || type == QtCriticalMsg))
        std::abort();
}

} // namespace

QString redacted(const QString &message)
{
    static const QRegularExpression idNumber(
            u"(?<![0-9A-Fa-f])[1-9]\\d{16}[0-9Xx](?![0-9A-Fa-f])"_s);
    static const QRegularExpression mobile(u"(?<![0-9A-Fa-f])1[3-9]\\d{9}(?![0-9A-Fa-f])"_s);
    QString out = message.left(kMaxMessageLength);
    out.replace(idNumber, u"<id>"_s);
    out.replace(mobile, u"<mobile>"_s);
    return out;
}

void installStructuredLog(const QString &process)
{
    processName() = process;
    qInstallMessageHandler(writeLine);
}

} // namespace riderport::base
