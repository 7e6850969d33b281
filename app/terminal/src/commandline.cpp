// SPDX-License-Identifier: Apache-2.0
#include "settingschema.h"
#include "terminal/terminalconfig.h"

#include <algorithm>
#include <array>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

/// An option that is a setting of the files, too.
struct Shortcut
{
    QLatin1StringView option;
    QLatin1StringView section;
    QLatin1StringView key;
};

constexpr std::array kShortcuts{
        Shortcut{"--district"_L1, "district"_L1, "url"_L1},
        Shortcut{"--state"_L1, "terminal"_L1, "state"_L1},
        Shortcut{"--lang"_L1, "terminal"_L1, "language"_L1},
        Shortcut{"--size"_L1, "screen"_L1, "size"_L1},
        Shortcut{"--station-diagonal"_L1, "screen"_L1, "diagonal_inch"_L1},
        Shortcut{"--camera"_L1, "devices"_L1, "camera"_L1},
};

constexpr std::array kSwitches{"--windowed"_L1, "--self-test"_L1, "--demo-data"_L1};
constexpr std::array kOthers{"--enrol"_L1, "--config"_L1, "--scanner"_L1};

struct Argument
{
    QString option;
    QString value;
};

bool isSwitch(const QString &name)
{
    return std::find(kSwitches.begin(), kSwitches.end(), name) != kSwitches.end();
}

const Shortcut *shortcutOf(const QString &name)
{
    const auto found = std::find_if(kShortcuts.begin(), kShortcuts.end(),
                                    [&name](const Shortcut &s) { return s.option == name; });
    return found == kShortcuts.end() ? nullptr : &*found;
}

bool takesValue(const QString &name)
{
    return shortcutOf(name) != nullptr ||
           std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
}

Error badValue(const QString &option)
{
    return Error{ErrorKind::Invalid, u"arguments.value"_s, option};
}

base::Result<QList<Argument>> split(const QStringList &arguments)
{
    QList<Argument> result;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QString option = arguments[i];
        const qsizetype equals = option.indexOf(u'=');
        QString value;
        const bool joined = option.startsWith("--"_L1) && equals > 0;
        if (joined) {
            value = option.sliced(equals + 1);
            option.truncate(equals);
        }
        if (isSwitch(option) && !joined) {
            result.append({option, {}});
        } else if (takesValue(option)) {
            if (!joined && ++i == arguments.size())
                return badValue(option);
            result.append({option, joined ? value : arguments[i]});
        } else {
            return Error{ErrorKind::Invalid, u"arguments.unknown"_s, arguments[i].left(80)};
        }
    }
    return result;
}

base::Result<void> apply(TerminalConfig &config, const Argument &argument, bool &ownScanners)
{
    if (const Shortcut *shortcut = shortcutOf(argument.option)) {
        for (const Setting &setting : settings()) {
            if (setting.section == shortcut->section && setting.key == shortcut->key &&
                !setting.apply(config, argument.value))
                return badValue(argument.option + u": "_s + setting.help);
        }
    } else if (argument.option == "--scanner"_L1) {
        const auto scanner = scannerFromText(argument.value);
        if (!scanner)
            return badValue(u"--scanner: serial:PATH[@BAUD] or evdev:PATH"_s);
        if (!ownScanners)
            config.scanners.clear();
        ownScanners = true;
        config.scanners.append(*scanner);
    } else if (argument.option == "--enrol"_L1) {
        config.enrolCode = argument.value.left(64);
    } else if (argument.option == "--windowed"_L1) {
        config.windowed = true;
    } else if (argument.option == "--self-test"_L1) {
        config.selfTest = true;
    } else if (argument.option == "--demo-data"_L1) {
        config.demoData = true;
    }
    return {};
}

} // namespace

base::Result<TerminalConfig> configFromArguments(const QStringList &arguments)
{
    const auto list = split(arguments);
    if (!list)
        return list.error();
    TerminalConfig config;
    for (const Argument &argument : *list) {
        if (argument.option != "--config"_L1)
            continue;
        if (const auto applied = applyConfigFile(config, argument.value); !applied)
            return applied.error();
    }
    bool ownScanners = false;
    for (const Argument &argument : *list) {
        if (const auto applied = apply(config, argument, ownScanners); !applied)
            return applied.error();
    }
    if (!config.selfTest && (config.district.isEmpty() || config.stateDirectory.isEmpty())) {
        return Error{ErrorKind::Invalid, u"arguments.missing"_s,
                     u"--district URL and --state DIR (or a --config FILE with both)"_s};
    }
    return config;
}

QString usageText()
{
    QString text =
            u"riderport-kiosk --district URL --state DIR [--enrol CODE] [--config FILE]…\n"
            "  [--lang zh|en] [--size WxH] [--windowed] [--station-diagonal INCH] [--demo-data]\n"
            "  [--camera auto|none|video:FILE|device:ID] [--scanner "
            "serial:PATH[@BAUD]|evdev:PATH]…\n"
            "  [--self-test]\n\nSettings of a configuration file:\n"_s;
    QLatin1StringView section;
    for (const Setting &setting : settings()) {
        if (setting.section != section) {
            section = setting.section;
            text += u'[' + section + u"]\n"_s;
        }
        text += u"  "_s + setting.key + u" = … # "_s + setting.help + u'\n';
    }
    return text;
}

} // namespace riderport::terminal
