// SPDX-License-Identifier: Apache-2.0
// Configuration files of a terminal. A refused file changes nothing and says where it is wrong; an
// accepted one means the same when it is read again.
#include <terminal/terminalconfig.h>

#include <cstdlib>

using namespace riderport;
using namespace Qt::StringLiterals;

namespace {

bool same(const terminal::TerminalConfig &a, const terminal::TerminalConfig &b)
{
    return a.district == b.district && a.stateDirectory == b.stateDirectory &&
           a.certificates == b.certificates && a.enrolCode == b.enrolCode &&
           a.language == b.language && a.windowSize == b.windowSize &&
           a.diagonalInch == b.diagonalInch && a.mountBottomMm == b.mountBottomMm &&
           a.camera == b.camera && a.scanners == b.scanners && a.demoData == b.demoData;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const terminal::TerminalConfig before;
    terminal::TerminalConfig config;
    const auto applied = terminal::applyConfigText(config, text, u"site.conf"_s);
    if (!applied) {
        if (!same(config, before) || !applied.error().detail.startsWith(u"site.conf"_s))
            std::abort();
        return 0;
    }
    terminal::TerminalConfig again = config;
    if (!terminal::applyConfigText(again, text, u"site.conf"_s) || !same(config, again))
        std::abort();
    return 0;
}
