// SPDX-License-Identifier: Apache-2.0
#include "equalizer.h"

#include <algorithm>

namespace riderport::vision {

bool Equalizer::learn(const ModuleSamples &samples, const std::vector<float> &target, double ridge)
{
    constexpr int kColumns = kTaps + 1;
    std::array<double, kTaps *kColumns> system = {};
    const int n = samples.dimension;
    const int w = samples.width();
    std::array<float, kTaps> in;
    int used = 0;
    for (int y = 0; y < n; ++y) {
        for (int x = 0; x < n; ++x) {
            const float wanted = target[size_t(y * n + x)];
            if (wanted == 0.0F)
                continue;
            const float *c = samples.value.data() + (y + 1) * w + x + 1;
            for (int k = 0; k < 9; ++k)
                in[size_t(k)] = std::clamp(c[(k / 3 - 1) * w + k % 3 - 1], -2.0F, 2.0F);
            in[9] = 1.0F;
            for (int i = 0; i < kTaps; ++i) {
                const double a = double(in[size_t(i)]);
                for (int j = i; j < kTaps; ++j)
                    system[size_t(i * kColumns + j)] += a * double(in[size_t(j)]);
                system[size_t(i * kColumns + kTaps)] += a * double(wanted);
            }
            ++used;
        }
    }
    if (used < 4 * kTaps)
        return false;
    for (int i = 0; i < kTaps; ++i) {
        for (int j = 0; j < i; ++j)
            system[size_t(i * kColumns + j)] = system[size_t(j * kColumns + i)];
        system[size_t(i * kColumns + i)] += ridge * double(used);
    }
    // The ridge pulls towards "the sample itself is right".
    system[size_t(4 * kColumns + kTaps)] += ridge * double(used);
    if (!solveLinear(system.data(), kTaps))
        return false;
    for (int i = 0; i < kTaps; ++i)
        m_taps[size_t(i)] = float(system[size_t(i * kColumns + kTaps)]);
    return true;
}

void Equalizer::apply(const ModuleSamples &samples, std::vector<float> *out) const
{
    const int n = samples.dimension;
    const int w = samples.width();
    out->resize(size_t(n * n));
    for (int y = 0; y < n; ++y) {
        for (int x = 0; x < n; ++x) {
            const float *c = samples.value.data() + (y + 1) * w + x + 1;
            float sum = m_taps[9];
            for (int k = 0; k < 9; ++k)
                sum += m_taps[size_t(k)] * std::clamp(c[(k / 3 - 1) * w + k % 3 - 1], -2.0F, 2.0F);
            (*out)[size_t(y * n + x)] = sum;
        }
    }
}

bool Equalizer::run(const ModuleSamples &samples, const SymbolLayout &layout, int rounds,
                    std::vector<float> *out)
{
    m_target.resize(layout.known.size());
    for (size_t i = 0; i < m_target.size(); ++i)
        m_target[i] = float(layout.known[i]);
    if (!learn(samples, m_target, 0.05))
        return false;
    apply(samples, out);
    for (int round = 1; round < rounds; ++round) {
        for (size_t i = 0; i < m_target.size(); ++i) {
            if (!layout.known[i]) {
                const float value = (*out)[i];
                m_target[i] = value > 0.3F ? 1.0F : value < -0.3F ? -1.0F : 0.0F;
            }
        }
        if (!learn(samples, m_target, 0.005))
            return false;
        apply(samples, out);
    }
    return true;
}

} // namespace riderport::vision
