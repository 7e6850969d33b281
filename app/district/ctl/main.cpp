// SPDX-License-Identifier: Apache-2.0
#include "district/sqliteengine.h"
#include "district/statestores.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>
#include <map>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kUsage =
        "usage: riderportctl COMMAND --state DIR [--district CODE] …\n"
        "  enrol-code --station ST01     prints a one-time code for a kiosk, good for 24 hours\n"
        "  devices                       lists device, station and state\n"
        "  revoke --device K-… [--reason TEXT]   closes a device's key\n"
        "  epoch-bump [--reason TEXT]    after a restore: kiosks send again what may be lost\n";

int fail(const base::Error &error)
{
    std::fprintf(stderr, "riderportctl: %s %s\n", qUtf8Printable(error.code),
                 qUtf8Printable(error.detail));
    return 1;
}

int usage()
{
    std::fputs(kUsage, stderr);
    return 2;
}

int enrolCode(district::StateStores &stores, const QCommandLineParser &arguments)
{
    if (!arguments.isSet(u"station"_s))
        return usage();
    const auto code =
            stores.devices->createEnrolCode(base::StationId(arguments.value(u"station"_s)))
                    .result();
    if (!code)
        return fail(code.error());
    std::printf("%s\n", qUtf8Printable(*code));
    return 0;
}

int devices(district::StateStores &stores, const QCommandLineParser &)
{
    const auto all = stores.devices->devices().result();
    if (!all)
        return fail(all.error());
    for (const auto &device : *all) {
        std::printf("%s\t%s\t%s\n", qUtf8Printable(device.id),
                    qUtf8Printable(device.station.toString()), device.revoked ? "closed" : "open");
    }
    return 0;
}

int revoke(district::StateStores &stores, const QCommandLineParser &arguments)
{
    if (!arguments.isSet(u"device"_s))
        return usage();
    const auto done =
            stores.devices->revoke(arguments.value(u"device"_s), arguments.value(u"reason"_s))
                    .result();
    return done ? 0 : fail(done.error());
}

int epochBump(district::StateStores &stores, const QCommandLineParser &arguments)
{
    const auto epoch = stores.feed->bumpEpoch(arguments.value(u"reason"_s)).result();
    if (!epoch)
        return fail(epoch.error());
    std::printf("%lld\n", static_cast<long long>(*epoch));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser arguments;
    for (const auto &name : {u"state"_s, u"station"_s, u"device"_s, u"reason"_s, u"district"_s})
        arguments.addOption({name, {}, name});
    using Command = int (*)(district::StateStores &, const QCommandLineParser &);
    const std::map<QString, Command> commands{{u"enrol-code"_s, &enrolCode},
                                              {u"devices"_s, &devices},
                                              {u"revoke"_s, &revoke},
                                              {u"epoch-bump"_s, &epochBump}};
    if (!arguments.parse(QCoreApplication::arguments()) || !arguments.isSet(u"state"_s) ||
        arguments.positionalArguments().size() != 1)
        return usage();
    const auto command = commands.find(arguments.positionalArguments().constFirst());
    if (command == commands.end())
        return usage();
    const base::SystemClock clock;
    const QString districtId =
            arguments.isSet(u"district"_s) ? arguments.value(u"district"_s) : u"420303"_s;
    auto stores = district::StateStores::open(arguments.value(u"state"_s), districtId, clock);
    if (!stores)
        return fail(stores.error());
    return command->second(*stores, arguments);
}
