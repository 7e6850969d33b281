// SPDX-License-Identifier: Apache-2.0
#include "terminaldevices.h"

#include "devices/cameracodesource.h"
#include "devices/evdevscanner.h"
#include "devices/qtcamera.h"
#include "devices/serialscanner.h"
#include "devices/videofilecamera.h"

namespace riderport::terminal {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<devices::Camera> makeCamera(const CameraSetting &setting)
{
    switch (setting.kind) {
    case CameraSetting::Kind::Auto:
        return std::make_unique<devices::QtCamera>();
    case CameraSetting::Kind::Device:
        return std::make_unique<devices::QtCamera>(setting.source.toUtf8());
    case CameraSetting::Kind::Video:
        return std::make_unique<devices::VideoFileCamera>(QUrl::fromLocalFile(setting.source));
    case CameraSetting::Kind::None:
        break;
    }
    return nullptr;
}

} // namespace

TerminalDevices::TerminalDevices(const TerminalConfig &config, const base::Clock &clock)
    : m_camera(makeCamera(config.camera))
{
    if (m_camera)
        m_sources.push_back(std::make_unique<devices::CameraCodeSource>(m_camera.get(), &clock));
    for (const ScannerSetting &scanner : config.scanners) {
        if (scanner.kind == ScannerSetting::Kind::Serial) {
            m_sources.push_back(std::make_unique<devices::SerialScanner>(scanner.path,
                                                                         scanner.baudRate, &clock));
        } else {
            m_sources.push_back(std::make_unique<devices::EvdevScanner>(scanner.path, &clock));
        }
    }
}

TerminalDevices::~TerminalDevices() = default;

QList<devices::CodeSource *> TerminalDevices::sources() const
{
    QList<devices::CodeSource *> list;
    for (const auto &source : m_sources)
        list.append(source.get());
    return list;
}

QString TerminalDevices::cameraWord() const
{
    if (!m_camera)
        return u"none"_s;
    return m_camera->error().isEmpty() ? u"ok"_s : m_camera->error();
}

QString TerminalDevices::scannerWord() const
{
    bool any = false;
    for (const auto &source : m_sources) {
        if (source->kind() == devices::CodeSource::Kind::Camera)
            continue;
        any = true;
        if (source->state() == devices::CodeSource::State::Failed)
            return u"failed"_s;
    }
    return any ? u"ok"_s : u"none"_s;
}

} // namespace riderport::terminal
