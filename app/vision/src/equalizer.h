// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gridfit.h"

namespace riderport::vision {

/// Undoes blur, motion and small grid errors: learns by least squares, on the modules whose colour
/// the standard fixes, how a module's own colour follows from its sample and its neighbours', and
/// applies that to all modules. A second round also learns from the first one's clear decisions.
class Equalizer
{
public:
    /// Writes dimension^2 values, positive = dark. False when the patterns teach nothing.
    [[nodiscard]] bool run(const ModuleSamples &samples, const SymbolLayout &layout, int rounds,
                           std::vector<float> *out);

private:
    static constexpr int kTaps = 10; ///< 3 x 3 samples and a constant

    [[nodiscard]] bool learn(const ModuleSamples &samples, const std::vector<float> &target,
                             double ridge);
    void apply(const ModuleSamples &samples, std::vector<float> *out) const;

    std::array<float, kTaps> m_taps = {};
    std::vector<float> m_target;
};

} // namespace riderport::vision
