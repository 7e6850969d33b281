// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "domain/localtext.h"
#include "session/session.h"

#include <QList>
#include <QSize>
#include <QString>
#include <QUrl>

namespace riderport::terminal {

/// A scanner as configured: "serial:/dev/ttyACM0", "serial:/dev/ttyACM0@115200", "evdev:/dev/…".
struct ScannerSetting
{
    enum class Kind { Serial, Evdev };
    Kind kind = Kind::Serial;
    QString path;
    int baudRate = 9'600; ///< Serial only
    friend bool operator==(const ScannerSetting &, const ScannerSetting &) = default;
};

/// "auto", "none", "video:FILE" or "device:ID".
struct CameraSetting
{
    enum class Kind { Auto, None, Video, Device };
    Kind kind = Kind::Auto;
    QString source; ///< file or device id
    friend bool operator==(const CameraSetting &, const CameraSetting &) = default;
};

/// Everything about one terminal that is decided outside the program. Layers, later wins: built-in
/// defaults, files in the order given, command line.
struct TerminalConfig
{
    QUrl district;          ///< http or https, no path
    QString stateDirectory; ///< absolute
    QString certificates;   ///< PEM file with the authorities trusted for the district; empty =
                            ///< system
    QString enrolCode;      ///< command line only: a secret does not belong into a file
    domain::Language language = domain::Language::Chinese;
    QSize windowSize; ///< empty = full screen
    bool windowed = false;
    double diagonalInch = 32.0;
    int mountBottomMm = 700;
    CameraSetting camera;
    QList<ScannerSetting> scanners;
    session::SessionPolicy session;
    bool demoData = false;
    bool selfTest = false;
};

inline constexpr qsizetype kMaxConfigBytes = 64 * 1024;

/// Adds one layer. The text is `[section]` and `key = value` lines, UTF-8, comments from # or ; at
/// the start of a line. An unknown section or key is an error, and so is a key given twice: a
/// mistyped setting must not be silently ignored. Nothing changes on error. Codes:
/// config.too-large, config.encoding, config.syntax, config.unknown, config.duplicate,
/// config.value; `detail` is "file:line: what".
[[nodiscard]] base::Result<void> applyConfigText(TerminalConfig &config, const QByteArray &text,
                                                 const QString &fileName);
/// The same from a file; also config.unreadable.
[[nodiscard]] base::Result<void> applyConfigFile(TerminalConfig &config, const QString &path);

/// Reads command-line arguments (without the program's name), files named by --config included.
/// Codes: those above, and arguments.unknown, arguments.value, arguments.missing.
[[nodiscard]] base::Result<TerminalConfig> configFromArguments(const QStringList &arguments);
/// What --help prints.
[[nodiscard]] QString usageText();

/// Single settings, shared by file and command line. Code config.value.
[[nodiscard]] base::Result<CameraSetting> cameraFromText(const QString &text);
[[nodiscard]] base::Result<ScannerSetting> scannerFromText(const QString &text);

} // namespace riderport::terminal
