// SPDX-License-Identifier: Apache-2.0
#include "wholeframe.h"

#include "zxingadapter.h"

#include <algorithm>
#include <cmath>

namespace riderport::vision {
namespace {

enum class Treatment { Plain, Threshold, Gamma };

struct Stage
{
    const char *name;
    int level;
    Treatment treatment;
    Binarization binarization;
};

/// Cheapest first.
constexpr Stage kStages[] = {
        {"frame-half-threshold", 1, Treatment::Threshold, Binarization::Fixed},
        {"frame-half", 1, Treatment::Plain, Binarization::LocalAverage},
        {"frame-half-gamma", 1, Treatment::Gamma, Binarization::LocalAverage},
        {"frame", 0, Treatment::Plain, Binarization::LocalAverage},
};

void threshold(const Level &level, bool inverted, uchar *out)
{
    const uchar below = inverted ? 255 : 0;
    for (int y = 0; y < level.height; ++y) {
        const uchar *in = level.row(y);
        const uchar *cells = level.thresholds + (y >> level.cellShift) * level.cellsAcross;
        uchar *to = out + qsizetype(y) * level.width;
        for (int x = 0; x < level.width; ++x)
            to[x] = in[x] < cells[x >> level.cellShift] ? below : uchar(~below);
    }
}

} // namespace

int WholeFrame::stageCount()
{
    return int(std::size(kStages));
}

bool WholeFrame::fullSize(int stage)
{
    return kStages[stage].level == 0;
}

std::optional<QrRead> WholeFrame::run(int index, Pyramid *pyramid, bool inverted)
{
    const Stage &stage = kStages[index];
    const int n = std::min(stage.level, pyramid->count() - 1);
    const Level &level = stage.treatment == Treatment::Threshold ? pyramid->thresholdedLevel(n)
                                                                 : pyramid->level(n);
    LumaView view = {level.data, level.width, level.height, level.stride, 1};
    if (stage.treatment == Treatment::Threshold) {
        m_buffer.resize(size_t(level.width) * size_t(level.height));
        threshold(level, inverted, m_buffer.data());
    } else if (stage.treatment == Treatment::Gamma || inverted) {
        std::array<uchar, 256> table;
        for (int i = 0; i < 256; ++i) {
            const double grey = double(inverted ? 255 - i : i) / 255.0;
            const double power = stage.treatment == Treatment::Gamma ? 2.0 : 1.0;
            table[size_t(i)] = uchar(std::lround(255.0 * std::pow(grey, power)));
        }
        m_buffer.resize(size_t(level.width) * size_t(level.height));
        for (int y = 0; y < level.height; ++y) {
            const uchar *in = level.row(y);
            uchar *to = m_buffer.data() + qsizetype(y) * level.width;
            for (int x = 0; x < level.width; ++x)
                to[x] = table[in[x]];
        }
    }
    if (stage.treatment != Treatment::Plain || inverted) {
        view.data = m_buffer.data();
        view.stride = level.width;
    }
    auto read = zxing::search(view, stage.binarization);
    if (read) {
        for (QPointF &corner : read->corners)
            corner *= double(1 << n);
        read->stage = stage.name;
        read->inverted = inverted;
    }
    return read;
}

} // namespace riderport::vision
