// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalconfig.h"

#include "settingschema.h"

#include <QFile>
#include <QSet>
#include <QStringDecoder>

#include <algorithm>

namespace riderport::terminal {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorKind;

namespace {

Error at(const QString &code, const QString &file, qsizetype line, const QString &what)
{
    return Error{ErrorKind::Invalid, code,
                 file + u':' + QString::number(line) + u": "_s + what.left(120)};
}

const Setting *findSetting(const QString &section, const QString &key)
{
    const auto all = settings();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Setting &setting) {
        return setting.section == section && setting.key == key;
    });
    return found == all.end() ? nullptr : &*found;
}

bool isSection(const QString &name)
{
    const auto all = settings();
    return std::any_of(all.begin(), all.end(),
                       [&name](const Setting &setting) { return setting.section == name; });
}

} // namespace

base::Result<CameraSetting> cameraFromText(const QString &text)
{
    using Kind = CameraSetting::Kind;
    if (text == "auto"_L1)
        return CameraSetting{Kind::Auto, {}};
    if (text == "none"_L1)
        return CameraSetting{Kind::None, {}};
    if (text.startsWith("video:"_L1) && text.size() > 6)
        return CameraSetting{Kind::Video, text.mid(6)};
    if (text.startsWith("device:"_L1) && text.size() > 7)
        return CameraSetting{Kind::Device, text.mid(7)};
    return Error{ErrorKind::Invalid, u"config.value"_s, u"camera"_s};
}

base::Result<ScannerSetting> scannerFromText(const QString &text)
{
    const Error bad{ErrorKind::Invalid, u"config.value"_s, u"scanner"_s};
    ScannerSetting scanner;
    if (text.startsWith("evdev:/"_L1)) {
        scanner.kind = ScannerSetting::Kind::Evdev;
        scanner.path = text.mid(6);
        return scanner;
    }
    if (!text.startsWith("serial:/"_L1))
        return bad;
    scanner.path = text.mid(7);
    const qsizetype speedAt = scanner.path.lastIndexOf(u'@');
    if (speedAt > 0) {
        bool ok = false;
        scanner.baudRate = scanner.path.mid(speedAt + 1).toInt(&ok);
        scanner.path.truncate(speedAt);
        if (!ok || scanner.baudRate < 300 || scanner.baudRate > 4'000'000)
            return bad;
    }
    return scanner;
}

base::Result<void> applyConfigText(TerminalConfig &config, const QByteArray &text,
                                   const QString &fileName)
{
    if (text.size() > kMaxConfigBytes) {
        return Error{ErrorKind::TooLarge, u"config.too-large"_s,
                     fileName + u": "_s + QString::number(text.size()) + u" bytes"_s};
    }
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString whole = decode(text);
    if (decode.hasError() || whole.contains(QChar::Null))
        return Error{ErrorKind::Invalid, u"config.encoding"_s, fileName};

    TerminalConfig next = config;
    QString section;
    QSet<QString> seen;
    qsizetype number = 0;
    for (const QString &raw : whole.split(u'\n')) {
        ++number;
        const QString line = raw.trimmed();
        if (line.isEmpty() || line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        if (line.startsWith(u'[')) {
            if (!line.endsWith(u']'))
                return at(u"config.syntax"_s, fileName, number, u"a section ends with ]"_s);
            section = line.sliced(1, line.size() - 2).trimmed();
            if (!isSection(section))
                return at(u"config.unknown"_s, fileName, number, u"no section "_s + section);
            continue;
        }
        const qsizetype equals = line.indexOf(u'=');
        if (equals < 1)
            return at(u"config.syntax"_s, fileName, number, u"expected key = value"_s);
        const QString key = line.first(equals).trimmed();
        const QString value = line.sliced(equals + 1).trimmed();
        const Setting *setting = findSetting(section, key);
        if (setting == nullptr) {
            return at(u"config.unknown"_s, fileName, number,
                      section.isEmpty() ? u"setting before the first section"_s
                                        : u"no setting "_s + section + u'.' + key);
        }
        const QString name = section + u'.' + key;
        if (seen.contains(name))
            return at(u"config.duplicate"_s, fileName, number, name);
        seen.insert(name);
        if (!setting->apply(next, value))
            return at(u"config.value"_s, fileName, number, name + u": "_s + setting->help);
    }
    config = next;
    return {};
}

base::Result<void> applyConfigFile(TerminalConfig &config, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::NotFound, u"config.unreadable"_s,
                     path + u": "_s + file.errorString()};
    }
    // One byte more than allowed tells a file that is too large from one that just fits.
    return applyConfigText(config, file.read(kMaxConfigBytes + 1), path);
}

} // namespace riderport::terminal
