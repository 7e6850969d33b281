// SPDX-License-Identifier: Apache-2.0
#include "settingschema.h"

#include <QDir>

#include <array>

namespace riderport::terminal {

using namespace Qt::StringLiterals;

namespace {

bool readInt(const QString &value, int min, int max, int *out)
{
    bool ok = false;
    const int number = value.toInt(&ok);
    if (!ok || number < min || number > max)
        return false;
    *out = number;
    return true;
}

bool readDouble(const QString &value, double min, double max, double *out)
{
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (!ok || !(number >= min && number <= max))
        return false;
    *out = number;
    return true;
}

bool readBool(const QString &value, bool *out)
{
    if (value != "yes"_L1 && value != "no"_L1)
        return false;
    *out = value == "yes"_L1;
    return true;
}

bool readSeconds(const QString &value, int min, int max, qint64 *outMs)
{
    int seconds = 0;
    if (!readInt(value, min, max, &seconds))
        return false;
    *outMs = qint64(seconds) * 1000;
    return true;
}

bool applyDistrict(TerminalConfig &config, const QString &value)
{
    const QUrl url(value, QUrl::StrictMode);
    const bool web = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    const bool bare = (url.path().isEmpty() || url.path() == "/"_L1) && !url.hasQuery() &&
                      !url.hasFragment() && url.userInfo().isEmpty();
    if (!url.isValid() || !web || url.host().isEmpty() || !bare)
        return false;
    config.district = url;
    config.district.setPath({});
    return true;
}

bool applyState(TerminalConfig &config, const QString &value)
{
    if (value.isEmpty())
        return false;
    config.stateDirectory = QDir::cleanPath(QDir::current().absoluteFilePath(value));
    return true;
}

bool applyCertificates(TerminalConfig &config, const QString &value)
{
    config.certificates = value;
    return true;
}

bool applyLanguage(TerminalConfig &config, const QString &value)
{
    if (value != "zh"_L1 && value != "en"_L1)
        return false;
    config.language = value == "en"_L1 ? domain::Language::English : domain::Language::Chinese;
    return true;
}

bool applySize(TerminalConfig &config, const QString &value)
{
    const QStringList parts = value.split(u'x');
    int width = 0;
    int height = 0;
    if (parts.size() != 2 || !readInt(parts[0], 320, 16'384, &width) ||
        !readInt(parts[1], 320, 16'384, &height))
        return false;
    config.windowSize = {width, height};
    return true;
}

bool applyCamera(TerminalConfig &config, const QString &value)
{
    const auto camera = cameraFromText(value);
    if (!camera)
        return false;
    config.camera = *camera;
    return true;
}

bool applyScanners(TerminalConfig &config, const QString &value)
{
    QList<ScannerSetting> scanners;
    for (const QString &part : value.split(u',', Qt::SkipEmptyParts)) {
        const auto scanner = scannerFromText(part.trimmed());
        if (!scanner || scanners.size() == 8)
            return false;
        scanners.append(*scanner);
    }
    config.scanners = scanners;
    return true;
}

using Config = TerminalConfig;

const std::array kSettings{
        Setting{"district"_L1, "url"_L1, "address of the district server"_L1, applyDistrict},
        Setting{"district"_L1, "certificates"_L1,
                "PEM file with the authorities trusted for it; empty = those of the system"_L1,
                applyCertificates},
        Setting{"terminal"_L1, "state"_L1, "folder for everything the terminal keeps"_L1,
                applyState},
        Setting{"terminal"_L1, "language"_L1, "zh or en: what a visit starts with"_L1,
                applyLanguage},
        Setting{"terminal"_L1, "demo_data"_L1, "yes: the station is a simulation"_L1,
                [](Config &c, const QString &v) { return readBool(v, &c.demoData); }},
        Setting{"screen"_L1, "size"_L1, "WxH; empty = full screen"_L1,
                [](Config &c, const QString &v) {
                    if (!v.isEmpty())
                        return applySize(c, v);
                    c.windowSize = {};
                    return true;
                }},
        Setting{"screen"_L1, "diagonal_inch"_L1, "10 to 100"_L1,
                [](Config &c, const QString &v) {
                    return readDouble(v, 10, 100, &c.diagonalInch);
                }},
        Setting{"screen"_L1, "bottom_mm"_L1, "lower edge above the floor, 0 to 1500"_L1,
                [](Config &c, const QString &v) { return readInt(v, 0, 1'500, &c.mountBottomMm); }},
        Setting{"devices"_L1, "camera"_L1, "auto, none, video:FILE or device:ID"_L1, applyCamera},
        Setting{"devices"_L1, "scanners"_L1,
                "serial:PATH[@BAUD] and evdev:PATH, separated by commas"_L1, applyScanners},
        Setting{"session"_L1, "guest_idle_s"_L1, "back to the idle screen, 10 to 600"_L1,
                [](Config &c, const QString &v) {
                    return readSeconds(v, 10, 600, &c.session.guestIdleMs);
                }},
        Setting{"session"_L1, "active_idle_s"_L1, "until the warning, 20 to 600"_L1,
                [](Config &c, const QString &v) {
                    return readSeconds(v, 20, 600, &c.session.activeIdleMs);
                }},
        Setting{"session"_L1, "form_idle_s"_L1, "the same on form pages, 20 to 600"_L1,
                [](Config &c, const QString &v) {
                    return readSeconds(v, 20, 600, &c.session.formIdleMs);
                }},
        // WCAG 2.2.1 asks for at least 20 s.
        Setting{"session"_L1, "warning_s"_L1, "length of the countdown, 20 to 120"_L1,
                [](Config &c, const QString &v) {
                    return readSeconds(v, 20, 120, &c.session.warningMs);
                }},
        Setting{"session"_L1, "hard_limit_s"_L1, "longest time logged in, 120 to 3600"_L1,
                [](Config &c, const QString &v) {
                    return readSeconds(v, 120, 3'600, &c.session.hardLimitMs);
                }},
};

} // namespace

std::span<const Setting> settings()
{
    return kSettings;
}

} // namespace riderport::terminal
