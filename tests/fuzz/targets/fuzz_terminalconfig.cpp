// SPDX-License-Identifier: Apache-2.0
// A configuration file, as an installer or a damaged disk may leave it. What is refused must change
// nothing, and what is accepted must be within the bounds the program relies on.
#include <terminal/terminalconfig.h>

#include <cstdlib>

using namespace riderport;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    terminal::TerminalConfig config;
    const auto applied = terminal::applyConfigText(config, bytes, QStringLiteral("fuzz"));
    const session::SessionPolicy &times = config.session;
    if (!applied && config.district.isValid())
        std::abort();
    if (times.warningMs < 20'000 || times.warningMs > 120'000 || times.hardLimitMs < 120'000 ||
        config.scanners.size() > 8 || !(config.diagonalInch >= 10 && config.diagonalInch <= 100))
        std::abort();
    return 0;
}
