// SPDX-License-Identifier: Apache-2.0
#include "districtoptions.h"

#include <QCommandLineParser>
#include <QDir>

namespace riderport::district {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

Error invalid(const QString &what)
{
    return {ErrorKind::Invalid, u"options.invalid"_s, what};
}

base::Result<void> parseListen(const QString &text, DistrictOptions *options)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool ok = false;
    options->listenPort = text.sliced(colon + 1).toUShort(&ok);
    QString host = text.first(std::max<qsizetype>(colon, 0));
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1).chopped(1);
    if (colon < 0 || !ok || !options->listenAddress.setAddress(host))
        return invalid(u"--listen wants ADDRESS:PORT, not "_s + text);
    return {};
}

base::Result<void> parseUpstreams(const QStringList &values, DistrictOptions *options)
{
    for (const QString &value : values) {
        const qsizetype equals = value.indexOf(u'=');
        const QUrl url(value.sliced(equals + 1), QUrl::StrictMode);
        if (equals <= 0 || !url.isValid() || url.scheme().isEmpty())
            return invalid(u"--upstream wants FAMILY=URL, not "_s + value);
        options->upstreams.insert(value.first(equals), url);
    }
    return {};
}

} // namespace

base::Result<DistrictOptions> parseDistrictOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    const auto add = [&parser](const QString &name, const QString &text, const QString &value) {
        parser.addOption({name, text, value});
    };
    add(u"listen"_s, u"Address to listen on."_s, u"ADDRESS:PORT"_s);
    add(u"state"_s, u"Directory for database and keys."_s, u"DIR"_s);
    add(u"resources"_s, u"Directory with schema, services and web."_s, u"DIR"_s);
    add(u"sample"_s, u"Load sample stations and people from here."_s, u"DIR"_s);
    add(u"upstream"_s, u"Base URL of one bureau family; may be repeated."_s, u"FAMILY=URL"_s);
    add(u"upstreams"_s, u"A simulator that names its families."_s, u"URL"_s);
    add(u"sms"_s, u"Where text messages are posted."_s, u"URL"_s);
    add(u"public-url"_s, u"How phones reach this server."_s, u"URL"_s);
    add(u"district"_s, u"Six-digit district code."_s, u"CODE"_s);
    if (!parser.parse(arguments))
        return invalid(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return invalid(u"unexpected argument "_s + parser.positionalArguments().constFirst());
    DistrictOptions options;
    const QString listen = parser.value(u"listen"_s);
    if (auto done = parseListen(listen.isEmpty() ? u"127.0.0.1:0"_s : listen, &options); !done)
        return done.error();
    if (auto done = parseUpstreams(parser.values(u"upstream"_s), &options); !done)
        return done.error();
    options.stateDir = parser.value(u"state"_s);
    options.resourcesDir = parser.value(u"resources"_s);
    options.sampleDir = parser.value(u"sample"_s);
    options.upstreamControl = QUrl(parser.value(u"upstreams"_s));
    options.smsUrl = QUrl(parser.value(u"sms"_s));
    options.publicUrl = QUrl(parser.value(u"public-url"_s));
    if (parser.isSet(u"district"_s))
        options.districtId = parser.value(u"district"_s);
    bool ok = false;
    const int code = options.districtId.toInt(&ok);
    if (!ok || code < 100'000 || code > 999'999)
        return invalid(u"--district wants six digits"_s);
    if (options.stateDir.isEmpty() || options.resourcesDir.isEmpty())
        return invalid(u"--state and --resources are needed"_s);
    if (!QDir(options.resourcesDir).exists(u"schema/district"_s))
        return invalid(u"no schema/district in "_s + options.resourcesDir);
    return options;
}

} // namespace riderport::district
